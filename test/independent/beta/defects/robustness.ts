import { count, reply, type Call } from '../call.ts';
import { isObject, recordIn, type JsonObject } from '../json.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

const oops = (status = 500): ReturnType<typeof reply> =>
  reply(status, { error: { code: 'internal', message: 'Something broke.' } });

function fails(id: string, where: string, when: (call: Call) => boolean, status = 500): Seed {
  return plant(id, facts.no5xx, where, { instead: (call) => (when(call) ? oops(status) : undefined) });
}

function openapi(id: string, where: string, change: (document: JsonObject) => void): Seed {
  return plant(id, facts.openapi, where, {
    reply: (call, { body, status }) => {
      if (on(call, 'openapi') && status === 200 && isObject(body)) change(body);
    },
  });
}

function paths(document: JsonObject): JsonObject {
  const found = document['paths'];
  return isObject(found) ? found : {};
}

function schemes(document: JsonObject): JsonObject {
  const { components } = document;
  const found = isObject(components) ? components['securitySchemes'] : undefined;
  return isObject(found) ? found : {};
}

/** Defects of `/openapi`, of 5xx, and of requests that go unanswered. */
export const robustnessSeeds: readonly Seed[] = [
  plant('openapi-needs-key', facts.openapi, 'without a key: 401', {
    early: (call) =>
      on(call, 'openapi') && call.headers.authorization === undefined ? oops(401) : undefined,
  }),
  plant('openapi-bad-key', facts.openapi, 'with a bad key: 401', {
    early: (call) =>
      on(call, 'openapi') &&
      call.headers.authorization !== undefined &&
      !Object.values(call.world.tokens).some((token) => call.headers.authorization === `Bearer ${token}`)
        ? oops(401)
        : undefined,
  }),
  plant('openapi-revoked-key', facts.openapi, 'with a revoked key: 403', {
    early: (call) =>
      on(call, 'openapi') && call.headers.authorization === `Bearer ${call.world.tokens.revoked}`
        ? oops(403)
        : undefined,
  }),
  openapi('openapi-31', 'version 3.1.0', (document) => {
    document['openapi'] = '3.1.0';
  }),
  openapi('openapi-operation-absent', 'PATCH /insights/topics/{id} is not covered', (document) => {
    const item = paths(document)['/insights/topics/{id}'];
    if (isObject(item)) delete item['patch'];
  }),
  openapi('openapi-path-absent', '/runs/{id}/evaluation is not covered', (document) => {
    delete paths(document)['/runs/{id}/evaluation'];
  }),
  openapi('openapi-put-for-patch', 'PATCH /workflows/{id} is documented as PUT', (document) => {
    const item = paths(document)['/workflows/{id}'];
    if (!isObject(item) || item['patch'] === undefined) return;
    item['put'] = item['patch'];
    delete item['patch'];
  }),
  openapi('openapi-no-scheme', 'no `bearerAuth`', (document) => {
    delete document['components'];
  }),
  openapi('openapi-scheme-name', 'the scheme is called `ApiKey`', (document) => {
    const found = schemes(document);
    found['ApiKey'] = found['bearerAuth'] ?? {};
    delete found['bearerAuth'];
    document['security'] = [{ ApiKey: [] }];
  }),
  openapi('openapi-scheme-basic', '`bearerAuth` is HTTP basic', (document) => {
    schemes(document)['bearerAuth'] = { type: 'http', scheme: 'basic' };
  }),
  openapi('openapi-not-required', 'no operation asks for `bearerAuth`', (document) => {
    delete document['security'];
  }),
  openapi('openapi-no-info', 'no `info`: not an OpenAPI document', (document) => {
    delete document['info'];
  }),
  plant('openapi-text', facts.openapi, 'the document is JSON in a text', {
    reply: (call, { body, status }) =>
      on(call, 'openapi') && status === 200 ? reply(200, JSON.stringify(body)) : undefined,
  }),
  plant('openapi-yaml', facts.json, 'the document is YAML', {
    wire: (call, bytes) =>
      on(call, 'openapi') ? Buffer.from('openapi: 3.0.3\ninfo:\n  title: Armature\npaths: {}\n') : bytes,
  }),
  fails('busy-at-times', 'every 17th request: 503', (call) => call.number % 17 === 0, 503),
  fails('busy-in-parallel', 'one of eight reads within 20 ms: 500', (call) => {
    const before = call.memory.get('burst');
    const recent = (Array.isArray(before) ? before : []).filter(
      (at) => typeof at === 'number' && call.now - at < 20,
    );
    recent.push(call.now);
    call.memory.set('burst', recent);
    return recent.length % 8 === 0;
  }),
  fails(
    'odd-id-500',
    'an id with a percent sign, a quote or a space: 500',
    (call) => call.oddPath || /[%'"\s]/.test(call.id),
  ),
  fails('long-id-500', 'an id above 200 characters: 500', (call) => call.id.length > 200),
  fails(
    'id-form-500',
    'an id of another form than usual: 500 on run parts',
    (call) => on(call, 'runs.trace', 'runs.evaluation', 'runs.toolCalls') && !call.world.hasIdForm(call.id),
  ),
  fails(
    'pending-evaluation-500',
    'the evaluation of a run that waits: 500',
    (call) =>
      on(call, 'runs.evaluation') &&
      call.org.runs.some(({ id, startsAfter }) => id === call.id && startsAfter === Infinity),
  ),
  fails(
    'manual-workflow-500',
    'a workflow without a schedule: 500',
    (call) =>
      on(call, 'workflows.get') &&
      call.org.workflows.some(({ id, fields }) => id === call.id && (fields['schedule'] ?? null) === null),
  ),
  fails('non-ascii-query-500', 'a query with characters beyond ASCII: 500', (call) =>
    /[^\x20-\x7e]/.test([...call.query.values()].join('')),
  ),
  fails(
    'twice-given-500',
    'a query parameter given twice: 500',
    (call) => [...call.query.keys()].length !== new Set(call.query.keys()).size,
  ),
  fails(
    'second-archive-500',
    'a second archive: 500',
    (call) =>
      on(call, 'workflows.archive') &&
      call.org.workflows.some(({ id, archived }) => id === call.id && archived),
  ),
  fails(
    'archived-update-500',
    'what is asked of an archived workflow: 500',
    (call) =>
      on(call, 'workflows.update', 'workflows.dispatch', 'workflows.get') &&
      call.org.workflows.some(({ id, archived }) => id === call.id && archived),
  ),
  fails('prototype-key-500', 'an idempotencyKey such as `constructor` or `__proto__`: 500', (call) => {
    const key = call.body['idempotencyKey'];
    return on(call, 'workflows.dispatch') && typeof key === 'string' && key in {};
  }),
  plant('bearer-form-500', facts.no5xx, 'a credential that does not begin with `amt_`: 500', {
    early: (call) => {
      const header = call.headers.authorization;
      return header !== undefined && !/amt_/.test(header) && !on(call, 'openapi') ? oops() : undefined;
    },
  }),
  plant('missing-key-500', facts.no5xx, 'no credential on a write: 500', {
    early: (call) => (call.operation.write && call.headers.authorization === undefined ? oops() : undefined),
  }),
  plant('unanswered-malformed', facts.answered, 'a body that is not JSON: the connection is cut', {
    silent: (call) => {
      if (!call.operation.write || call.raw.length === 0) return undefined;
      try {
        JSON.parse(call.raw.toString('utf8'));
        return undefined;
      } catch {
        return 'cut';
      }
    },
  }),
  plant('unanswered-unknown-run', facts.answered, 'GET /runs/{id} of an unknown run: never answered', {
    silent: (call) =>
      on(call, 'runs.get') && !call.world.orgs.some(({ runs }) => runs.some(({ id }) => id === call.id))
        ? 'hang'
        : undefined,
  }),
  plant('unanswered-at-times', facts.answered, 'every 19th request: the connection is cut', {
    silent: (call) => (count(call.memory, 'asked') % 19 === 0 ? 'cut' : undefined),
  }),
  plant('read-null-at-times', facts.run, 'every eleventh summary of a run has a null `status`', {
    reply: (call, { body, status }) => {
      if (on(call, 'runs.get') && status === 200 && count(call.memory, 'summaries') % 11 === 0)
        recordIn(body)['status'] = null;
    },
  }),
];
