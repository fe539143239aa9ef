import type { Contract, Operation } from '../../src/contract/types.ts';
import type { Mock } from '../../mock/index.ts';
import { at, idOf, itemsOf, operationOf } from './client.ts';

/** One request of a probe. */
export interface Ask {
  readonly operation?: Operation;
  readonly method: string;
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

/** The clock of the mock under probe: it moves when the probe says so. */
export interface Clock {
  at: number;
}

/** What is tried out: who calls with which ids and methods, odd keys, queries, bodies, and making and changing. */
export type Part = (typeof parts)[number];

const parts = ['callers', 'keys', 'queries', 'bodies', 'lifecycle'] as const;

type Ids = Readonly<Record<string, string>>;

/** Ids by path parameter. */
export interface KnownIds {
  readonly own: Ids;
  readonly foreign: Ids;
}

/** A mutation of each JSON type, for members that have another one. */
const values: readonly unknown[] = [7, 'text', [], { a: 1 }, null, true];

/**
 * Tries out what a deployment answers, beginning with one operation: roles, keys, ids, queries, bodies, and what is
 * left behind. Yields one text for each answer, without what differs between two mocks of the same seed.
 */
export class Probe {
  readonly #mock: Mock;
  readonly #contract: Contract;
  readonly #clock: Clock;

  constructor(mock: Mock, contract: Contract, clock: Clock) {
    this.#mock = mock;
    this.#contract = contract;
    this.#clock = clock;
  }

