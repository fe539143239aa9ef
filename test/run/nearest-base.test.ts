import { describe, expect, it } from 'vitest';
import { nearbyPaths } from '../../src/run/preflight/nearest-base.ts';

const base = '/api/armature/v1';

describe('nearbyPaths', () => {
  it.each([
    ['a part of the base path was given', `/api${base}`, [base, '/api', '']],
    ['more of it was given', `/api/armature${base}`, [base, `/api${base}`, '/api/armature', '/api', '']],
    ['nothing but the host was given', base, ['']],
    ['a folder too many', `/staging${base}`, [base, '/staging', '']],
    ['a proxy before a part of it', `/proxy/api${base}`, [`/proxy${base}`, base, '/proxy/api', '/proxy', '']],
    ['the base path twice', `${base}${base}`, [base, `/api/armature${base}`, `/api${base}`, '/api/armature']],
  ])('offers, where %s, the likeliest first and never what was tried', (_what, tried, expected) => {
    const paths = nearbyPaths(tried, base);
    expect(paths.filter((path) => expected.includes(path))).toEqual(expected);
    expect(paths).not.toContain(tried);
    expect(paths.length).toBeLessThanOrEqual(6);
  });

  it('offers what is above, where the contract has no base path', () => {
    expect(nearbyPaths('/a/b', '')).toEqual(['/a', '']);
  });
});
