import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { createProgress } from '../../src/report/terminal/progress.ts';
import { reportText, type ReportView } from '../../src/report/terminal/report-text.ts';
import { wrap } from '../../src/report/terminal/wrap.ts';
import { failedCase, sampleCase, sampleFinding, sampleResults } from './sample.ts';

const plain: ReportView = { colors: false, width: 100, volume: 'normal' };

const passed = sampleCase('org/getOrg/access/viewer');
const failed = failedCase('org/getOrg/authentication/revoked', { title: 'getOrg: a revoked key is refused' });
const advised = sampleCase('org/getOrg/access/editor', {
  findings: [{ ...sampleFinding, level: 'should', code: 'header' }],
});
const skipped = sampleCase('runs/getRun/access/viewer', {
  status: 'skipped',
  reason: 'the profile read does not send it; full does',
  remedy: '--profile full',
});
const unjudged = sampleCase('runs/getRun/access/editor', {
  status: 'inconclusive',
  reason: 'the target lists no run',
  remedy: 'dispatch one',
});

describe('reportText', () => {
  it('ends with the verdict, the counts, the run and the exit code', () => {
    const text = reportText(sampleResults([passed, skipped]), plain);
    expect(text.trimEnd().split('\n').slice(-3)).toEqual([
      'CONFORMANT  http://127.0.0.1:4010/api/armature/v1: 1 passed, 0 failed, 0 not judged, 1 not sent, 0',
      '  advisories; profile full, seed 1, 2 requests in 1.2 s.',
      '  Exit code 0: conformant; advisories are allowed.',
    ]);
  });

  it('says what was left out and could not be judged, by reason, with the remedy', () => {
    const text = reportText(
      sampleResults([passed, skipped, { ...skipped, id: 'runs/x/access/viewer' }, unjudged]),
      plain,
    );
    expect(text).toContain(
      '· 2 cases: the profile read does not send it; full does; to change that: --profile full',
    );
    expect(text).toContain('? 1 case: the target lists no run; to change that: dispatch one');
    expect(text).toContain('    runs/getRun/access/editor');
    expect(text).toContain('INCONCLUSIVE');
    expect(text).toContain('Exit code 4');
  });

  it('groups violations by root cause with a worked example', () => {
    const others = ['a', 'b', 'c', 'd', 'e', 'f', 'g'].map((name) =>
      failedCase(`runs/${name}/authentication/revoked`, { title: `${name}: a revoked key is refused` }),
    );
    const text = reportText(sampleResults([passed, failed, ...others]), plain);
    expect(text).toContain('1. no operation refuses a revoked key: 8 cases');
    expect(text).toContain('   case         org/getOrg/authentication/revoked');
    expect(text).toContain('and 2 more');
    expect(reportText(sampleResults([failed, ...others]), { ...plain, volume: 'verbose' })).not.toContain(
      'more (all',
    );
  });

  it('tells advisories in a line each', () => {
    expect(reportText(sampleResults([passed, advised]), plain)).toContain(
      '! getOrg breaks "A revoked key is answered with 401 unauthenticated from the next request on": 1\n',
    );
  });

  it('is quiet: failures and verdict alone', () => {
    const results = sampleResults([passed, failed, advised, skipped, unjudged]);
    const text = reportText(results, { ...plain, volume: 'quiet' });
    expect(text).toContain('1. getOrg does not refuse a revoked key: 1 case');
    expect(text).not.toContain('Not sent');
    expect(text).not.toContain('Advisories');
    expect(reportText(sampleResults([passed]), { ...plain, volume: 'quiet' })).toMatch(/^CONFORMANT/);
  });

  it('never tells a fault of the suite as one of the target', () => {
    const text = reportText(
      sampleResults([passed], { suiteFaults: [{ caseId: passed.id, message: 'boom' }] }),
      plain,
    );
    expect(text).toContain(
      'The suite itself failed, which says nothing about the target\n  org/getOrg/access/viewer: boom',
    );
    expect(text).toContain('SUITE FAILED');
    expect(text).toContain('Exit code 5');
  });

  it('names what stays on the target', () => {
    const leftovers = [
      { resource: 'mcp-server', id: 'mcp_1', name: 'conformance', reason: 'nothing deletes it' },
    ];
    expect(reportText(sampleResults([passed], { leftovers }), plain)).toContain(
      '  1 time mcp-server: nothing deletes it\n    mcp_1 "conformance"',
    );
  });

  it('has escapes only where colours are wanted', () => {
    const results = sampleResults([passed, failed, advised, skipped, unjudged]);
    expect(reportText(results, plain)).not.toContain('\u001b');
    expect(reportText(results, { ...plain, colors: true })).toContain('\u001b[');
  });
});

function shown(volume: ReportView['volume'], live: boolean): string {
  const stream = new PassThrough();
  const progress = createProgress({ stream, live, colors: false, volume });
  progress.start(20);
  for (let index = 0; index < 20; index += 1) progress.done(index === 3 ? failed : passed, index * 2);
  progress.clear();
  return String(stream.read() ?? '');
}

describe('createProgress', () => {
  it('is ten plain lines without a terminal', () => {
    const lines = shown('normal', false).trimEnd().split('\n');
    expect(lines).toHaveLength(10);
    expect(lines.at(-1)).toBe('20 of 20 cases, 38 requests, 1 failed');
  });

  it('is a line a case where verbose, and nothing where quiet', () => {
    expect(shown('verbose', true)).toContain('✗ org/getOrg/authentication/revoked (1 ms)\n');
    expect(shown('quiet', true)).toBe('');
  });
});

describe('wrap', () => {
  it('breaks at spaces, continues under the indent, and keeps long words whole', () => {
    expect(wrap('one two three averylongwordindeed x', 9, '  ')).toBe(
      'one two\n  three\n  averylongwordindeed\n  x',
    );
  });
});
