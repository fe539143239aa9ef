import type { Contract, Operation } from '../../src/contract/types.ts';
import type { Mock } from '../../mock/index.ts';
import { Asker, type Ids } from './asker.ts';
import { at, idOf, itemsOf, operationOf } from './client.ts';
import { documentedValues, oddAuthorizations, requestMembers, sampleBody, values } from './probe-inputs.ts';

/** The clock of the mock under probe: it moves when the probe says so. */
export interface Clock {
  at: number;
}

/** What is tried out: who calls with which ids and methods, odd keys, queries, bodies, and making and changing. */
export type Part = (typeof parts)[number];

const parts = ['callers', 'keys', 'queries', 'bodies', 'lifecycle'] as const;

/** Ids by path parameter. */
export interface KnownIds {
  readonly own: Ids;
  readonly foreign: Ids;
}

/**
 * Tries out what a deployment answers, beginning with one operation: roles, keys, ids, queries, bodies, and what is
 * left behind. Yields one text for each answer, without what differs between two mocks of the same seed.
 */
export class Probe {
  readonly #mock: Mock;
  readonly #contract: Contract;
  readonly #clock: Clock;
  readonly #asker: Asker;

  constructor(mock: Mock, contract: Contract, clock: Clock) {
    this.#mock = mock;
    this.#contract = contract;
    this.#clock = clock;
    this.#asker = new Asker(mock, contract);
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
      const { text } = await this.#asker.send(
        this.#asker.ask(resource.list ?? '', {}, { as, query: '?range=30d' }),
      );
      byResource[resource.id] = listedId(text, resource.items);
    }
    return this.#asker.idsOf(byResource);
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
      yield* this.#asker.say(this.#asker.ask(id, own, { as, body }));
      if (as === 'viewer' && operation.effect !== 'read') {
        for (const look of ['listWorkflows', 'listTopics'])
          yield* this.#asker.say(this.#asker.ask(look, own, {}));
      }
    }
    for (let turn = 0; turn < 6; turn += 1) yield* this.#asker.say(this.#asker.ask(id, own, { body }));
    const atOnce = ['viewer', 'owner', 'editor'].map((as) =>
      this.#asker.send(this.#asker.ask(id, own, { as, body })),
    );
    for (const reply of await Promise.all(atOnce)) yield reply.text;
    if (Object.keys(own).some((name) => operation.path.includes(`{${name}}`))) {
      yield* this.#asker.say(this.#asker.ask(id, foreign, { body }));
      for (const unknown of ['nothing', 'run_0000000000000000']) {
        const ids = Object.fromEntries(Object.keys(own).map((name) => [name, unknown]));
        for (const as of ['owner', 'none']) yield* this.#asker.say(this.#asker.ask(id, ids, { as, body }));
      }
    }
    for (const as of ['none', 'viewer']) {
      const ask = this.#asker.ask(id, own, { as, body });
      yield* this.#asker.say({ ...ask, path: ask.path.replace(/^\/[^/?]+/, (part) => part.toUpperCase()) });
    }
    for (const method of ['PUT', 'DELETE', 'POST', 'PATCH']) {
      if (operation.method === method) continue;
      if (this.#contract.operations.some((other) => other.path === operation.path && other.method === method))
        continue;
      yield* this.#asker.say({ ...this.#asker.ask(id, own, {}), method });
    }
  }

  async *#tryKeys(operation: Operation, own: Ids, body: unknown): AsyncGenerator<string> {
    const key = this.#mock.keys['owner'] ?? '';
    const viewer = this.#mock.keys['viewer'] ?? '';
    for (const authorization of oddAuthorizations(key, viewer)) {
      const ask = this.#asker.ask(operation.id, own, { body });
      yield* this.#asker.say({ ...ask, headers: { ...ask.headers, authorization } });
    }
    const places = [
      { headers: { 'x-api-key': key }, query: '' },
      { headers: { cookie: `key=${key}` }, query: '' },
      { headers: {}, query: `?api_key=${key}` },
    ];
    for (const { headers, query } of places) {
      const ask = this.#asker.ask(operation.id, own, { as: 'none', body, query });
      yield* this.#asker.say({ ...ask, headers: { ...ask.headers, ...headers } });
    }
    const org = at(
      JSON.parse((await this.#asker.send(this.#asker.ask('getOrg', {}, { as: 'otherOrg' }))).body),
      'organization.id',
    );
    for (const [name, value] of [
      ['x-role', 'owner'],
      ['x-organization-id', String(org)],
    ] as const) {
      const ask = this.#asker.ask(operation.id, own, { as: 'viewer', body });
      yield* this.#asker.say({ ...ask, headers: { ...ask.headers, [name]: value } });
    }
    yield* this.#asker.say(this.#asker.ask(operation.id, own, { as: 'viewer', body, query: `?role=owner` }));
    yield* this.#asker.say(
      this.#asker.ask(operation.id, own, { as: 'viewer', body, query: `?organizationId=${String(org)}` }),
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
        yield* this.#asker.say(this.#asker.ask(operation.id, own, { query }));
        if (operation.id === 'listRuns')
          yield* this.#asker.say(
            this.#asker.ask('listRuns', own, {
              query: `${query}&range=30d&status=partial&pageSize=2&page=2`,
            }),
          );
      }
    }
    if (operation.id === 'getRun') {
      const erred = await this.#asker.send(
        this.#asker.ask('listRuns', own, { query: '?status=error&range=30d' }),
      );
      yield* this.#asker.say(this.#asker.ask('getRun', { runId: listedId(erred.text, ['rows']) }, {}));
    }
    if (operation.id !== 'listRuns') return;
    for (const ids of [own, foreign]) {
      const query = `?workflowId=${ids['workflowId'] ?? ''}&range=30d`;
      yield* this.#asker.say(this.#asker.ask('listRuns', own, { query }));
      yield* this.#asker.say(this.#asker.ask('listRuns', own, { query: `${query}&status=pass` }));
    }
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
        yield* this.#asker.say(this.#asker.ask(operation.id, own, { body: { ...sample, [name]: value } }));
      yield* this.#asker.say(this.#asker.ask(operation.id, own, { body: { ...sample, [name]: undefined } }));
    }
    for (const [name, value] of documentedValues) {
      yield* this.#asker.say(this.#asker.ask(operation.id, own, { body: { ...sample, [name]: value } }));
    }
    for (const raw of ['{', '[]', '"text"', '{}', '7']) {
      const ask = this.#asker.ask(operation.id, own, { body: sample });
      yield* this.#asker.say({ ...ask, body: raw });
      yield* this.#asker.say({ ...ask, body: raw, headers: { 'content-type': 'application/json' } });
    }
  }

  async *#tryLifecycle(operation: Operation, own: Ids, foreign: Ids): AsyncGenerator<string> {
    if (operation.effect === 'read' && operation.id !== 'getOrg') return;
    const text = `Größe & <b>"naïve"</b> \\ 🥐\n  two  spaces ${'long '.repeat(80)}`;
    const source = { name: 'Probe', transportType: 'sse', baseUrl: 'https://probe.example.com/mcp' };
    yield* this.#asker.say(this.#asker.ask('createMcpServer', own, { body: source }));
    const created = await this.#asker.send(
      this.#asker.ask('createMcpServer', own, { body: { ...source, name: text } }),
    );
    yield created.text;
    yield* this.#asker.say(this.#asker.ask('getMcpServer', { mcpServerId: idIn(created.body) }, {}));
    const members = {
      ...sampleBody(operationOf(this.#contract, 'createWorkflow'), own),
      name: text,
      description: text,
    };
    const workflow = await this.#asker.send(
      this.#asker.ask('createWorkflow', own, { body: { ...members, schedule: { cron: '0 6 * * *' } } }),
    );
    yield workflow.text;
    yield* this.#asker.say(this.#asker.ask('createWorkflow', own, { body: members }));
    yield* this.#asker.say(this.#asker.ask('createWorkflow', own, { body: [members] }));
    const ids = { ...own, workflowId: idIn(workflow.body) };
    yield* this.#asker.say(this.#asker.ask('getWorkflow', ids, {}));
    for (const body of [{ description: "it's new" }, { name: 'New' }, { schedule: null }]) {
      yield* this.#asker.say(this.#asker.ask('updateWorkflow', ids, { body }));
      yield* this.#asker.say(this.#asker.ask('getWorkflow', ids, {}));
    }
    yield* this.#asker.say(
      this.#asker.ask('updateWorkflow', ids, { as: 'viewer', body: { schedule: { cron: '0 7 * * *' } } }),
    );
    const runs: string[] = [];
    for (const body of [
      { idempotencyKey: 'k' },
      { idempotencyKey: 'k' },
      { idempotencyKey: 'k', reason: 'x' },
      { idempotencyKey: 'k' },
      { idempotencyKey: 'k', forceNewRun: true },
      { idempotencyKey: 'k', forceNewRun: true, reason: 'x' },
      { idempotencyKey: 'Schlüssel' },
      { idempotencyKey: 'Schlüssel' },
    ]) {
      for (const id of [ids, own]) {
        const run = await this.#asker.send(this.#asker.ask('dispatchRun', id, { body }));
        yield run.text;
        runs.push(idIn(run.body));
      }
    }
    yield* this.#asker.say(this.#asker.ask('listRuns', own, { query: `?workflowId=${ids.workflowId}` }));
    for (const wait of [0, 0, 300, 0, 1500, 0, 0]) {
      this.#clock.at += wait;
      for (const runId of runs.slice(0, 2)) yield* this.#asker.say(this.#asker.ask('getRun', { runId }, {}));
    }
    for (const flag of [true, false]) {
      yield* this.#asker.say(
        this.#asker.ask('updateTopic', own, { body: { label: text, is_unmet_demand: flag } }),
      );
      yield* this.#asker.say(this.#asker.ask('getTopic', own, {}));
    }
    const twoRuns = runs
      .slice(0, 2)
      .map((runId) => this.#asker.send(this.#asker.ask('getRun', { runId }, {})));
    for (const reply of await Promise.all(twoRuns)) yield reply.text;
    yield* this.#asker.say(this.#asker.ask('archiveWorkflow', ids, {}));
    yield* this.#asker.say(this.#asker.ask('listWorkflows', own, { query: '?categorySlug=payments' }));
    for (const list of ['listMcpServers', 'listWorkflows', 'listRuns', 'listTopics']) {
      for (const as of ['owner', 'otherOrg']) yield* this.#asker.say(this.#asker.ask(list, own, { as }));
    }
    for (const id of ['getWorkflow', 'getTopic'])
      yield* this.#asker.say(this.#asker.ask(id, foreign, { as: 'otherOrg' }));
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
    const id = at(value, 'runId') ?? at(value, 'id');
    return typeof id === 'string' ? id : 'none';
  } catch {
    return 'none';
  }
}
