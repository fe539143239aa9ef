import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAjv } from '../../src/contract/ajv.ts';
import { annotations } from '../../src/report/annotations.ts';
import { badgeOf, badgeSvg } from '../../src/report/badge.ts';
import { ctrfJson } from '../../src/report/ctrf.ts';
import { harJson } from '../../src/report/har.ts';
import { junitXml } from '../../src/report/junit.ts';
import { summaryMarkdown } from '../../src/report/summary.ts';
import type { Results } from '../../src/results/types.ts';
import { ctrfSchema } from './ctrf-schema.ts';
import { harSchema } from './har-schema.ts';
import { hostileResults, hostileTexts } from './hostile.ts';
import { failedCase, sampleCase, sampleResults } from './sample.ts';

const failed = failedCase('org/getOrg/authentication/revoked', { title: 'getOrg: a revoked key is refused' });
const skipped = sampleCase('runs/getRun/access/viewer', {
  status: 'skipped',
  reason: 'no key given for viewer',
  remedy: 'set ARMATURE_KEY_VIEWER',
});
const unjudged = sampleCase('runs/listRuns/access/viewer', { status: 'inconclusive', reason: 'no run' });
const mixed = sampleResults([sampleCase('org/getOrg/access/viewer'), failed, skipped, unjudged]);

const xmllint = ['/usr/bin/xmllint', '/usr/local/bin/xmllint'].find((path) => existsSync(path));
const xsd = fileURLToPath(new URL('junit.xsd', import.meta.url));

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'formats-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('junit.xml', () => {
  it.skipIf(xmllint === undefined).each([
    ['a mixed run', mixed],
    ['a run without a case', sampleResults([])],
    ['what a hostile server sent', hostileResults()],
  ])('is valid for %s', async (_name, results: Results) => {
    const file = join(folder, 'junit.xml');
    await writeFile(file, junitXml(results));
    const checked = promisify(execFile)(xmllint ?? '', ['--noout', '--nonet', '--schema', xsd, file]);
    await expect(checked).resolves.toMatchObject({ stderr: expect.stringContaining('validates') as string });
  });

  it('is a suite a surface, with failures, errors and skips that tell why', () => {
    const xml = junitXml(mixed);
    expect(xml).toContain('<testsuites name="armature-conformance" tests="4" failures="1" errors="1"');
    expect(xml).toContain('<testsuite name="org" tests="2" failures="1" errors="0" skipped="0"');
    expect(xml).toContain('<testsuite name="runs" tests="2" failures="0" errors="1" skipped="1"');
    expect(xml).toContain('<failure type="status" message="getOrg: a revoked key is refused:');
    expect(xml).toContain('curl -sS -i http://127.0.0.1:4010');
    expect(xml).toContain('<error type="inconclusive" message="no run">');
    expect(xml).toContain('message="no key given for viewer; to change that: set ARMATURE_KEY_VIEWER"');
  });

  it('is green for what could not be judged only where the run allows that', () => {
    const xml = junitXml(sampleResults([unjudged], { allowInconclusive: true }));
    expect(xml).toContain('errors="0"');
    expect(xml).toContain('<skipped message="could not be judged: no run"/>');
  });

  it('is never green for a fault of the suite', () => {
    const xml = junitXml(sampleResults([], { suiteFaults: [{ message: 'boom' }] }));
    expect(xml).toContain('errors="1"');
    expect(xml).toContain('boom</error>');
  });
});

describe('ctrf.json', () => {
  it.each([
    ['a mixed run', mixed],
    ['what a hostile server sent', hostileResults()],
  ])('is valid for %s', (_name, results) => {
    const valid = createAjv().compile(ctrfSchema);
    valid(JSON.parse(ctrfJson(results)));
    expect(valid.errors).toBeNull();
  });

  it('calls what could not be judged other, never passed', () => {
    expect(JSON.parse(ctrfJson(mixed))).toMatchObject({
      results: { summary: { tests: 4, passed: 1, failed: 1, skipped: 1, other: 1 } },
    });
  });
});

describe('exchanges.har', () => {
  it.each([
    ['a mixed run', mixed],
    ['what a hostile server sent', hostileResults()],
    ['a run without a case', sampleResults([])],
  ])('is valid for %s', (_name, results) => {
    const valid = createAjv().compile(harSchema);
    valid(JSON.parse(harJson(results, 'all')));
    expect(valid.errors).toBeNull();
  });

  it('holds the exchanges of failed cases, or all that there are', () => {
    const kept = sampleCase('org/getOrg/access/owner', { exchanges: failed.exchanges ?? [] });
    const results = sampleResults([failed, kept]);
    const count = (scope: 'failed' | 'all'): number =>
      (JSON.parse(harJson(results, scope)) as { log: { entries: unknown[] } }).log.entries.length;
    expect([count('failed'), count('all')]).toEqual([1, 2]);
  });
});

describe('badge.svg', () => {
  it('says the verdict and how much was judged, and nothing of the target', () => {
    const svg = badgeSvg(badgeOf(mixed));
    expect(svg).toContain('violations (2 of 4 judged)');
    expect(svg).toContain('#c62828');
    expect(svg).not.toContain('127.0.0.1');
  });
});

describe('summary.md', () => {
  it('starts with the verdict, then the failures with a worked example, then the grid', () => {
    const text = summaryMarkdown(mixed);
    expect(text).toMatch(/^## VIOLATIONS: Armature REST API v1\n/);
    expect(text).toContain('<summary>1. getOrg does not refuse a revoked key: 1 case</summary>');
    expect(text).toContain('| `getOrg` | · |');
    expect(text.indexOf('### Violations')).toBeLessThan(text.indexOf('### Operations and roles'));
  });

  it('fits the summary of a step, however much failed', () => {
    const many = Array.from({ length: 3000 }, (_unused, index) =>
      failedCase(`surface-${index % 7}/operation-${index % 400}/family-${index % 13}/what-${index}`),
    );
    expect(Buffer.byteLength(summaryMarkdown(sampleResults(many)))).toBeLessThan(1024 * 1024);
  });

  it('lets no text of a target become markup', () => {
    const outside = withoutCode(summaryMarkdown(hostileResults()));
    expect(outside).not.toMatch(/<(?!\/?(?:details|summary)>)/);
    // Markdown is not read within the line of a tag.
    const read = outside.replaceAll(/<summary>.*<\/summary>/g, '');
    expect(read).not.toMatch(/(?<!\\)@everyone|(?<!\\):\/\/|(?<!\\)\]\(/);
  });
});

/** Markdown less its code blocks. */
function withoutCode(markdown: string): string {
  return markdown.replaceAll(/^(`{3,})text\n[\s\S]*?\n\1$/gm, '').replaceAll(/(?<![\\`])(`+)[^`\n]+\1/g, '');
}

describe('annotations', () => {
  it('are an error a root cause and hold no command of the target', () => {
    const lines = annotations(hostileResults());
    expect(lines.length).toBeGreaterThan(1);
    for (const line of lines) {
      expect(line).toMatch(/^::(error|warning) title=[^:\n\r]*::[^\n\r]*$/);
    }
  });

  it('say nothing of a run without a finding', () => {
    expect(annotations(sampleResults([sampleCase('org/getOrg/access/viewer')]))).toEqual([]);
  });

  it('keep to what GitHub shows of a step', () => {
    const many = hostileTexts.map((_text, index) =>
      failedCase(`s/o${index}/f/w${index}`, { title: `t${index}` }),
    );
    expect(annotations(sampleResults(many)).length).toBeLessThanOrEqual(20);
  });
});
