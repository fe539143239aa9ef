import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readKnownFailures, updateKnownFailures } from '../../src/cli/known-failures-file.ts';
import { ContractError } from '../../src/contract/problem.ts';
import { judgeAgain } from '../../src/results/judge.ts';
import type { KnownFinding } from '../../src/results/types.ts';
import { requireKnownCases } from '../../src/run/known-cases.ts';
import { contract } from './small-run.ts';
import { failedCase, sampleCase, sampleResults } from '../report/sample.ts';

const id = 'workflows/listWorkflows/access/viewer';
const broken = sampleResults([failedCase(id), sampleCase('org/getOrg/access/viewer')]);

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safety-'));
  file = join(folder, 'known-failures.yaml');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function entry(fields: Partial<KnownFinding> = {}): KnownFinding {
  return {
    case: id,
    code: 'status',
    reason: 'reported',
    position: { file: 'known-failures.yaml', line: 3, column: 3 },
    ...fields,
  };
}

describe('a known failure', () => {
  it('does not fail the run, and is told as known', () => {
    const results = judgeAgain(broken, [entry({ link: 'https://tracker.example.com/1' })]);
    expect(results).toMatchObject({ verdict: 'conformant', exitCode: 0, summary: { failed: 0, known: 1 } });
    expect(results.cases[0]?.findings[0]?.known).toBe('reported (https://tracker.example.com/1)');
  });

  it('of another code excuses nothing', () => {
    expect(judgeAgain(broken, [entry({ code: 'schema' })]).exitCode).toBe(1);
  });

  it('that passes again fails the run, with the line to delete', () => {
    const results = judgeAgain(sampleResults([sampleCase(id)]), [entry()]);
    expect(results).toMatchObject({ verdict: 'outdated', exitCode: 1 });
    expect(results.outdatedKnownFailures).toEqual([
      {
        position: 'known-failures.yaml:3:3',
        case: id,
        code: 'status',
        problem: 'no case shows it any more: delete it',
      },
    ]);
  });

  it('that has expired excuses nothing and fails the run', () => {
    const results = judgeAgain(broken, [entry({ expires: '2001-01-31' })]);
    expect(results).toMatchObject({ exitCode: 1, summary: { failed: 1 } });
    expect(results.outdatedKnownFailures?.[0]?.problem).toMatch(/expired on 2001-01-31/);
  });

  it('never excuses what could not be judged, nor a fault of the suite', () => {
    const unjudged = sampleResults([
      sampleCase(id, { status: 'inconclusive' }),
      sampleCase('org/getOrg/access/viewer'),
    ]);
    expect(judgeAgain(unjudged, [entry()])).toMatchObject({ verdict: 'inconclusive', exitCode: 4 });
    const faulty = { ...broken, suiteFaults: [{ message: 'broken' }] };
    expect(judgeAgain(faulty, [entry()]).exitCode).toBe(5);
  });

  it('as a glob holds as long as one of its cases fails', () => {
    const results = judgeAgain(broken, [entry({ case: 'workflows/**' })]);
    expect(results).toMatchObject({ exitCode: 0 });
  });

  it('that matches no case is refused before the first request', () => {
    expect(() => requireKnownCases([entry({ case: 'workflow/**' })], broken.cases, contract)).toThrow(
      /known-failures.yaml:3:3 .*"workflow\/\*\*" matches no case: delete the entry/,
    );
  });
});

describe('the file', () => {
  it('tells every mistake at its place', async () => {
    await writeFile(
      file,
      '- case: a/b\n  cod: status\n  reason: x\n- case: a/c\n  code: status\n  reason: y\n  expires: tomorrow\n',
    );
    const error = await readKnownFailures(file, false).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ContractError);
    expect(String(error)).toMatch(/:2:3 .*has no member cod .*did you mean "code"/);
    expect(String(error)).toMatch(/:7:12 .*a day such as 2027-01-31/);
  });

  it('is written from a run: what is new is added, what is gone is deleted, comments and reasons stay', async () => {
    await writeFile(
      file,
      `# what we know of\n- case: ${id} # flaky since spring\n  code: status\n  reason: reported\n- case: org/getOrg/access/viewer\n  code: schema\n  reason: old\n`,
    );
    const results = sampleResults([...broken.cases, failedCase('runs/listRuns/access/viewer')]);
    const counts = await updateKnownFailures(file, await readKnownFailures(file, false), results);
    expect(counts).toEqual({ added: 1, deleted: 1 });
    const text = await readFile(file, 'utf8');
    expect(text).toMatch(/# flaky since spring/);
    expect(text).toMatch(/reason: reported/);
    expect(text).not.toMatch(/getOrg/);
    expect(text).toMatch(/case: runs\/listRuns\/access\/viewer\n {2}code: status/);
    expect(judgeAgain(results, await readKnownFailures(file, false)).exitCode).toBe(0);
  });
});
