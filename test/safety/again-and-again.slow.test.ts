/** What runs leave behind, and what they do at the same moment, is judged conformant by every later run. */
import { randomBytes } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import type { Results } from '../../src/results/types.ts';
import { startDeployment as startAlpha } from '../independent/alpha/index.ts';
import { startDeployment as startBeta } from '../independent/beta/index.ts';
import { smallRun } from './small-run.ts';

interface Deployment {
  readonly baseUrl: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** How often a whole run is repeated, one after the other and at the same moment: `3+3` where nothing is said. */
const [inTurn = 0, atOnce = 0] = (process.env['AGAIN'] ?? '2+3').split('+').map(Number);
/** What a full run leaves for good of the kinds that nothing removes; docs/what-a-run-touches.md says why. */
const sourcesLeft = 7;

let deployment: Deployment | undefined;
afterEach(async () => {
  await deployment?.close();
  deployment = undefined;
});

function full({ baseUrl, keys }: Deployment): Promise<Results> {
  const config = { runId: randomBytes(4).toString('hex'), timeoutMs: 60_000, concurrency: 16 };
  return smallRun({ baseUrl, keys, filters: [], profile: 'full', config });
}

/** What a run said against a conformant target. */
function complaints({ cases, suiteFaults, ended }: Results): readonly unknown[] {
  const unhappy = cases.filter(({ status }) => status === 'failed' || status === 'inconclusive');
  return [
    ...unhappy.map(({ id, reason, findings }) => [id, reason ?? findings.map(({ message }) => message)]),
    ...suiteFaults,
    ...(ended === undefined ? [] : [ended]),
  ];
}

describe.each<{ readonly name: string; readonly begin: () => Promise<Deployment> }>([
  { name: 'the mock', begin: () => startMock({}) },
  { name: 'alpha', begin: () => startAlpha({}) },
  { name: 'beta', begin: () => startBeta({}) },
])('$name', ({ begin }) => {
  it('is conformant again and again, and for runs at the same moment', async () => {
    deployment = await begin();
    const target = deployment;
    for (let run = 0; run < inTurn; run++) {
      const results = await full(target);
      expect(complaints(results), `run ${run + 1}`).toEqual([]);
      const sources = results.leftovers.filter(({ resource }) => resource === 'mcp-server');
      expect(sources.length).toBe(sourcesLeft);
      expect(results.leftovers.filter(({ removable }) => removable)).toEqual([]);
    }
    const together = await Promise.all(Array.from({ length: atOnce }, () => full(target)));
    for (const results of together) expect(complaints(results)).toEqual([]);
    expect(complaints(await full(target)), 'the last run').toEqual([]);
  }, 3_600_000);
});
