import { describe, expect, it } from 'vitest';
import type { Claim } from '../../src/report/claim.ts';
import { checkStatement, type ExpectedPlan } from '../../src/report/check-statement.ts';
import { statementJson, statementOf, type Statement } from '../../src/report/statement.ts';
import { resultsDigest } from '../../src/results/digest.ts';
import type { CaseResult, Results } from '../../src/results/types.ts';
import { failedCase, sampleCase, sampleFinding, sampleResults } from './sample.ts';

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

function claimed(given: Results = results): Claim {
  return published(given).predicate.armatureConformance;
}

/** What does not hold of a statement beside results. */
function check(statement: unknown, given: Results, plan?: ExpectedPlan): readonly string[] {
  return checkStatement(statement, { results: given, sha256: resultsDigest(given), score }, plan);
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
    expect(claimed()).toMatchObject({
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
    });
  });

  it('holds beside its own results', () => {
    expect(check(published(), results)).toEqual([]);
    expect(check(published(), results, planOf(results))).toEqual([]);
  });

  it('is a statement of in-toto about the file of the results, with what the target was held to', () => {
    const { tool, contract, planDigest } = results;
    expect(published()).toMatchObject({
      _type: 'https://in-toto.io/Statement/v1',
      subject: [{ name: 'results.json', digest: { sha256: resultsDigest(results) } }],
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      predicate: {
        result: 'FAILED',
        configuration: [
          { name: 'matrix.yaml', digest: { sha256: contract.files['matrix.yaml'] } },
          { name: 'plan', digest: { sha256: planDigest } },
          {
            name: 'suite',
            uri: `pkg:npm/armature-conformance@${tool.version}`,
            digest: { sha256: tool.digest },
          },
        ],
        passedTests: ['org/getOrg/access/viewer'],
        warnedTests: [],
        failedTests: ['runs/getRun/access/viewer'],
      },
    });
  });

  const advice = { ...sampleFinding, level: 'should' as const };
  it.each<[string, CaseResult, object]>([
    ['passed', sampleCase('org/a/access/x'), { result: 'PASSED', passedTests: ['org/a/access/x'] }],
    [
      'passed with an advisory',
      sampleCase('org/a/access/x', { findings: [advice] }),
      { result: 'WARNED', passedTests: [], warnedTests: ['org/a/access/x'] },
    ],
    [
      'failed as is known',
      failedCase('org/a/access/x', {
        status: 'passed',
        findings: [{ ...advice, level: 'must', known: 'soon' }],
      }),
      { result: 'WARNED', passedTests: [], warnedTests: ['org/a/access/x'], failedTests: [] },
    ],
    [
      'was not judged',
      sampleCase('org/a/access/x', { status: 'inconclusive', reason: 'no list' }),
      { result: 'FAILED', passedTests: [], warnedTests: [], failedTests: [] },
    ],
    [
      'was not sent',
      sampleCase('org/a/access/x', { status: 'skipped', reason: 'no key' }),
      { result: 'FAILED', passedTests: [], warnedTests: [], failedTests: [] },
    ],
  ])('of a run whose case %s says so', (_what, one, predicate) => {
    expect(published(sampleResults([one])).predicate).toMatchObject(predicate);
  });

  it.each<[string, object, RegExp]>([
    ['verdict', { verdict: 'conformant' }, /verdict is "conformant", the results make it "violations"/],
    ['exit code', { exitCode: 0 }, /exitCode is 0/],
    ['badge', { badge: { label: 'x', message: 'conformant', mood: 'good' } }, /badge\.message is/],
    ['counts', { summary: { ...results.summary, failed: 0 } }, /summary\.failed is/],
    ['target', { target: { baseUrl: 'https://elsewhere.example.com' } }, /target\.baseUrl is/],
    ['score of the suite', { suiteScore: { ...score, full: undefined } }, /suiteScore\.full is/],
    ['member that is none', { certified: true }, /armatureConformance\.certified is no member/],
  ])('does not hold with another %s', (_name, edit, message) => {
    const { predicate, ...rest } = published();
    const armatureConformance = { ...predicate.armatureConformance, ...edit };
    const edited = { ...rest, predicate: { ...predicate, armatureConformance } };
    expect(check(edited, results).join('\n')).toMatch(message);
  });

  it.each<[string, object, RegExp]>([
    ['result', { result: 'PASSED' }, /predicate\.result is "PASSED", the results make it "FAILED"/],
    ['test among those that passed', { passedTests: ['runs/getRun/access/viewer'] }, /passedTests is/],
    ['configuration', { configuration: [] }, /configuration is/],
    ['link to a run', { url: 'https://ci.example.com/1' }, /predicate\.url is no member/],
  ])('does not hold with another %s', (_name, edit, message) => {
    const statement = published();
    const edited = { ...statement, predicate: { ...statement.predicate, ...edit } };
    expect(check(edited, results).join('\n')).toMatch(message);
  });

  it('does not hold beside another file of results', () => {
    const problems = checkStatement(published(), { results, sha256: 'c'.repeat(64), score });
    expect(problems.join('\n')).toMatch(/subject is/);
  });

  it('is nothing but an object', () => {
    expect(check('green', results).join('\n')).toMatch(/statement: the whole is "green"/);
  });
});

