/** Results to report on, as small as a test needs them. */
import type {
  CaseResult,
  CredentialFacts,
  Exchange,
  Finding,
  ObservedOperation,
  Results,
} from '../../src/results/types.ts';
import { coverageOf } from '../../src/results/coverage.ts';
import { judge, type Unjudged } from '../../src/results/judge.ts';

export const sampleFinding: Finding = {
  level: 'must',
  code: 'status',
  message: 'A revoked key is answered with 401 unauthenticated from the next request on.',
  expected: '401 unauthenticated',
  actual: '200',
  reference: 'Armature API documentation, page "API keys"',
  fact: 'auth-revoked',
  exchange: 0,
};

export const sampleExchange: Exchange = {
  requestId: '8f3a0d5e-1c2b-4d6f-9a7e-0b1c2d3e4f50',
  number: 0,
  operation: 'getOrg',
  credential: 'revoked',
  form: 'bearer',
  startedAt: '2026-01-01T00:00:00.000Z',
  durationMs: 3.2,
  request: {
    method: 'GET',
    url: 'http://127.0.0.1:4010/api/armature/v1/org',
    headers: [
      ['accept', 'application/json'],
      ['authorization', 'Bearer amt_k7_***'],
      ['user-agent', 'armature-conformance/0.1.0'],
    ],
    bodyBytes: 0,
  },
  outcome: {
    kind: 'answered',
    status: 200,
    headers: [['content-type', 'application/json']],
    body: '{"organization":{"id":"org_1"}}',
    bodyBytes: 31,
    targetRequestId: 'srv-9',
  },
};

export const sampleCredentials: readonly CredentialFacts[] = [
  ...['viewer', 'editor', 'admin', 'owner'].map((role) => ({
    id: role,
    about: `a key of the role ${role}`,
    env: `ARMATURE_KEY_${role.toUpperCase()}`,
    role,
  })),
  { id: 'revoked', about: 'a key that has been revoked', env: 'ARMATURE_KEY_REVOKED' },
];

export const sampleOperations: readonly ObservedOperation[] = [
  {
    operation: 'getOrg',
    surface: 'org',
    method: 'GET',
    path: '/org',
    keyless: false,
    roles: { viewer: 'allowed', editor: 'allowed', admin: 'allowed', owner: 'allowed' },
    documented: [{ status: 200 }, { status: 401, code: 'unauthenticated' }],
    position: { file: 'matrix.yaml', line: 330, column: 3 },
    answers: [{ credential: 'viewer', form: 'bearer', status: 200, access: 'allowed', count: 3 }],
  },
];

/** A case of the id, passed unless told otherwise. */
export function sampleCase(id: string, more: Partial<CaseResult> = {}): CaseResult {
  const [surface = '', operation = '', family = '', what = ''] = id.split('/');
  return {
    id,
    title: `${operation}: ${what}`,
    family,
    surface,
    operation,
    credential: what,
    level: 'must',
    status: 'passed',
    reference: 'Armature API documentation',
    facts: [],
    findings: [],
    durationMs: 1,
    ...more,
  };
}

/** A failed case of the id. */
export function failedCase(id: string, more: Partial<CaseResult> = {}): CaseResult {
  return sampleCase(id, {
    status: 'failed',
    findings: [sampleFinding],
    exchanges: [sampleExchange],
    ...more,
  });
}

/** A passed case about the cell of its operation and the role that ends its id: proven, or not because of the words. */
export function cellCase(id: string, because?: string, more: Partial<CaseResult> = {}): CaseResult {
  const [, operation = '', family = '', role = ''] = id.split('/');
  const decision = family === 'denied' ? 'denied' : 'allowed';
  return sampleCase(id, {
    credential: role,
    facts: [`${operation}/roles`],
    cell:
      because === undefined
        ? { role, decision, standing: 'proven' }
        : { role, decision, standing: 'not-proven', because },
    ...more,
  });
}

/** A write that the viewer may not do, beside `sampleOperations`. */
export const sampleWrite: ObservedOperation = {
  operation: 'createWorkflow',
  surface: 'workflows',
  method: 'POST',
  path: '/workflows',
  keyless: false,
  roles: { viewer: 'denied', editor: 'allowed', admin: 'allowed', owner: 'allowed' },
  documented: [{ status: 201 }],
  position: { file: 'matrix.yaml', line: 400, column: 3 },
  answers: [],
};

/** The results of a run that held the cases, and claims levels of conformance. */
export function sampleResults(
  cases: readonly CaseResult[],
  more: Partial<Omit<Results, 'levels'>> = {},
  claims: readonly string[] = [],
): Results {
  const unjudged: Unjudged = {
    schemaVersion: 1,
    tool: { name: 'armature-conformance', version: '0.1.0', digest: 'c'.repeat(64) },
    contract: {
      title: 'Armature REST API',
      version: 'v1',
      digest: 'a'.repeat(64),
      files: { 'matrix.yaml': 'b'.repeat(64) },
    },
    target: { baseUrl: 'http://127.0.0.1:4010/api/armature/v1' },
    profile: 'full',
    strict: false,
    allowInconclusive: false,
    seed: 1,
    runId: 'r1',
    planDigest: 'b'.repeat(64),
    startedAt: '2026-01-01T00:00:00.000Z',
    durationMs: 1234,
    requests: cases.length,
    levels: ['read', 'write'].map((level) => ({
      level,
      about: `to ${level}`,
      claimed: claims.includes(level),
      planned: cases.filter(({ countsFor = [] }) => countsFor.includes(level)).length,
    })),
    cases,
    operations: sampleOperations,
    credentials: sampleCredentials,
    coverage: coverageOf(cases, more.operations ?? sampleOperations),
    timings: [{ operation: 'getOrg', requests: 3, p50Ms: 1, p95Ms: 2, p99Ms: 2, maxMs: 2 }],
    leftovers: [],
    suiteFaults: [],
    ...more,
  };
  return { ...judge(unjudged, { interrupted: false, unreachable: false }, []), ...more };
}
