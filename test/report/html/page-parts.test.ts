import { describe, expect, it } from 'vitest';
import { reportHtml } from '../../../src/report/html/document.ts';
import { caseViews, everything, filterCases } from '../../../src/report/html/page/cases.ts';
import { markedJson } from '../../../src/report/html/page/json-marks.ts';
import { pageData } from '../../../src/report/html/page-data.ts';
import { hostileResults } from '../hostile.ts';
import { runOf } from './sample-run.ts';

/** The laid out text with what is marked in braces of its own. */
function marked(body: string, ...pointers: readonly string[]): string {
  return markedJson(body, pointers)
    .map((piece) => (piece.marked ? `«${piece.text}»` : piece.text))
    .join('');
}

describe('markedJson', () => {
  it.each([
    ['a member', '{"a":{"b":1,"c":2}}', '/a/b', '{\n  "a": {\n    «"b": 1»,\n    "c": 2\n  }\n}'],
    ['an item', '[1,2,3]', '/1', '[\n  1,\n  «2»,\n  3\n]'],
    ['an escaped name', '{"a/b":1}', '/a~1b', '{\n  «"a/b": 1»\n}'],
    ['nothing for the whole', '{"a":1}', '', '{\n  "a": 1\n}'],
    ['nothing that is not there', '{"a":1}', '/b', '{\n  "a": 1\n}'],
  ])('marks %s', (_name, body, pointer, expected) => {
    expect(marked(body, pointer)).toBe(expected);
  });

  it('marks as far as a body goes that is cut off', () => {
    expect(marked('{"a":"x","b":"lon\n… (17 of 99 bytes)', '/a')).toBe(
      '{\n  «"a": "x"»,\n  "b": "lon\n… (17 of 99 bytes)',
    );
  });

  it.each(['{"a": NaN}', '{"a":1}  trailing', '<html>', '', '[not json'])('leaves %j as it is', (body) => {
    expect(marked(body, '/a')).toBe(body);
  });
});

describe('filterCases', () => {
  const data = pageData(runOf(100));
  const views = caseViews(data);

  it('gives failures first, else the order of the plan', () => {
    const states = views.map(({ state }) => state);
    expect(states).toEqual(states.toSorted((a, b) => data.states.indexOf(a) - data.states.indexOf(b)));
    expect(views).toHaveLength(100);
  });

  it('takes every member of the filter together', () => {
    const filter = { ...everything, surface: 'surface-1', column: 'editor', text: 'OPERATION-1/ editor' };
    const found = filterCases(views, filter, data);
    expect(found.length).toBeGreaterThan(0);
    expect(
      found.every(({ operation, credential }) => operation === 'operation-1' && credential === 'editor'),
    ).toBe(true);
  });

  it('finds the cases of a root cause', () => {
    const found = filterCases(views, { ...everything, cause: '0' }, data);
    expect(found.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(data.causes[0]?.cases);
  });
});

describe('the page', () => {
  it('holds the evidence of every failure while it is light, and of the worked examples always', () => {
    expect(pageData(runOf(1_000)).withoutDetails).toBe(0);
    const large = pageData(runOf(1_000), 100_000);
    expect(large.withoutDetails).toBeGreaterThan(0);
    for (const { cases } of large.causes) expect(large.details[cases[0] ?? -1]).toBeDefined();
  });

  it('has no tag of a server, and a policy that lets nothing in', () => {
    const page = reportHtml(hostileResults(), [], { script: 'start()', style: 'p{}' });
    expect(page.match(/<script/g)).toHaveLength(2);
    expect(page).not.toMatch(/<(img|iframe|svg\/|base|link|object)/);
    expect(page).toContain('default-src &#39;none&#39;; script-src &#39;sha256-');
  });
});
