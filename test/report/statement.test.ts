import { describe, expect, it } from 'vitest';
import { checkStatement } from '../../src/report/check-statement.ts';
import { statementJson, statementOf, type Statement } from '../../src/report/statement.ts';
import { resultsDigest } from '../../src/results/digest.ts';
import type { Results } from '../../src/results/types.ts';
import { failedCase, sampleCase, sampleResults } from './sample.ts';

const results = sampleResults([
  sampleCase('org/getOrg/access/viewer'),
  failedCase('runs/getRun/access/viewer'),
  sampleCase('insights/getTopic/access/viewer', { status: 'skipped', reason: 'no key' }),
]);
const score = { defects: 100, caught: 99, dialects: 8, falseAlarms: 0 };

function published(given: Results = results): Statement {
  return JSON.parse(statementJson(statementOf(given, resultsDigest(given), score))) as Statement;
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
    const plan = { digest: results.planDigest, caseIds: results.cases.map(({ id }) => id) };
    expect(checkStatement(published(), results, plan)).toEqual([]);
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
  const plan = { digest: results.planDigest, caseIds: results.cases.map(({ id }) => id) };
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
