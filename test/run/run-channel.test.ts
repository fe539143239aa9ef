import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { inPhases } from '../../src/plan/phases.ts';
import { planCases } from '../../src/plan/plan.ts';
import { giveParts, takeParts } from '../../src/run/run-channel.ts';

const open: { close(): void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const phases = inPhases(planCases(await loadContract(), { seed: 1, profile: 'smoke' }));

describe('the channel between planning and carrying out', () => {
  it('hands each part over once, as it was planned, and says which is the last', async () => {
    const runId = randomUUID();
    const [first, second] = [phases.slice(0, 1), phases.slice(1)];
    const giving = giveParts(runId, [first, second]);
    const taking = takeParts(runId, () => undefined);
    open.push(giving, taking);
    expect(giving.count).toBe(2);
    expect(await taking.nextPart()).toEqual({ phases: first, last: false });
    expect(await taking.nextPart()).toEqual({ phases: second, last: true });
    expect(await taking.nextPart()).toEqual({ phases: [], last: true });
  });

  it('says that the run is to stop also to one that begins to listen later', async () => {
    const runId = randomUUID();
    const giving = giveParts(runId, [phases]);
    open.push(giving);
    giving.stop();
    const told = new Promise<string>((resolve) => {
      open.push(takeParts(runId, () => resolve('stop')));
    });
    expect(await told).toBe('stop');
  });
});
