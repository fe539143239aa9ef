import { describe, expect, it } from 'vitest';
import { createWaits } from '../../src/execute/waits.ts';

const never = new Promise<void>(() => undefined);

describe('waits of a run', () => {
  it('settle as what they wait for does', async () => {
    const waits = createWaits();
    await expect(waits.orEnded(Promise.resolve())).resolves.toBeUndefined();
    await expect(waits.orEnded(Promise.reject(new Error('no')))).rejects.toThrow('no');
  });

  it('end at once where the run is halted', async () => {
    const waits = createWaits();
    const both = Promise.all([waits.orEnded(never), waits.orEnded(never)]);
    waits.end();
    expect(await both).toEqual([undefined, undefined]);
  });
});
