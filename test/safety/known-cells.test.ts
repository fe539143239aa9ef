import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKnownFailures, updateKnownFailures } from '../../src/cli/known-failures-file.ts';
import { ContractError } from '../../src/contract/problem.ts';
import { cellsOf } from '../../src/results/cells.ts';
import { judge, judgeAgain } from '../../src/results/judge.ts';
import type { CaseResult, KnownCell, Results } from '../../src/results/types.ts';
import { requireKnownCases } from '../../src/run/known-cases.ts';
import { cellCase, failedCase, sampleOperations, sampleResults, sampleWrite } from '../report/sample.ts';
import { contract } from './small-run.ts';

const denied = 'workflows/createWorkflow/denied/viewer';
const cell = 'createWorkflow/viewer';
const byBody = '400 explains itself by the body';
const provesNothing = cellCase(denied, byBody);
const { cell: _cell, ...withoutCell } = provesNothing;
const neverSent = { ...withoutCell, status: 'skipped', reason: 'full sends it' } as const;

function run(about: CaseResult, more: Partial<Omit<Results, 'levels'>> = {}): Results {
  return sampleResults([cellCase('org/getOrg/access/viewer'), about], {
    operations: [...sampleOperations, sampleWrite],
    ...more,
  });
}

function entry(fields: Partial<KnownCell> = {}): KnownCell {
  const position = { file: 'known-failures.yaml', line: 3, column: 3 };
  return { cell, reason: 'the body is looked at first', position, ...fields };
}

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cells-'));
  file = join(folder, 'known-failures.yaml');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('a cell that is accepted as not proven', () => {
  it('does not fail the run, and is told as accepted', () => {
    const results = judgeAgain(run(provesNothing), [entry({ link: 'https://tracker.example.com/1' })]);
    expect(results).toMatchObject({ verdict: 'conformant', exitCode: 0, summary: { provesNothing: 1 } });
    expect(cellsOf(results)[1]).toMatchObject({
      standing: 'not-proven',
      known: 'the body is looked at first (https://tracker.example.com/1)',
    });
  });

  it('may be told by a glob, and says nothing of another cell', () => {
    expect(judgeAgain(run(provesNothing), [entry({ cell: '*/viewer' })]).exitCode).toBe(0);
    expect(judgeAgain(run(provesNothing), [entry({ cell: 'createWorkflow/editor' })]).exitCode).toBe(4);
  });

  it('excuses neither a failed case about it nor one that could not be judged', () => {
    expect(judgeAgain(run({ ...provesNothing, ...failedCase(denied) }), [entry()]).exitCode).toBe(1);
    const unjudged = { ...provesNothing, status: 'inconclusive', reason: 'no control' } as const;
    expect(judgeAgain(run(unjudged), [entry()]).exitCode).toBe(4);
  });

  it('is judged anew by other entries', () => {
    const accepted = judgeAgain(run(provesNothing), [entry()]);
    expect(judgeAgain(accepted, []).exitCode).toBe(4);
  });
});

describe('an entry about a cell', () => {
  it.each<[string, CaseResult, Partial<KnownCell>, string]>([
    ['is proven by now', cellCase(denied), {}, 'it is proven by now: delete it'],
    ['no case tries', neverSent, {}, 'no case of this run tries it: delete it'],
    [
      'was accepted until a day that has passed',
      provesNothing,
      { expires: '2001-01-31' },
      'it expired on 2001-01-31: delete it, or set a later day',
    ],
  ])('that %s fails the run, with the line to delete', (_name, about, fields, problem) => {
    const results = judgeAgain(run(about), [entry(fields)]);
    expect(results.exitCode).toBe(1);
    expect(results.outdatedKnownFailures).toEqual([{ position: 'known-failures.yaml:3:3', cell, problem }]);
  });

  it('holds where the run cannot tell: not asked for, ended early, one shard of several', () => {
    expect(judgeAgain(run({ ...neverSent, unasked: true }), [entry()]).exitCode).toBe(0);
    const ended = run(neverSent, { ended: 'the disk is full' });
    expect(judgeAgain(ended, [entry()]).outdatedKnownFailures).toBeUndefined();
    const shard = { index: 1, of: 2, selection: 'c'.repeat(64), knownFailures: [], durations: {} };
    const early = { interrupted: false, unreachable: false };
    const part = judge({ ...run(cellCase(denied)), shard }, early, [entry()]);
    expect(part.outdatedKnownFailures).toBeUndefined();
  });

  it('that matches no cell of the contract is refused before the first request', () => {
    expect(() => requireKnownCases([entry()], [], contract)).not.toThrow();
    expect(() => requireKnownCases([entry({ cell: 'createWorkflow/viewr' })], [], contract)).toThrow(
      /known-failures.yaml:3:3 .*matches no cell: delete the entry. Did you mean createWorkflow\/viewer/,
    );
  });
});

describe('the file', () => {
  it('takes findings and cells, each with its own members', async () => {
    await writeFile(file, `- cell: ${cell}\n  reason: x\n- case: a/b\n  code: status\n  reason: y\n`);
    expect(await readKnownFailures(file, false)).toMatchObject([{ cell }, { case: 'a/b', code: 'status' }]);
    await writeFile(file, `- cell: ${cell}\n  code: status\n  reason: x\n- case: a/b\n  reason: y\n`);
    const error = await readKnownFailures(file, false).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    expect(String(error)).toMatch(/:2:3 .*has no member code/);
    expect(String(error)).toMatch(/:4:3 .*code/);
    expect(String(error)).not.toMatch(/then|else/);
  });

  it('is written from a run: cells not proven are added, those that are proven by now deleted', async () => {
    const counts = await updateKnownFailures(file, [], run(provesNothing));
    expect(counts).toEqual({ added: 1, deleted: 0 });
    expect(await readFile(file, 'utf8')).toBe(
      `- cell: ${cell}\n  reason: "not proven in run r1: ${byBody}"\n`,
    );
    const entries = await readKnownFailures(file, false);
    expect(judgeAgain(run(provesNothing), entries).exitCode).toBe(0);
    expect(await updateKnownFailures(file, entries, run(provesNothing))).toEqual({ added: 0, deleted: 0 });
    expect(await updateKnownFailures(file, entries, run(cellCase(denied)))).toEqual({ added: 0, deleted: 1 });
  });
});
