import { describe, expect, it } from 'vitest';
import { failureContext, failureLines, type FailureContext } from '../../src/report/failure.ts';
import { failureText } from '../../src/report/terminal/failure-text.ts';
import { createStyle } from '../../src/report/terminal/style.ts';
import type { CaseResult, Exchange } from '../../src/results/types.ts';
import { failedCase, sampleExchange, sampleFinding, sampleResults } from './sample.ts';

const context: FailureContext = failureContext(sampleResults([]));

function textOf(result: CaseResult, given: FailureContext = context): string {
  return failureText(failureLines(result, given), createStyle(false)).join('\n');
}

function answering(body: string, bodyBytes = Buffer.byteLength(body)): Exchange {
  return {
    ...sampleExchange,
    outcome: { kind: 'answered', status: 200, headers: [['x-hostile', '\u001b[2Jgone']], body, bodyBytes },
  };
}

const failed = failedCase('org/getOrg/authentication/revoked', { title: 'getOrg: a revoked key is refused' });

describe('a failure', () => {
  it('tells all', () => {
    expect(textOf(failed)).toBe(`getOrg: a revoked key is refused
case         org/getOrg/authentication/revoked
level        must, family authentication
credential   revoked (a key that has been revoked)
✗ violation  status: A revoked key is answered with 401 unauthenticated from the next request on.
expected     401 unauthenticated
received     200
contract     Armature API documentation, page "API keys"
matrix       matrix.yaml:330:3
request
  │ GET http://127.0.0.1:4010/api/armature/v1/org
  │ accept: application/json
  │ authorization: Bearer amt_k7_***
  │ user-agent: armature-conformance/0.1.0
response after 3 ms
  │ 200
  │ content-type: application/json
  │
  │ {"organization":{"id":"org_1"}}
request id   8f3a0d5e-1c2b-4d6f-9a7e-0b1c2d3e4f50, the target calls it srv-9
curl
  curl -sS -i http://127.0.0.1:4010/api/armature/v1/org -H 'accept: application/json' -H "authorization: Bearer \${ARMATURE_KEY_REVOKED}"
run again
  npx armature-conformance run --base-url http://127.0.0.1:4010/api/armature/v1 --profile full --seed 1 --filter org/getOrg/authentication/revoked`);
  });

  it('tells every finding, with pointer, rule and steadiness', () => {
    const text = textOf({
      ...failed,
      findings: [
        sampleFinding,
        {
          level: 'should',
          code: 'schema',
          message: 'must be string',
          pointer: '/organization/id',
          schema: 'org.response.schema.json#/properties/organization',
          reference: 'RFC 9110',
          steadiness: 'flaky (1 of 2)',
        },
      ],
    });
    expect(text).toContain('! advisory   schema: must be string');
    expect(text).toContain('in the body  /organization/id');
    expect(text).toContain('schema       specs/org.response.schema.json#/properties/organization');
    expect(text).toContain('repeated     flaky (1 of 2)');
    expect(text).toContain('contract     RFC 9110');
  });

  it('cuts a long body and says how much of it is shown', () => {
    const text = textOf({ ...failed, exchanges: [answering('x'.repeat(4000), 9000)] });
    expect(text).toContain('… (1200 of 9000 bytes)');
  });

  it('does not take a masked body for a cut one', () => {
    expect(textOf({ ...failed, exchanges: [answering('{"key":"amt_k7_***"}', 60)] })).not.toContain(
      'of 60 bytes',
    );
  });

  it('shows no control character of the target', () => {
    const text = textOf({ ...failed, exchanges: [answering('a\u001b]0;title\u0007b\r\nc\u202ed')] });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(text).toContain(String.raw`a\u001b]0;title\u0007b\r`);
  });

  it('tells a request that was not answered', () => {
    const outcome = { kind: 'unanswered', fault: 'timeout', message: 'no answer within 10000 ms' } as const;
    expect(textOf({ ...failed, exchanges: [{ ...sampleExchange, outcome }] })).toContain(
      '│ no answer (timeout): no answer within 10000 ms',
    );
  });

  it('does without facts of the credential and without exchanges', () => {
    const { exchanges: _exchanges, ...bare } = failed;
    const text = textOf(bare, { ...context, credentials: new Map() });
    expect(text).toContain('credential   revoked\n');
    expect(text).not.toContain('curl');
    expect(text).toContain('run again');
  });

  it('reruns against the embedded mock without an address that is gone', () => {
    const run = sampleResults([], { target: { baseUrl: 'http://127.0.0.1:9/api', name: 'embedded mock' } });
    expect(textOf(failed, failureContext(run))).toContain(
      'npx armature-conformance run --target mock --profile full --seed 1 --filter org/getOrg/authentication/revoked',
    );
  });

  it('reruns against a named target by its name, which brings its keys along', () => {
    const run = sampleResults([], { target: { baseUrl: 'https://staging.example.com', name: 'staging' } });
    expect(textOf(failed, failureContext(run))).toContain(
      'npx armature-conformance run --target staging --profile full --seed 1 --filter',
    );
  });
});
