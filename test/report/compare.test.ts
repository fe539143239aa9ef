import { describe, expect, it } from 'vitest';
import { compareMarkdown } from '../../src/report/compare-markdown.ts';
import { compareResults } from '../../src/report/compare.ts';
import { failedCase, sampleCase, sampleFinding, sampleResults } from './sample.ts';

const id = 'org/getOrg/access/viewer';
const passed = sampleCase(id);
const failed = failedCase(id);
const timing = { operation: 'getOrg', requests: 20, p50Ms: 5, p95Ms: 20, p99Ms: 25, maxMs: 30 };

describe('compareResults', () => {
  it.each([
    ['a case that broke', passed, failed, { newViolations: [id] }],
    ['a case that was mended', failed, passed, { fixed: [id] }],
    ['a case that fails as it did', failed, failed, { stillFailing: [id] }],
    [
      'a case that is not sent any more',
      failed,
      sampleCase(id, { status: 'skipped' }),
      { noLongerJudged: [id] },
    ],
    [
      'a case that was not judged and breaks',
      sampleCase(id, { status: 'inconclusive' }),
      failed,
      { newViolations: [id] },
    ],
    ['nothing of note', passed, passed, {}],
  ])('tells %s', (_name, before, after, expected) => {
    const { newViolations, fixed, stillFailing, noLongerJudged } = compareResults(
      sampleResults([before]),
      sampleResults([after]),
    );
    const ids = Object.entries({ newViolations, fixed, stillFailing, noLongerJudged }).flatMap(
      ([name, cases]) => (cases.length === 0 ? [] : [[name, cases.map((one) => one.id)] as const]),
    );
    expect(Object.fromEntries(ids)).toEqual(expected);
  });

  it('compares finding by finding: a second break of a failing case is new', () => {
    const worse = failedCase(id, { findings: [sampleFinding, { ...sampleFinding, code: 'schema' }] });
    const { newViolations, stillFailing } = compareResults(sampleResults([failed]), sampleResults([worse]));
    expect(newViolations.map(({ codes }) => codes)).toEqual([['schema']]);
    expect(stillFailing.map(({ codes }) => codes)).toEqual([['status']]);
  });

  it('takes an advisory for no violation, unless the run was strict', () => {
    const advised = sampleCase(id, { findings: [{ ...sampleFinding, level: 'should' }] });
    expect(compareResults(sampleResults([passed]), sampleResults([advised])).newViolations).toEqual([]);
    const strict = sampleResults([{ ...advised, status: 'failed' }], { strict: true });
    expect(compareResults(sampleResults([passed]), strict).newViolations).toHaveLength(1);
  });

  it('counts a new case that fails, and names new and gone cases', () => {
    const other = failedCase('org/getOrg/access/owner');
    const comparison = compareResults(sampleResults([passed]), sampleResults([other]));
    expect(comparison.newViolations.map((one) => one.id)).toEqual([other.id]);
    expect([comparison.newCases, comparison.goneCases]).toEqual([[other.id], [id]]);
  });

  it.each([
    ['much slower', { p95Ms: 60 }, 1],
    ['a little slower', { p95Ms: 29 }, 0],
    ['slower by a factor of what is nothing', { p95Ms: 35 }, 0],
    ['too few requests to tell', { p95Ms: 900, requests: 3 }, 0],
  ])('tells an operation that is %s', (_name, change, count) => {
    const [old, now] = [
      sampleResults([], { timings: [timing] }),
      sampleResults([], { timings: [{ ...timing, ...change }] }),
    ];
    expect(compareResults(old, now).slower).toHaveLength(count);
  });

  it('is Markdown with the new violations first', () => {
    const text = compareMarkdown(compareResults(sampleResults([passed]), sampleResults([failed])));
    expect(text).toMatch(/^## 1 case has new violations\n/);
    expect(text).toContain('- `org/getOrg/access/viewer` getOrg: viewer (status)');
    expect(compareMarkdown(compareResults(sampleResults([passed]), sampleResults([passed])))).toContain(
      '## No new violation',
    );
  });
});
