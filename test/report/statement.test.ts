import { describe, expect, it } from 'vitest';
import { checkStatement, type ExpectedPlan } from '../../src/report/check-statement.ts';
import { statementJson, statementOf, type Statement } from '../../src/report/statement.ts';
import { resultsDigest } from '../../src/results/digest.ts';
import type { CaseResult, Results } from '../../src/results/types.ts';
import { failedCase, sampleCase, sampleResults } from './sample.ts';

const results = sampleResults([
  sampleCase('org/getOrg/access/viewer'),
  failedCase('runs/getRun/access/viewer'),
  sampleCase('insights/getTopic/access/viewer', { status: 'skipped', reason: 'no key' }),
]);
const ofProfile = {
  defects: 100,
  caught: 97,
  elsewhere: 1,
  inconclusive: 1,
  green: 1,
  dialects: 8,
  falseAlarms: 0,
  notProven: 0,
};
const score = { smoke: ofProfile, read: ofProfile, guarded: ofProfile, full: ofProfile };

function published(given: Results = results): Statement {
  return JSON.parse(statementJson(statementOf(given, resultsDigest(given), score))) as Statement;
}

function planOf(given: Results): ExpectedPlan {
  return {
    digest: given.planDigest,
    countsFor: new Map(given.cases.map(({ id, countsFor = [] }) => [id, countsFor])),
    levels: given.levels.map(({ level }) => level),
  };
}

describe('a conformance statement', () => {
  it('says how much of each surface held, what was left out, and what the suite catches', () => {
    expect(published()).toMatchObject({
      verdict: 'violations',
      exitCode: 1,
      badge: { message: 'violations (2 of 3 judged)', mood: 'bad' },
      surfaces: [
        { surface: 'org', level: 'full' },
        { surface: 'runs', level: 'broken' },
        { surface: 'insights', level: 'not-judged' },
      ],
      leftOut: [{ status: 'skipped', cases: 1, reason: 'no key' }],
      suiteScore: score,
      resultsDigest: resultsDigest(results),
    });
  });

  it('holds beside its own results', () => {
    expect(checkStatement(published(), results)).toEqual([]);
    expect(checkStatement(published(), results, planOf(results))).toEqual([]);
  });

  it.each<[string, object, RegExp]>([
    ['verdict', { verdict: 'conformant' }, /verdict is "conformant", the results make it "violations"/],
    ['exit code', { exitCode: 0 }, /exitCode is 0/],
    ['badge', { badge: { label: 'x', message: 'conformant', mood: 'good' } }, /badge is/],
    ['counts', { summary: { ...results.summary, failed: 0 } }, /summary is/],
    ['target', { target: { baseUrl: 'https://elsewhere.example.com' } }, /target is/],
    ['digest', { resultsDigest: 'c'.repeat(64) }, /resultsDigest is/],
    ['member that is none', { certified: true }, /certified is no member/],
  ])('does not hold with another %s', (_name, edit, message) => {
    expect(checkStatement({ ...published(), ...edit }, results).join('\n')).toMatch(message);
  });

  it('is nothing but an object', () => {
    expect(checkStatement('green', results)).toContain('statement: it is no JSON object');
  });
});

describe('edited results', () => {
  const [first, second, third] = results.cases;
  if (first === undefined || second === undefined || third === undefined) throw new Error('too few cases');
  const plan = planOf(results);
  const check = (edited: Results): string => checkStatement(published(edited), edited, plan).join('\n');

  it('are caught where the verdict does not follow from the cases', () => {
    expect(check({ ...results, verdict: 'conformant', exitCode: 0 })).toMatch(
      /results: verdict is "conformant"/,
    );
  });

  it('are caught where a failed case is called passed', () => {
    const green = { ...results, cases: [first, { ...second, status: 'passed' as const }, third] };
    expect(check(green)).toContain('runs/getRun/access/viewer is passed, but has a violation');
  });

  it('are caught where the failed case is taken out', () => {
    expect(check(sampleResults([first, third]))).toContain(
      '1 planned cases are missing, such as runs/getRun/access/viewer',
    );
  });

  it('are caught where a case is doubled or invented', () => {
    expect(check(sampleResults([...results.cases, first]))).toContain('1 cases are there twice');
    expect(check(sampleResults([...results.cases, sampleCase('org/x/access/y')]))).toContain(
      'not of the plan',
    );
  });

  it('are caught where they are of another plan', () => {
    expect(check({ ...results, planDigest: 'd'.repeat(64) })).toContain('the plan has the digest');
  });
});

describe('a claim of a level', () => {
  const first = sampleCase('org/getOrg/access/viewer', { countsFor: ['read'] });
  const second = sampleCase('org/getOrg/access/editor', { countsFor: ['read', 'write'] });
  const write = sampleCase('workflows/createWorkflow/access/editor', { countsFor: ['write'] });
  const left = { status: 'skipped', reason: 'the profile read does not send it' } as const;
  const shown = sampleResults([first, second, { ...write, ...left }], {}, ['read']);

  it('is shown where every case that counts for it passed, whatever became of the others', () => {
    expect(published(shown)).toMatchObject({
      verdict: 'conformant',
      exitCode: 0,
      badge: { message: 'conformant (level read: 2 of 2 judged)', mood: 'good' },
      levels: [
        { level: 'read', claimed: true, standing: 'full', total: 2, passed: 2 },
        { level: 'write', claimed: false, standing: 'partial', total: 2, passed: 1, skipped: 1 },
      ],
    });
    expect(checkStatement(published(shown), shown, planOf(shown))).toEqual([]);
  });

  it.each<[string, Partial<CaseResult>, object]>([
    ['left out', left, { verdict: 'inconclusive', exitCode: 4 }],
    ['not judged', { status: 'inconclusive', reason: 'no list' }, { verdict: 'inconclusive', exitCode: 4 }],
    ['failed', failedCase(second.id), { verdict: 'violations', exitCode: 1 }],
    [
      'known to fail',
      { findings: failedCase(second.id).findings.map((one) => ({ ...one, known: 'soon' })) },
      { verdict: 'inconclusive', exitCode: 4 },
    ],
  ])('is not shown where one of its cases was %s', (_what, change, outcome) => {
    const open = sampleResults([first, { ...second, ...change, countsFor: ['read'] }], {}, ['read']);
    expect(published(open)).toMatchObject(outcome);
    expect(published(open).levels[0]?.standing).not.toBe('full');
    expect(published(open).badge.message).toMatch(/\(level read: \d of 2 judged\)/);
  });

  it('does not hold where the results were edited to make it', () => {
    const check = (edited: Results): string =>
      checkStatement(published(edited), edited, planOf(shown)).join('\n');
    const levels = shown.levels.map((one) => ({ ...one, claimed: true }));
    expect(check({ ...shown, levels })).toMatch(/results: verdict is "conformant"/);
    const standing = shown.levels.map((one) => ({ ...one, standing: 'full' as const }));
    expect(check({ ...shown, levels: standing })).toMatch(/results: levels is/);
    const easier = sampleResults([first, second, { ...write, ...left, countsFor: [] }], {}, [
      'read',
      'write',
    ]);
    expect(check(easier)).toMatch(/1 cases count for other levels than planned, such as workflows/);
  });
});
