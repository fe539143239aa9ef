import type { Exchange, Reply } from '../exchange.ts';
import type { Hooks, Seeded } from '../hooks.ts';
import { isObj, type Obj } from '../model.ts';
import { defect, nested, records, without } from './build.ts';
import { facts } from './facts.ts';

function method(
  id: string,
  where: string,
  fits: (x: Exchange) => boolean,
  answer: (x: Exchange) => Reply,
): Seeded {
  return defect(id, facts.methods, where, {
    reply: (x, reply) => (x.operation === undefined && x.allowed.length > 0 && fits(x) ? answer(x) : reply),
  });
}

const on = (verb: string, path: RegExp) => (x: Exchange) => x.method === verb && path.test(x.path);

const crash = (): Reply => ({
  status: 500,
  body: { error: { code: 'internal', message: 'handler is not a function' } },
});

const document = (id: string, where: string, change: (body: Obj) => unknown): Seeded =>
  defect(id, facts.document, `GET /openapi: ${where}`, records('openapi', change));

function eachOperation(paths: unknown, change: (operation: Obj) => unknown): Obj {
  const all = isObj(paths) ? Object.entries(paths) : [];
  return Object.fromEntries(
    all.map(([path, item]) => [
      path,
      Object.fromEntries(
        Object.entries(isObj(item) ? item : {}).map(([verb, each]) => [
          verb,
          isObj(each) ? change(each) : each,
        ]),
      ),
    ]),
  );
}

function withoutPath(body: Obj, end: string): Obj {
  const name =
    Object.keys(isObj(body['paths']) ? body['paths'] : {}).find((path) => path.endsWith(end)) ?? '';
  return nested(body, 'paths', (paths) => without(paths, name));
}

function withoutVerb(body: Obj, end: string, verb: string): Obj {
  const name =
    Object.keys(isObj(body['paths']) ? body['paths'] : {}).find((path) => path.endsWith(end)) ?? '';
  return nested(body, 'paths', (paths) => nested(paths, name, (item) => without(item, verb)));
}

function yaml(): Hooks {
  const bytes = Buffer.from('openapi: 3.0.3\ninfo:\n  title: Armature REST API\n  version: "1"\npaths: {}\n');
  return {
    reply: (x, reply) =>
      x.operation?.name === 'openapi'
        ? { status: 200, headers: { 'Content-Type': 'application/yaml' }, bytes }
        : reply,
  };
}