  /** The ids of the first organization and of the stranger: the same for all mocks of a seed. */
  async knownIds(): Promise<KnownIds> {
    const [own, foreign] = await Promise.all(['owner', 'otherOrg'].map((as) => this.#listedIds(as)));
    return { own: own ?? {}, foreign: foreign ?? {} };
  }

  async *observe(first: string, part: Part, { own, foreign }: KnownIds): AsyncGenerator<string> {
    const others = this.#contract.operations.map(({ id }) => id).filter((id) => id !== first);
    for (const id of [first, ...others]) {
      for (const each of new Set([part, ...parts])) {
        yield* this.#tryOut(each, operationOf(this.#contract, id), own, foreign);
      }
    }
  }

  async #listedIds(as: string): Promise<Ids> {
    const byResource: Record<string, string> = {};
    for (const resource of Object.values(this.#contract.resources)) {
      const { text } = await this.#send(this.#ask(resource.list ?? '', {}, { as, query: '?range=30d' }));
      byResource[resource.id] = listedId(text, resource.items);
    }
    return this.#idsOf(byResource);
  }

  #tryOut(part: Part, operation: Operation, own: Ids, foreign: Ids): AsyncGenerator<string> {
    switch (part) {
      case 'callers':
        return this.#tryCallers(operation, own, foreign);
      case 'keys':
        return this.#tryKeys(operation, own, sampleBody(operation, own));
      case 'queries':
        return this.#tryQueries(operation, own, foreign);
      case 'bodies':
        return this.#tryBodies(operation, own);
      case 'lifecycle':
        return this.#tryLifecycle(operation, own, foreign);
    }
  }

  async *#tryCallers(operation: Operation, own: Ids, foreign: Ids): AsyncGenerator<string> {
    const { id } = operation;
    const body = sampleBody(operation, own);
    for (const as of [
      'viewer',
      'revoked',
      'none',
      'otherOrg',
      'featureDisabled',
      'owner',
      'editor',
      'admin',
    ]) {
      yield* this.#say(this.#ask(id, own, { as, body }));
    }
    for (let turn = 0; turn < 6; turn += 1) yield* this.#say(this.#ask(id, own, { body }));
    const atOnce = ['viewer', 'owner', 'editor'].map((as) => this.#send(this.#ask(id, own, { as, body })));
    for (const reply of await Promise.all(atOnce)) yield reply.text;
    if (Object.keys(own).some((name) => operation.path.includes(`{${name}}`))) {
      yield* this.#say(this.#ask(id, foreign, { body }));
      for (const unknown of ['nothing', 'run_0000000000000000']) {
        const ids = Object.fromEntries(Object.keys(own).map((name) => [name, unknown]));
        for (const as of ['owner', 'none']) yield* this.#say(this.#ask(id, ids, { as, body }));
      }
    }
    for (const method of ['PUT', 'DELETE', 'POST', 'PATCH']) {
      if (operation.method === method) continue;
      if (this.#contract.operations.some((other) => other.path === operation.path && other.method === method))
        continue;
      yield* this.#say({ ...this.#ask(id, own, {}), method });
    }
  }

  async *#tryKeys(operation: Operation, own: Ids, body: unknown): AsyncGenerator<string> {
    const key = this.#mock.keys['owner'] ?? '';
    const viewer = this.#mock.keys['viewer'] ?? '';
    const bad = [
      'Bearer ',
      `Bearer ${key.slice(0, -1)}`,
      `Bearer ${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`,
      `Bearer ${key}x`,
      `Bearer ${key.toUpperCase()}`,
      `Bearer xyz${key.slice(3)}`,
      `Bearer ${viewer.slice(0, 21)}${key.slice(21)}`,
      `Bearer amt_nothing`,
      `Token ${key}`,
      `bearer ${key}`,
      key,
      `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      `Bearer nonsense, Bearer ${key}`,
    ];
    for (const authorization of bad) {
      const ask = this.#ask(operation.id, own, { body });
      yield* this.#say({ ...ask, headers: { ...ask.headers, authorization } });
    }
    const places = [
      { headers: { 'x-api-key': key }, query: '' },
      { headers: { cookie: `key=${key}` }, query: '' },
      { headers: {}, query: `?api_key=${key}` },
    ];
    for (const { headers, query } of places) {
      const ask = this.#ask(operation.id, own, { as: 'none', body, query });
      yield* this.#say({ ...ask, headers: { ...ask.headers, ...headers } });
    }
    const org = at(
      JSON.parse((await this.#send(this.#ask('getOrg', {}, { as: 'otherOrg' }))).body),
      'organization.id',
    );
    for (const [name, value] of [
      ['x-role', 'owner'],
      ['x-organization-id', String(org)],
    ] as const) {
      const ask = this.#ask(operation.id, own, { as: 'viewer', body });
      yield* this.#say({ ...ask, headers: { ...ask.headers, [name]: value } });
    }
    yield* this.#say(this.#ask(operation.id, own, { as: 'viewer', body, query: `?role=owner` }));
    yield* this.#say(
      this.#ask(operation.id, own, { as: 'viewer', body, query: `?organizationId=${String(org)}` }),
    );
  }

  async *#tryQueries(operation: Operation, own: Ids, foreign: Ids): AsyncGenerator<string> {
    for (const parameter of operation.parameters) {
      if (parameter.in !== 'query') continue;
      const known = parameter.values ?? [];
      const more = ['2', '-1', 'nonsense', 'payments', 'payments,sales', 'why was my card declined'];
      const ids = parameter.resource === undefined ? [] : Object.values(own);
      for (const value of [...known, ...more, ...ids, 'naïve search for “café menu” 🥐']) {
        const query = `?${parameter.name}=${encodeURIComponent(value)}`;
        yield* this.#say(this.#ask(operation.id, own, { query }));
        if (operation.id === 'listRuns')
          yield* this.#say(
            this.#ask('listRuns', own, { query: `${query}&range=30d&status=partial&pageSize=2&page=2` }),
          );
      }
    }
    if (operation.id !== 'listRuns') return;
    for (const ids of [own, foreign]) {
      const query = `?workflowId=${ids['workflowId'] ?? ''}&range=30d`;
      yield* this.#say(this.#ask('listRuns', own, { query }));
      yield* this.#say(this.#ask('listRuns', own, { query: `${query}&status=pass` }));
    }
    const erred = await this.#send(this.#ask('listRuns', own, { query: '?status=error&range=30d' }));
    yield* this.#say(this.#ask('getRun', { runId: listedId(erred.text, ['rows']) }, {}));
  }

  async *#tryBodies(operation: Operation, own: Ids): AsyncGenerator<string> {
    if (operation.request === undefined) return;
    const sample = sampleBody(operation, own);
    const names = new Set([
      'transportType',
      'targetKind',
      'baseUrl',
      'schedule',
      'environment',
      'limits',
      ...Object.keys(sample),
    ]);
    for (const member of requestMembers) names.add(member);
    for (const name of names) {
      for (const value of values)
        yield* this.#say(this.#ask(operation.id, own, { body: { ...sample, [name]: value } }));
      yield* this.#say(this.#ask(operation.id, own, { body: { ...sample, [name]: undefined } }));
    }
    for (const [name, value] of documentedValues) {
      yield* this.#say(this.#ask(operation.id, own, { body: { ...sample, [name]: value } }));
    }
    for (const raw of ['{', '[]', '"text"', '{}', '7']) {
      const ask = this.#ask(operation.id, own, { body: sample });
      yield* this.#say({ ...ask, body: raw });
      yield* this.#say({ ...ask, body: raw, headers: { 'content-type': 'application/json' } });
    }
  }

  async *#tryLifecycle(operation: Operation, own: Ids, foreign: Ids): AsyncGenerator<string> {
    if (operation.effect === 'read' && operation.id !== 'getOrg') return;
    const text = `Größe & <b>"naïve"</b> \\ 🥐\n  two  spaces ${'long '.repeat(80)}`;
    const source = { name: 'Probe', transportType: 'sse', baseUrl: 'https://probe.example.com/mcp' };
    yield* this.#say(this.#ask('createMcpServer', own, { body: source }));
    const created = await this.#send(this.#ask('createMcpServer', own, { body: { ...source, name: text } }));
    yield created.text;
    yield* this.#say(this.#ask('getMcpServer', { mcpServerId: idIn(created.body) }, {}));
    const members = {
      ...sampleBody(operationOf(this.#contract, 'createWorkflow'), own),
      name: text,
      description: text,
    };
    const workflow = await this.#send(
      this.#ask('createWorkflow', own, { body: { ...members, schedule: { cron: '0 6 * * *' } } }),
    );
    yield workflow.text;
    yield* this.#say(this.#ask('createWorkflow', own, { body: members }));
    const ids = { ...own, workflowId: idIn(workflow.body) };
    yield* this.#say(this.#ask('getWorkflow', ids, {}));
    for (const body of [{ description: "it's new" }, { name: 'New' }, { schedule: null }]) {
      yield* this.#say(this.#ask('updateWorkflow', ids, { body }));
      yield* this.#say(this.#ask('getWorkflow', ids, {}));
    }
    const runs: string[] = [];
    for (const body of [
      { idempotencyKey: 'k' },
      { idempotencyKey: 'k' },
      { idempotencyKey: 'k', reason: 'x' },
      { idempotencyKey: 'k' },
      { idempotencyKey: 'k', forceNewRun: true },
    ]) {
      for (const id of [ids, own]) {
        const run = await this.#send(this.#ask('dispatchRun', id, { body }));
        yield run.text;
        runs.push(idIn(run.body));
      }
    }
    yield* this.#say(this.#ask('listRuns', own, { query: `?workflowId=${ids.workflowId}` }));
    for (const wait of [0, 0, 300, 0, 1500, 0, 0]) {
      this.#clock.at += wait;
      for (const runId of runs.slice(0, 2)) yield* this.#say(this.#ask('getRun', { runId }, {}));
    }
    for (const flag of [true, false]) {
      yield* this.#say(this.#ask('updateTopic', own, { body: { label: text, is_unmet_demand: flag } }));
      yield* this.#say(this.#ask('getTopic', own, {}));
    }
    const twoRuns = runs.slice(0, 2).map((runId) => this.#send(this.#ask('getRun', { runId }, {})));
    for (const reply of await Promise.all(twoRuns)) yield reply.text;
    yield* this.#say(this.#ask('archiveWorkflow', ids, {}));
    yield* this.#say(this.#ask('listWorkflows', own, { query: '?categorySlug=payments' }));
    for (const list of ['listMcpServers', 'listWorkflows', 'listRuns', 'listTopics']) {
      for (const as of ['owner', 'otherOrg']) yield* this.#say(this.#ask(list, own, { as }));
    }
    for (const id of ['getWorkflow', 'getTopic'])
      yield* this.#say(this.#ask(id, foreign, { as: 'otherOrg' }));
  }

  #idsOf(byResource: Ids): Ids {
    const parameters = this.#contract.operations.flatMap((operation) => operation.parameters);
    return Object.fromEntries(
      parameters.flatMap((parameter) =>
        parameter.in === 'path' ? [[parameter.name, byResource[parameter.resource] ?? '']] : [],
      ),
    );
  }

  #ask(
    id: string,
    ids: Ids,
    { as = 'owner', body, query = '' }: { as?: string; body?: unknown; query?: string },
  ): Ask {
    const operation = operationOf(this.#contract, id);
    const path = operation.path.replace(/\{(\w+)\}/g, (_match, name: string) =>
      encodeURIComponent(ids[name] ?? 'x'),
    );
    const hasBody = operation.request !== undefined && body !== undefined;
    return {
      operation,
      method: operation.method,
      path: `${path}${query}`,
      headers: {
        ...(as === 'none' ? {} : { authorization: `Bearer ${this.#mock.keys[as]}` }),
        ...(hasBody ? { 'content-type': 'application/json' } : {}),
      },
      ...(hasBody ? { body: JSON.stringify(body) } : {}),
    };
  }

  async *#say(ask: Ask): AsyncGenerator<string> {
    yield (await this.#send(ask)).text;
  }

  async #send(ask: Ask): Promise<{ text: string; body: string }> {
    const asked = `${ask.method} ${ask.path}`;
    try {
      const response = await fetch(`${this.#mock.baseUrl}${ask.path}`, {
        method: ask.method,
        headers: ask.headers,
        redirect: 'manual',
        signal: AbortSignal.timeout(250),
        ...(ask.body === undefined ? {} : { body: ask.body }),
      });
      const body = Buffer.from(await response.arrayBuffer());
      const headers = [...response.headers].filter(([name]) => !['date', 'keep-alive'].includes(name));
      return {
        text: this.#plain(
          `${asked} ${response.status} ${JSON.stringify(headers)} ${body.toString('latin1')}`,
        ),
        body: body.toString(),
      };
    } catch {
      return { text: this.#plain(`${asked} unanswered`), body: '{}' };
    }
  }

