import { expect, it } from 'vitest';
import { findingDifferences } from '../../src/diff/answers.ts';
import type { CaseResult, Finding } from '../../src/results/types.ts';

function judged(findings: readonly Finding[]): CaseResult {
  return {
    id: 'org/getOrg/access/viewer',
    title: 'getOrg: viewer is allowed',
    family: 'access',
    surface: 'org',
    operation: 'getOrg',
    credential: 'viewer',
    level: 'must',
    status: 'passed',
    reference: '#',
    facts: ['timely'],
    findings,
    durationMs: 1,
  };
}

const found = (code: Finding['code']): Finding => ({
  code,
  level: 'should',
  fact: 'timely',
  message: 'seen',
  reference: '#',
});

it('takes no slow moment for a difference of two deployments', () => {
  expect(findingDifferences([[judged([]), judged([found('slow')])]])).toEqual([]);
  expect(findingDifferences([[judged([]), judged([found('slow'), found('header')])]])).toMatchObject([
    { a: 'nothing found', b: 'header (should)' },
  ]);
});
