import { expect, it } from 'vitest';
import { cellsOf } from '../../src/results/cells.ts';
import { bearerOf, initOf, keyOf, runOf, serve } from './run-document.ts';

const json = (schema: object): object => ({ 'application/json': { schema } });
const refusals = Object.fromEntries(['400', '401', '403'].map((status) => [status, { description: status }]));
const writes = (more: object): object => ({
  responses: {
    200: { description: 'done', content: json({ type: 'object' }) },
    ...refusals,
  },
  ...more,
});
const document = {
  openapi: '3.0.3',
  info: { title: 'Actions', version: '1' },
  components: { securitySchemes: { key: { type: 'http', scheme: 'bearer' } } },
  security: [{ key: [] }],
  paths: {
    '/me': { get: writes({ operationId: 'me' }) },
    '/transfer': {
      post: writes({
        operationId: 'transfer',
        requestBody: {
          required: true,
          content: json({
            type: 'object',
            required: ['to'],
            properties: { to: { type: 'string' } },
          }),
        },
      }),
    },
    '/cache': { delete: writes({ operationId: 'clearCache' }) },
  },
};

it('sends what names nothing only with a body that nothing can come of, and tells the rest', async () => {
  const made = await initOf({ 'openapi.json': JSON.stringify(document) });
  const served = await serve(({ method, headers, body }) => {
    const key = /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
    if (key !== keyOf('viewer') && key !== keyOf('admin')) return { status: 401, body: {} };
    if (method !== 'GET' && key === keyOf('viewer')) return { status: 403, body: {} };
    return { status: method === 'POST' && !/^\{"to":"[^"]*"\}$/.test(body) ? 400 : 200, body: {} };
  });
  let asked = 0;
  for (const profile of ['guarded', 'full'] as const) {
    const results = await runOf({
      made,
      baseUrl: served.baseUrl,
      profile,
      decide: (role, method) => (role === 'admin' || method === 'GET' ? 'allowed' : 'denied'),
    });
    if (profile === 'guarded') asked = served.asked.length;
    const standing = Object.fromEntries(
      cellsOf(results).map(({ operation, role, standing: is }) => [`${operation}/${role}`, is]),
    );
    expect(standing).toMatchObject({ 'transfer/viewer': 'proven', 'clearCache/viewer': 'not-tried' });
    expect(
      results.cases.flatMap(({ id, status, reason }) =>
        status === 'inconclusive' || status === 'failed' ? [[id, reason]] : [],
      ),
    ).toEqual([]);
    expect(results.exitCode).toBe(0);
    const [untold] = results.cases.filter(({ id }) => id.endsWith('clearCache/denied/viewer'));
    expect(untold?.reason).toContain('names nothing that this run made');
  }
  const written = served.asked.filter(({ method, path }) => method !== 'GET' && path !== '/me');
  expect(written.filter(({ method, path }) => method === 'DELETE' && path === '/cache')).toEqual([]);
  const guarded = served.asked.slice(0, asked);
  const byKey = guarded.filter((one) => one.path === '/transfer' && bearerOf(one) === keyOf('viewer'));
  expect(new Set(byKey.filter(({ method }) => method === 'POST').map(({ body }) => body))).toEqual(
    new Set(['{"']),
  );
});
