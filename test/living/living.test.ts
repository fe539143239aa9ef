import { expect, it } from 'vitest';
import { startDeployment } from '../independent/alpha/index.ts';
import { whileAtWork } from './at-work.ts';

it('alpha is accused of nothing while a colleague works on it', async () => {
  const { red, faults, passed, done } = await whileAtWork(() => startDeployment({}));
  expect({ red, faults }).toEqual({ red: [], faults: [] });
  expect(passed).toBeGreaterThan(150);
  expect(done).toBeGreaterThan(20);
}, 180_000);
