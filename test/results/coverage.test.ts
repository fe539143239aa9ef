import { describe, expect, it } from 'vitest';
import { reportText } from '../../src/report/terminal/report-text.ts';
import { coverageOf } from '../../src/results/coverage.ts';
import { sampleCase, sampleOperations, sampleResults } from '../report/sample.ts';

const cases = [
  sampleCase('org/getOrg/access/viewer'),
  sampleCase('org/getOrg/access/viewer/again', { credential: 'viewer', status: 'skipped', reason: 'no key' }),
  sampleCase('org/getOrg/authentication/garbage'),
  sampleCase('org/getOrg/authentication/basic', { status: 'inconclusive', reason: 'no control' }),
];

describe('coverage', () => {
  it('counts what was judged by operation, credential and family, and says why the rest was not', () => {
    expect(coverageOf(cases, []).cells).toEqual([
      {
        operation: 'getOrg',
        credential: 'viewer',
        family: 'access',
        judged: 1,
        skipped: 1,
        inconclusive: 0,
        reasons: ['no key'],
      },
      {
        operation: 'getOrg',
        credential: 'bad key',
        family: 'authentication',
        judged: 1,
        skipped: 0,
        inconclusive: 1,
        reasons: ['no control'],
      },
    ]);
  });

  it('names the documented answers that never came', () => {
    expect(coverageOf(cases, sampleOperations).unseen).toEqual([
      { operation: 'getOrg', status: 401, code: 'unauthenticated' },
    ]);
  });

  it('is told in the terminal', () => {
    const text = reportText(sampleResults(cases), { colors: false, width: 100, volume: 'normal' });
    expect(text).toContain('Covered: 2 of 2 combinations of operation, credential and family');
    expect(text).toContain('Documented answers that no request got: getOrg 401 unauthenticated');
  });
});
