import { describe, expect, it } from 'vitest';
import { cellName, cellsOf, countCells, type Cell } from '../../src/results/cells.ts';
import type { CaseResult, Results } from '../../src/results/types.ts';
import {
  cellCase,
  failedCase,
  sampleCase,
  sampleFinding,
  sampleOperations,
  sampleResults,
  sampleWrite,
} from '../report/sample.ts';

const read = 'org/getOrg/access/viewer';
const denied = 'workflows/createWorkflow/denied/viewer';
const byBody = '400 explains itself by the body';
const proven = cellCase(read);
const provesNothing = cellCase(denied, byBody);
const { cell: _cell, ...withoutCell } = provesNothing;
const unsent = { status: 'skipped', reason: 'full sends it', remedy: '--profile full' } as const;
const neverSent: CaseResult = { ...withoutCell, ...unsent };

function run(cases: readonly CaseResult[], more: Partial<Omit<Results, 'levels'>> = {}): Results {
  return sampleResults(cases, { operations: [...sampleOperations, sampleWrite], ...more });
}

function cellsIn(cases: readonly CaseResult[], more: Partial<Omit<Results, 'levels'>> = {}): readonly Cell[] {
  return cellsOf(run(cases, more));
}

function standings(cases: readonly CaseResult[]): Readonly<Record<string, string>> {
  return Object.fromEntries(cellsIn(cases).map((cell) => [cellName(cell), cell.standing]));
}

describe('a cell', () => {
  const broken = { ...provesNothing, status: 'failed' as const, findings: [sampleFinding] };
  const unjudged = cellCase(denied, undefined, { status: 'inconclusive', reason: 'no control' });
  const another = sampleCase(denied, { credential: 'viewer' });
  it.each<[string, string, readonly CaseResult[]]>([
    ['proven', 'a passed case proves it', [provesNothing, cellCase(`${denied}/least`)]],
    ['not-proven', 'its case passed and proves nothing', [provesNothing]],
    ['not-proven', 'the case that would prove it could not be judged', [unjudged]],
    ['broken', 'a case about it failed, though another proves it', [cellCase(denied), broken]],
    ['not-tried', 'its cases were not sent', [neverSent]],
    ['not-tried', 'only cases about something else were sent', [another]],
  ])('is %s where %s', (standing, _why, cases) => {
    expect(standings([proven, ...cases])['createWorkflow/viewer']).toBe(standing);
  });

  it('tells why it is not proven and what would decide it', () => {
    const [, found] = cellsIn([proven, provesNothing, { ...neverSent, id: `${denied}/least` }]);
    expect(found).toMatchObject({
      decision: 'denied',
      because: [byBody],
      remedies: ['--profile full'],
      judged: true,
    });
  });

  it('is decided by the profile full where guarded tried it with another request', () => {
    expect(cellsIn([proven, provesNothing], { profile: 'guarded' })[1]?.remedies).toEqual(['--profile full']);
    expect(cellsIn([proven, provesNothing], { profile: 'full' })[1]?.remedies).toEqual([]);
  });
});

describe('the cells of a run', () => {
  it('are those of the roles whose key was shown, with every operation that needs a key', () => {
    expect(
      standings([proven, provesNothing, cellCase('org/getOrg/access/editor', undefined, unsent)]),
    ).toEqual({
      'getOrg/viewer': 'proven',
      'createWorkflow/viewer': 'not-proven',
    });
    const keyless = { ...sampleWrite, keyless: true };
    expect(cellsIn([proven, provesNothing], { operations: [keyless] })).toEqual([]);
  });

  it('leave out what was not asked for by name', () => {
    expect(standings([proven, { ...neverSent, unasked: true }])).toEqual({
      'getOrg/viewer': 'proven',
    });
  });

  it('are unknown to results that tell of none, such as those of older versions', () => {
    expect(cellsIn([sampleCase(read), failedCase(denied)])).toEqual([]);
  });

  it('are counted by standing', () => {
    expect(countCells(cellsIn([proven, provesNothing]))).toEqual({
      proven: 1,
      broken: 0,
      notProven: 1,
      notTried: 0,
    });
  });
});

describe('a cell that was tried and not proven', () => {
  it('makes the run inconclusive, though every case passed', () => {
    expect(run([proven, provesNothing])).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 4,
      summary: { passed: 2, provesNothing: 1, inconclusive: 0 },
    });
  });

  it('is allowed where what is inconclusive is', () => {
    expect(run([proven, provesNothing], { allowInconclusive: true })).toMatchObject({ exitCode: 0 });
  });

  it('changes nothing where another case proves the cell, or where it was not tried', () => {
    expect(run([proven, provesNothing, cellCase(`${denied}/least`)]).exitCode).toBe(0);
    expect(run([proven, neverSent])).toMatchObject({ verdict: 'conformant', exitCode: 0 });
  });

  it('loses to a violation', () => {
    expect(run([proven, provesNothing, failedCase('org/getOrg/access/editor')]).exitCode).toBe(1);
  });
});

function levelOf(cases: readonly CaseResult[]): object | undefined {
  return run(cases).levels.find(({ level }) => level === 'write');
}

describe('a level of conformance', () => {
  const counts = { countsFor: ['write'] };

  it('is not shown in full by cases that do not prove their cells', () => {
    expect(
      levelOf([
        { ...proven, ...counts },
        { ...provesNothing, ...counts },
      ]),
    ).toMatchObject({
      standing: 'partial',
      unproven: 1,
    });
    expect(levelOf([{ ...proven, ...counts }, provesNothing])).toMatchObject({ standing: 'full' });
  });
});