describe('edited results', () => {
  const [first, second, third] = results.cases;
  if (first === undefined || second === undefined || third === undefined) throw new Error('too few cases');
  const plan = planOf(results);
  const checkEdited = (edited: Results): string => check(published(edited), edited, plan).join('\n');

  it('are caught where the verdict does not follow from the cases', () => {
    expect(checkEdited({ ...results, verdict: 'conformant', exitCode: 0 })).toMatch(
      /results: verdict is "conformant"/,
    );
  });

  it('are caught where a failed case is called passed', () => {
    const green = { ...results, cases: [first, { ...second, status: 'passed' as const }, third] };
    expect(checkEdited(green)).toContain('runs/getRun/access/viewer is passed, but has a violation');
  });

  it('are caught where the failed case is taken out', () => {
    expect(checkEdited(sampleResults([first, third]))).toContain(
      '1 planned cases are missing, such as runs/getRun/access/viewer',
    );
  });

  it('are caught where a case is doubled or invented', () => {
    expect(checkEdited(sampleResults([...results.cases, first]))).toContain('1 cases are there twice');
    expect(checkEdited(sampleResults([...results.cases, sampleCase('org/x/access/y')]))).toContain(
      'not of the plan',
    );
  });

  it('are caught where they are of another plan', () => {
    expect(checkEdited({ ...results, planDigest: 'd'.repeat(64) })).toContain('the plan has the digest');
  });
});

describe('a claim of a level', () => {
  const first = sampleCase('org/getOrg/access/viewer', { countsFor: ['read'] });
  const second = sampleCase('org/getOrg/access/editor', { countsFor: ['read', 'write'] });
  const write = sampleCase('workflows/createWorkflow/access/editor', { countsFor: ['write'] });
  const left = { status: 'skipped', reason: 'the profile read does not send it' } as const;
  const shown = sampleResults([first, second, { ...write, ...left }], {}, ['read']);

  it('is shown where every case that counts for it passed, whatever became of the others', () => {
    expect(claimed(shown)).toMatchObject({
      verdict: 'conformant',
      exitCode: 0,
      badge: { message: 'conformant (level read: 2 of 2 judged)', mood: 'good' },
      levels: [
        { level: 'read', claimed: true, standing: 'full', total: 2, passed: 2 },
        { level: 'write', claimed: false, standing: 'partial', total: 2, passed: 1, skipped: 1 },
      ],
    });
    expect(check(published(shown), shown, planOf(shown))).toEqual([]);
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
    expect(claimed(open)).toMatchObject(outcome);
    expect(claimed(open).levels[0]?.standing).not.toBe('full');
    expect(claimed(open).badge.message).toMatch(/\(level read: \d of 2 judged\)/);
  });

  it('does not hold where the results were edited to make it', () => {
    const checkEdited = (edited: Results): string =>
      check(published(edited), edited, planOf(shown)).join('\n');
    const levels = shown.levels.map((one) => ({ ...one, claimed: true }));
    expect(checkEdited({ ...shown, levels })).toMatch(/results: verdict is "conformant"/);
    const standing = shown.levels.map((one) => ({ ...one, standing: 'full' as const }));
    expect(checkEdited({ ...shown, levels: standing })).toMatch(/results: levels is/);
    const easier = sampleResults([first, second, { ...write, ...left, countsFor: [] }], {}, [
      'read',
      'write',
    ]);
    expect(checkEdited(easier)).toMatch(/1 cases count for other levels than planned, such as workflows/);
  });
});
