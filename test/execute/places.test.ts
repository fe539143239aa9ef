import { expect, it } from 'vitest';
import { createPlaces, inPlace } from '../../src/execute/places.ts';

it('gives no more places than there are, and what goes on before what begins', async () => {
  const places = createPlaces(1);
  const order: string[] = [];
  await places.take();
  const waiting = [
    places.take().then(() => order.push('begins first')),
    places.take().then(() => order.push('begins second')),
    places.take(true).then(() => order.push('goes on')),
  ];
  expect(order).toEqual([]);
  for (const one of [2, 0, 1]) {
    places.give();
    await waiting[one];
  }
  expect(order).toEqual(['goes on', 'begins first', 'begins second']);
});

it('gives a place back when the work in it fails', async () => {
  const places = createPlaces(1);
  await expect(inPlace(places, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(await inPlace(places, () => Promise.resolve('done'))).toBe('done');
});
