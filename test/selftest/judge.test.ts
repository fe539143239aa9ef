import { describe, expect, it } from 'vitest';
import { judgeDefect, judgeDialect, type Trial } from '../../src/selftest/judge.ts';
import {
  recordedOf,
  serializeRecord,
  surprisesIn,
  withOutcomes,
} from '../../src/selftest/families-record.ts';
import { selftestText } from '../../src/selftest/report-text.ts';
import { exitCodeOf, scoreOf } from '../../src/selftest/score.ts';
import type { Defect } from '../../src/selftest/types.ts';
import type { CaseResult } from '../../src/results/types.ts';
import { sampleCase, sampleFinding } from '../report/sample.ts';

const defect: Defect = {
  id: 'revoked-counts',
  fact: 'auth-revoked',
  where: '*',
  description: 'A revoked key counts.',
  level: 'must',
};
const failed = (id: string, more: Partial<CaseResult> = {}): CaseResult =>
  sampleCase(id, { status: 'failed', findings: [sampleFinding], ...more });
const trial = (...results: readonly CaseResult[]): Trial => ({
  results,
  faults: [],
  requests: 1,
  durationMs: 1,
});
const other = { ...sampleFinding, fact: 'not-found' };
const advisory = { ...sampleFinding, level: 'should', fact: 'auth-challenge' } as const;

describe('judgeDefect', () => {
  it.each<[string, CaseResult, 'killed' | 'survived', number]>([
    [
      'a case that names the fact',
      failed('org/getOrg/access/a', { facts: ['auth-revoked'], findings: [other] }),
      'killed',
      1,
    ],
    ['a finding against the fact', failed('org/getOrg/access/a'), 'killed', 1],
    ['a failure of something else', failed('org/getOrg/access/a', { findings: [other] }), 'survived', 1],
    ['an advisory', sampleCase('org/getOrg/access/a', { findings: [advisory] }), 'survived', 0],
    ['nothing', sampleCase('org/getOrg/access/a', { facts: ['auth-revoked'] }), 'survived', 0],
    [
      'a case that could not be judged',
      sampleCase('org/getOrg/access/a', { facts: ['auth-revoked'], status: 'inconclusive' }),
      'survived',
      0,
    ],
  ])('by %s', (_name, result, fate, red) => {
    const outcome = judgeDefect(defect, [], trial(result));
    expect([outcome.fate, outcome.red.length]).toEqual([fate, red]);
  });

  it('finds a defect of level should by an advisory against its fact alone', () => {
    const should = { ...defect, fact: 'auth-challenge', level: 'should' } as const;
    const told = sampleCase('org/getOrg/access/a', { findings: [advisory] });
    expect(judgeDefect(should, [], trial(told)).fate).toBe('killed');
    expect(judgeDefect({ ...should, fact: 'timely' }, [], trial(told)).fate).toBe('survived');
  });
});

describe('judgeDialect', () => {
  it('takes each case that failed or could not be judged for a false alarm, and no advisory', () => {
    const { falseAlarms } = judgeDialect(
      'plain',
      trial(
        failed('a/b/c/d'),
        sampleCase('a/b/c/e', { status: 'inconclusive', reason: 'no run ended' }),
        sampleCase('a/b/c/f', { findings: [advisory] }),
        sampleCase('a/b/c/g', { status: 'skipped', reason: 'no key' }),
      ),
    );
    expect(falseAlarms.map(({ case: id, kind, told }) => [id, kind, told[0]])).toEqual([
      ['a/b/c/d', 'failed', expect.stringContaining('Expected 401 unauthenticated, received 200.')],
      ['a/b/c/e', 'inconclusive', 'no run ended'],
    ]);
  });
});

describe('the record', () => {
  const outcome = judgeDefect(defect, [], trial(failed('org/getOrg/authentication/revoked')));

  it('adds to what it knows, and drops what is in the catalogue no more', () => {
    const known = {
      gone: { families: ['access'], scenarios: [], codes: [] },
      'revoked-counts': { families: ['access'], scenarios: ['created'], codes: [] },
    };
    expect(withOutcomes(known, [outcome], ['revoked-counts'])).toEqual({
      'revoked-counts': { families: ['access', 'authentication'], scenarios: ['created'], codes: ['status'] },
    });
  });

  it('knows what is new', () => {
    const record = { 'revoked-counts': { ...recordedOf(outcome), families: ['access'] } };
    expect(surprisesIn([outcome], record)).toEqual([
      { defect: 'revoked-counts', family: 'authentication', case: 'org/getOrg/authentication/revoked' },
    ]);
    expect(surprisesIn([outcome], { 'revoked-counts': recordedOf(outcome) })).toEqual([]);
  });

  it('has a line a defect', () => {
    const entry = { families: ['access'], scenarios: [], codes: [] };
    expect(serializeRecord({ a: entry, b: entry }).split('\n')).toHaveLength(5);
  });
});

describe('the score', () => {
  const quiet = judgeDialect('plain', trial(sampleCase('a/b/c/d')));
  const loud = judgeDialect('plain', trial(failed('a/b/c/d')));
  const killed = judgeDefect(defect, [], trial(failed('a/b/c/d')));
  const survived = judgeDefect(defect, [], trial(sampleCase('a/b/c/d')));
  const surprise = { defect: defect.id, family: 'c', case: 'a/b/c/d' };
  const faulty = { ...quiet, faults: ['it broke'] };

  it.each([
    ['all is found and none accused', [quiet], [killed], [], 0],
    ['a defect survived', [quiet], [survived], [], 1],
    ['a dialect was accused', [loud], [killed], [], 1],
    ['a family is not on record', [quiet], [killed], [surprise], 1],
    ['the suite failed', [faulty], [survived], [], 5],
    ['nothing was tried', [], [], [], 1],
  ] as const)('%s', (_name, dialects, defects, surprises, exitCode) => {
    expect(exitCodeOf(scoreOf(dialects, defects, surprises))).toBe(exitCode);
  });

  it('is told with everything that went wrong, by name', () => {
    const score = scoreOf([loud], [survived], [surprise]);
    expect(selftestText({ dialects: [loud], defects: [survived], surprises: [surprise], score }))
      .toMatchInlineSnapshot(`
      "false alarm: plain: a/b/c/d (failed): status: A revoked key is answered with 401 unauthenticated from the next request on. Expected 401 unauthenticated, received 200.
      survived: revoked-counts (auth-revoked, *): A revoked key counts. 1 cases, nothing turned red.
      not on record: revoked-counts turned red the family c, first a/b/c/d
      1 dialect, 1 false alarm; 1 defect, 0 killed, 1 survived; 1 family not on record
      "
    `);
  });
});
