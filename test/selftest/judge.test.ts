import { describe, expect, it } from 'vitest';
import { judgeDefect, judgeDialect } from '../../src/selftest/judge.ts';
import {
  recordedOf,
  serializeRecord,
  surprisesIn,
  withOutcomes,
} from '../../src/selftest/families-record.ts';
import { conclude } from '../../src/results/verdict.ts';
import type { Trial } from '../../src/selftest/trial.ts';
import type { Defect, Fate, Setup } from '../../src/selftest/types.ts';
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
/** A trial whose exit code is that of its cases. */
const trial = (...cases: readonly CaseResult[]): Trial => {
  const { exitCode } = conclude({
    cases,
    suiteFaults: [],
    interrupted: false,
    strict: false,
    allowInconclusive: false,
  });
  return { exitCode, cases, faults: [], requests: 1, durationMs: 1, open: [], isLate: false };
};
const full: Setup = { dialect: 'plain', profile: 'full' };
const other = { ...sampleFinding, fact: 'not-found' };
const advisory = { ...sampleFinding, level: 'should', fact: 'auth-challenge' } as const;

describe('judgeDefect', () => {
  it.each<[string, CaseResult, Fate, number]>([
    [
      'a case that names the fact',
      failed('org/getOrg/access/a', { facts: ['auth-revoked'], findings: [other] }),
      'caught',
      1,
    ],
    ['a finding against the fact', failed('org/getOrg/access/a'), 'caught', 1],
    ['a failure of something else', failed('org/getOrg/access/a', { findings: [other] }), 'elsewhere', 1],
    ['an advisory', sampleCase('org/getOrg/access/a', { findings: [advisory] }), 'green', 0],
    ['nothing', sampleCase('org/getOrg/access/a', { facts: ['auth-revoked'] }), 'green', 0],
    [
      'a case that could not be judged',
      sampleCase('org/getOrg/access/a', { facts: ['auth-revoked'], status: 'inconclusive' }),
      'inconclusive',
      0,
    ],
  ])('by %s', (_name, result, fate, red) => {
    const outcome = judgeDefect(defect, full, [], trial(result));
    expect([outcome.fate, outcome.red.length]).toEqual([fate, red]);
  });

  it('goes by the exit code, not by what is red', () => {
    const gone: Trial = { ...trial(failed('org/getOrg/access/a')), exitCode: 3 };
    expect(judgeDefect(defect, full, [], gone).fate).toBe('inconclusive');
  });

  it('finds a defect of level should by an advisory against its fact alone, where advisories count', () => {
    const should = { ...defect, fact: 'auth-challenge', level: 'should' } as const;
    const told: Trial = {
      ...trial(sampleCase('org/getOrg/access/a', { findings: [advisory] })),
      exitCode: 1,
    };
    expect(judgeDefect(should, full, [], told).fate).toBe('caught');
    expect(judgeDefect({ ...should, fact: 'timely' }, full, [], told).fate).toBe('elsewhere');
  });
});

describe('judgeDialect', () => {
  it('takes each case that failed or could not be judged for a false alarm, and no advisory', () => {
    const { falseAlarms } = judgeDialect(
      full,
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

  it.each<[string, Setup, number, boolean]>([
    ['on the plain point', { dialect: 'plain', profile: 'guarded' }, 4, true],
    ['in full', { dialect: 'seed:1', profile: 'full' }, 4, true],
    ['where another point lets nobody prove a cell', { dialect: 'seed:1', profile: 'guarded' }, 4, false],
    ['where the target is said to be gone', { dialect: 'seed:1', profile: 'guarded' }, 3, true],
  ])(
    'takes an exit code that no case explains for a false alarm or not: %s',
    (_name, setup, exitCode, is) => {
      const told = { ...trial(sampleCase('a/b/c/d')), exitCode, open: ['getOrg/viewer'] };
      expect(judgeDialect(setup, told).falseAlarms.map(({ kind }) => kind)).toEqual(is ? ['exit'] : []);
    },
  );
});

describe('the record', () => {
  const outcome = judgeDefect(defect, full, [], trial(failed('org/getOrg/authentication/revoked')));

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
