import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { failureExcerpt } from '../../src/docs/excerpt.ts';

const report = `grid

Violations: 1 case failed, 1 root cause

1. getOrg does not refuse a revoked key: 1 case

     │ GET http://127.0.0.1:40123/api/armature/v1/org
     │ x-request-id: 8f3a0d5e-1c2b-4d6f-9a7e-0b1c2d3e4f50
     │ authorization: Bearer amt_Zx81_***
   response after 17 ms
     │ date: Mon, 23 Nov 2026 11:39:30 GMT
   request id   8f3a0d5e-1c2b-4d6f-9a7e-0b1c2d3e4f50, the target calls it 77

VIOLATIONS  the verdict
`;

describe('failureExcerpt', () => {
  it('keeps the violations, less what differs from run to run', () => {
    const excerpt = failureExcerpt(report);
    expect(excerpt).toMatch(/^```text\nViolations: 1 case failed/);
    expect(excerpt).not.toMatch(/40123|8f3a|Zx81|17 ms|2026 11|calls it 77|VIOLATIONS/);
  });

  it('refuses a report without violations', () => {
    expect(() => failureExcerpt('CONFORMANT\n')).toThrow('no violations');
  });
});

describe('the excerpt in README.md', () => {
  it('is what a run tells today', async () => {
    const check = promisify(execFile)(process.execPath, ['scripts/docs.js', '--check']);
    await expect(check).resolves.toMatchObject({ stderr: '' });
  }, 60_000);
});