  /** Takes out what differs from mock to mock: the address and the secrets. */
  #plain(text: string): string {
    let plain = text.replaceAll(this.#mock.baseUrl, '<base>');
    for (const [name, key] of Object.entries(this.#mock.keys)) {
      plain = plain.replaceAll(key, `<${name}>`).replaceAll(key.slice(-43), `<secret>`);
    }
    return plain;
  }
}

const requestMembers = [
  'description',
  'criteria',
  'testerModelIds',
  'testerPrompt',
  'testerTargets',
  'retryPolicy',
  'toolPolicy',
  'metadata',
  'connectionConfig',
  'networkPolicy',
  'authProfile',
  'forceNewRun',
  'idempotencyKey',
  'archived',
  'is_unmet_demand',
];
const documentedValues: readonly (readonly [string, unknown])[] = [
  ['transportType', 'sse'],
  ['targetKind', 'cli'],
  ['criteria', [{ criterionText: 'Done.', isRequired: true }]],
  ['label', 'Größe'],
];

function sampleBody(operation: Operation, own: Ids): Readonly<Record<string, unknown>> {
  switch (operation.id) {
    case 'createMcpServer':
      return { name: 'Probe' };
    case 'createWorkflow':
      return { name: 'Probe', mcpServerId: own['mcpServerId'], testerPrompt: 'Try.' };
    case 'updateWorkflow':
      return { name: 'Probed', description: 'By a probe.' };
    case 'dispatchRun':
      return { reason: 'probe' };
    default:
      return { label: 'probed' };
  }
}

function listedId(text: string, names: readonly string[]): string {
  try {
    const body: unknown = JSON.parse(text.slice(text.indexOf('] ') + 2));
    return idOf(itemsOf(body, names)[2], []);
  } catch {
    return 'none';
  }
}

function idIn(body: string): string {
  try {
    const value: unknown = JSON.parse(body);
    return String(at(value, 'runId') ?? at(value, 'id') ?? 'none');
  } catch {
    return 'none';
  }
}
