import { describe, expect, it } from 'vitest';
import { badForms } from '../../src/plan/credential-forms.ts';
import { keyInUrlOf, keysInUrls } from '../../src/plan/keys-in-urls.ts';
import { planCases } from '../../src/plan/plan.ts';
import { everything, selectCases } from '../../src/plan/select.ts';
import { contract } from '../safety/small-run.ts';

const cases = planCases(contract, { seed: 1, profile: 'full' });
const keys = Object.keys(contract.credentials);

describe('a valid key in a URL', () => {
  it('is never another one than that of the least role', () => {
    const counts = keysInUrls(cases);
    expect(Object.keys(counts)).toEqual(['viewer']);
    expect(counts['viewer']).toBe(
      badForms.filter(({ inUrl }) => inUrl).length *
        // Two kinds of requests over MCP.
        (contract.operations.filter(({ keyless }) => !keyless).length + 2),
    );
  });

  it('is left out with all its cases, and with nothing else, where that is asked for', () => {
    const scope = { ...everything, profile: 'full' as const, keys, without: ['key-in-url'] as const };
    const { selected, skipped } = selectCases(cases, scope, contract);
    expect(keysInUrls(selected)).toEqual({});
    expect(skipped.every(({ case: one }) => keyInUrlOf(one) === 'viewer')).toBe(true);
    expect(skipped.length).toBe(keysInUrls(cases)['viewer']);
  });

  it('is not shown where the key of the least role is not given', () => {
    const scope = { ...everything, profile: 'full' as const, keys: ['owner'] };
    expect(keysInUrls(selectCases(cases, scope, contract).selected)).toEqual({});
  });
});
