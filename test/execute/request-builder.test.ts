import { describe, expect, it } from 'vitest';
import { toWire } from '../../src/execute/request-builder.ts';
import type { RequestPlan } from '../../src/plan/types.ts';

const options = {
  basePath: '/api',
  shown: { headers: {}, query: [] },
  requestId: 'r',
  userAgent: 'test',
};

const plan: RequestPlan = {
  operation: 'getThing',
  method: 'GET',
  path: '/things/{id}',
  pathValues: { id: '{{listed:thing}}' },
  query: [['of', '{{listed:thing}}']],
  headers: { 'x-thing': '{{listed:thing}}' },
  presented: { credential: 'viewer', form: 'bearer' },
};

async function wired(id: string): Promise<readonly [path: string, header: string | undefined]> {
  const { path, headers } = await toWire(plan, () => Promise.resolve(id), options);
  return [path, headers['x-thing']];
}

describe('an id of the target on the wire', () => {
  it.each([
    ['plain', 'wf_1', '/api/things/wf_1?of=wf_1', 'wf_1'],
    ['with a slash, a dot and a plus', 'a/.+', '/api/things/a%2F.%2B?of=a%2F.%2B', 'a/.+'],
    ['of letters that no header holds', 'δ', '/api/things/%CE%B4?of=%CE%B4', '%CE%B4'],
    ['with half a character', 'a\ud800', '/api/things/a%EF%BF%BD?of=a%EF%BF%BD', 'a%EF%BF%BD'],
  ])('%s', async (_what, id, path, header) => {
    expect(await wired(id)).toEqual([path, header]);
  });
});