export const surfaceDefects: readonly Seeded[] = [
  method('put-workflow', 'PUT /workflows/{id}: 200', on('PUT', /^\/workflows\/[^/]+$/), (x) => ({
    status: 200,
    body: { id: x.id, currentVersion: 2, schedule: null },
  })),
  method('delete-source', 'DELETE /mcp-servers/{id}: 200', on('DELETE', /^\/mcp-servers\/[^/]+$/), () => ({
    status: 200,
    body: { ok: true },
  })),
  method('patch-source', 'PATCH /mcp-servers/{id}: 200', on('PATCH', /^\/mcp-servers\/[^/]+$/), (x) => ({
    status: 200,
    body: { id: x.id },
  })),
  method('post-runs', 'POST /runs: 500', on('POST', /^\/runs$/), crash),
  method('delete-run', 'DELETE /runs/{id}: 204', on('DELETE', /^\/runs\/[^/]+$/), () => ({ status: 204 })),
  method('delete-org', 'DELETE /org: 501', on('DELETE', /^\/org$/), () => ({
    status: 501,
    body: { error: { code: 'not_implemented', message: 'Not implemented.' } },
  })),
  method('patch-org', 'PATCH /org: 200', on('PATCH', /^\/org$/), () => ({ status: 200, body: { ok: true } })),
  method('post-overview', 'POST /insights/overview: 200', on('POST', /^\/insights\/overview$/), () => ({
    status: 200,
    body: { kpis: {} },
  })),
  method(
    'delete-topic',
    'DELETE /insights/topics/{id}: 200',
    on('DELETE', /^\/insights\/topics\/[^/]+$/),
    () => ({ status: 200, body: { ok: true } }),
  ),
  method('put-topic', 'PUT /insights/topics/{id}: 500', on('PUT', /^\/insights\/topics\/[^/]+$/), crash),
  method('post-document', 'POST /openapi: 200', on('POST', /^\/openapi$/), () => ({ status: 200, body: {} })),
  method('get-dispatch', 'GET /workflows/{id}/runs: 200', on('GET', /^\/workflows\/[^/]+\/runs$/), () => ({
    status: 200,
    body: { rows: [] },
  })),
  method('put-anything-502', 'PUT on a list: 502', on('PUT', /^\/(workflows|mcp-servers|runs)$/), () => ({
    status: 502,
  })),
  method(
    'post-sub-resource',
    'POST /runs/{id}/evaluation: 202',
    on('POST', /^\/runs\/[^/]+\/evaluation$/),
    () => ({ status: 202, body: { queued: true } }),
  ),
  method(
    'delete-trace',
    'DELETE /insights/sessions/{id}/trace: 500',
    on('DELETE', /^\/insights\/sessions\/[^/]+\/trace$/),
    crash,
  ),
  method(
    'post-search',
    'POST /insights/searches/{id}: 201',
    on('POST', /^\/insights\/searches\/[^/]+$/),
    () => ({ status: 201, body: {} }),
  ),
  method(
    'unknown-method-hangs',
    'PUT /runs/{id}/trace: no answer',
    on('PUT', /^\/runs\/[^/]+\/trace$/),
    () => ({ status: 200, silence: 'hang' }),
  ),
  document('document-no-scheme', 'no security scheme', (body) => without(body, 'components')),
  document('document-scheme-api-key', 'an apiKey scheme in place of bearerAuth', (body) => ({
    ...body,
    components: { securitySchemes: { apiKey: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } } },
  })),
  document('document-scheme-renamed', 'the scheme is called bearer', (body) => ({
    ...body,
    security: [{ bearer: [] }],
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
  })),
  document('document-security-missing', 'the scheme is defined but used nowhere', (body) => ({
    ...without(body, 'security'),
    paths: eachOperation(body['paths'], (each) => without(each, 'security')),
  })),
  document('document-security-off', 'one operation takes the scheme away', (body) =>
    nested(body, 'paths', (paths) =>
      Object.fromEntries(
        Object.entries(paths).map(([path, item]) => [
          path,
          path.endsWith('/evaluation') && isObj(item)
            ? nested(item, 'get', (each) => ({ ...each, security: [] }))
            : item,
        ]),
      ),
    ),
  ),
  document('document-31', 'openapi 3.1.0', (body) => ({ ...body, openapi: '3.1.0' })),
  document('document-swagger', 'swagger 2.0', (body) => ({ ...without(body, 'openapi'), swagger: '2.0' })),
  document('document-version-number', 'openapi a number', (body) => ({ ...body, openapi: 3 })),
  document('document-no-tool-calls', 'no path for tool calls', (body) => withoutPath(body, '/tool-calls')),
  document('document-no-org', 'no path for /org', (body) => withoutPath(body, '/org')),
  document('document-no-patch', 'no PATCH of workflows', (body) =>
    withoutVerb(body, '/workflows/{id}', 'patch'),
  ),
  document('document-no-post', 'no POST of sources', (body) => withoutVerb(body, '/mcp-servers', 'post')),
  document('document-no-topic-patch', 'no PATCH of topics', (body) =>
    withoutVerb(body, '/insights/topics/{id}', 'patch'),
  ),
  document('document-paths-empty', 'no paths at all', (body) => ({ ...body, paths: {} })),
  document('document-wrapped', 'the document within spec', (body) => ({ spec: body })),
  defect('document-yaml', facts.document + ' ' + facts.json, 'GET /openapi: YAML', yaml()),
  defect('document-500-with-key', facts.no5xx, 'GET /openapi with a key: 500', {
    early: (x) =>
      x.operation?.name === 'openapi' && x.headers.authorization !== undefined
        ? { status: 500, body: { error: { code: 'internal', message: 'x' } } }
        : undefined,
  }),
];
