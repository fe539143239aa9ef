/** Outcomes of trials, as small as a test needs them. */
import type { Defect, DefectOutcome, DialectOutcome, FalseAlarm, RedCase } from '../../src/selftest/types.ts';

const spent = { cases: 1, requests: 1, durationMs: 1, faults: [] } as const;

export const sampleDefect: Defect = {
  id: 'revoked-counts',
  fact: 'auth-revoked',
  where: '*',
  description: 'A revoked key counts.',
  level: 'must',
};

export const sampleRed: RedCase = {
  id: 'org/getOrg/authentication/revoked',
  family: 'authentication',
  operation: 'getOrg',
  credential: 'revoked',
  codes: ['status'],
  proves: true,
};

/** A defect that a full run catches on the plain point. */
export function sampleOutcome(more: Partial<DefectOutcome> = {}): DefectOutcome {
  return {
    defect: sampleDefect,
    dialect: 'plain',
    profile: 'full',
    fate: 'caught',
    exitCode: 1,
    red: [sampleRed],
    ...spent,
    ...more,
  };
}

export const sampleAlarm: FalseAlarm = {
  dialect: 'plain',
  profile: 'full',
  case: 'a/b/c/d',
  kind: 'failed',
  told: ['status: it is 200.'],
};

/** A conformant deployment that is left in peace. */
export function sampleDialect(more: Partial<DialectOutcome> = {}): DialectOutcome {
  return {
    dialect: 'plain',
    profile: 'full',
    exitCode: 0,
    falseAlarms: [],
    open: [],
    ...spent,
    ...more,
  };
}
