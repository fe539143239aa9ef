/** Whether a deployment does what the documentation says, whatever it makes of what the documentation leaves open. */
import type { Contract } from '../../src/contract/types.ts';
import type { Mock } from '../../mock/index.ts';
import { ask, type Answered, type Asked } from './lawful-client.ts';
import { arraysIn, idsIn, isMembers, memberOf, rowId, type Members } from './open-body.ts';

/** The clock of the mock: the test moves it on. */
export interface Clock {
  at: number;
}

/** How long lists may lag behind, in milliseconds. */
const longestLag = 10_000;
const ok = [200, 201, 202, 204] as const;

/** Tries a deployment; gives a line for each documented fact that it breaks. */
export async function unlawful(mock: Mock, contract: Contract, clock: Clock): Promise<readonly string[]> {
  const trial = new Trial(mock, contract, clock);
  await trial.keys();
  const source = await trial.sources();
  const workflow = await trial.workflows(source);
  await trial.dispatches(workflow);
  await trial.runs();
  await trial.archive(workflow);
  await trial.insights();
  await trial.refusals(source);
  await trial.document();
  return trial.broken;
}

class Trial {
  readonly broken: string[] = [];
  readonly #mock: Mock;
  readonly #contract: Contract;
  readonly #clock: Clock;

  constructor(mock: Mock, contract: Contract, clock: Clock) {
    this.#mock = mock;
    this.#contract = contract;
    this.#clock = clock;
  }

  async keys(): Promise<void> {
    for (const { id, method, path, keyless } of this.#contract.operations) {
      if (keyless) continue;
      const target = path.replace(/\{\w+\}/g, 'x');
      const odd = id === 'getOrg' ? ['amt_nobody_nothing', 'ami_us_key_secret'] : [];
      for (const as of ['none', 'revoked', ...odd]) {
        this.#is(`${id} as ${as}`, await this.#ask(target, { as, method }), [401], 'unauthenticated');
      }
    }
    const org = await this.#ask('/org', { as: 'viewer' });
    this.#is('getOrg', org, [200]);
    this.#holds('role of the key', memberOf(org.body, 'role') === 'viewer', org);
  }

  async sources(): Promise<string> {
    const list = await this.#ask('/mcp-servers');
    this.#is('listMcpServers', list, [200]);
    const rows =
      isMembers(list.body) && Array.isArray(list.body['rows']) ? list.body['rows'].filter(isMembers) : [];
    this.#holds('sources are listed', rows.length > 3, list);
    for (const row of rows) {
      this.#holds(
        'base_url is a text or null',
        row['base_url'] === null || typeof row['base_url'] === 'string',
        row,
      );
      this.#holds('categories are slugs', Array.isArray(row['categories']), row);
    }
    const names = ['Lawful', '  Grüße 🥐  ', '東京'];
    for (const name of names) {
      const made = await this.#ask('/mcp-servers', {
        method: 'POST',
        as: 'editor',
        body: { name, baseUrl: 'https://lawful.example.com/mcp', transportType: 'sse', limits: {} },
      });
      if (made.status === 400) continue; // An unknown member may be refused.
      this.#is('createMcpServer', made, [201]);
    }
    const body = { name: 'Without', connectionConfig: {}, networkPolicy: {}, authProfile: {} };
    const made = await this.#ask('/mcp-servers', { method: 'POST', body });
    this.#is('createMcpServer', made, [201]);
    const id = await this.#readable('mcpServer', made, (one) => `/mcp-servers/${one}`);
    const read = await this.#ask(`/mcp-servers/${id}`, { as: 'viewer' });
    this.#holds('a source keeps its name', memberOf(read.body, 'name') === 'Without', read);
    await this.#appears('a new source', '/mcp-servers', 'mcpServer', id);
    const first = rows[0]?.['id'];
    return typeof first === 'string' ? first : '';
  }

  async workflows(mcpServerId: string): Promise<string> {
    const name = ' Naïve "test" \\ 工作 ';
    const body = { name, mcpServerId, testerPrompt: 'Try.', metadata: {}, limits: {}, description: 'd' };
    const made = await this.#ask('/workflows', { method: 'POST', as: 'editor', body });
    this.#is('createWorkflow', made, [201]);
    const id = await this.#readable('workflow', made, (one) => `/workflows/${one}`);
    const path = `/workflows/${id}`;
    const read = await this.#ask(path, { as: 'viewer' });
    this.#holds('texts come back', String(memberOf(read.body, 'name')).trim() === name.trim(), read);
    this.#holds('manual-only is null', scheduleIn(read.body) === null, read);
    const before = JSON.stringify(memberOf(read.body, 'currentVersion'));
    this.#holds('there is a version', before !== undefined && before !== 'null', read);
    const updated = await this.#ask(path, { method: 'PATCH', body: { description: 'e', schedule: null } });
    this.#is('updateWorkflow', updated, [200, 201, 202]);
    const version = JSON.stringify(memberOf(updated.body, 'currentVersion'));
    this.#holds('an edit writes a version', version !== undefined && version !== before, updated);
    const again = await this.#ask(path);
    this.#holds('an edit persists', memberOf(again.body, 'description') === 'e', again);
    this.#holds(
      'an edit leaves the rest',
      memberOf(again.body, 'name') === memberOf(read.body, 'name'),
      again,
    );
    this.#holds(
      'the version is read',
      JSON.stringify(memberOf(again.body, 'currentVersion')) === version,
      again,
    );
    await this.#appears('a new workflow', '/workflows', 'workflow', id);
    return id;
  }

  async dispatches(workflow: string): Promise<void> {
    const dispatch = async (body: Members): Promise<string> => {
      const answer = await this.#ask(`/workflows/${workflow}/runs`, { method: 'POST', body });
      this.#is('dispatchRun', answer, body['idempotencyKey'] === undefined ? [202] : [200, 202]);
      return this.#readable('run', answer, (one) => `/runs/${one}`);
    };
    const first = await dispatch({ reason: 'lawful one', idempotencyKey: 'k1' });
    const read = await this.#ask(`/runs/${first}`);
    const isOver = ['pass', 'fail'].includes(String(memberOf(read.body, 'status')));
    const second = await dispatch({ reason: 'lawful one', idempotencyKey: 'k1' });
    this.#holds('the same key is the same run', isOver || first === second, { first, second });
    const forced = await dispatch({ reason: 'lawful two', idempotencyKey: 'k1', forceNewRun: true });
    this.#holds('a forced run is another', forced !== first, { first, forced });
    this.#clock.at += longestLag;
    const rows = await this.#pages(`/runs?workflowId=${workflow}`);
    this.#holds(
      'a run is listed',
      rows.some((row) => rowId(row, 'run') === decodeURIComponent(forced)),
      rows,
    );
    for (const row of rows)
      this.#holds('the filter filters', workflowIn(row) === decodeURIComponent(workflow), row);
    const over = await this.#ask(`/runs/${first}`);
    this.#holds('a run ends', ['pass', 'fail'].includes(String(memberOf(over.body, 'status'))), over);
    this.#holds('a run names its workflow', workflowIn(over.body) === decodeURIComponent(workflow), over);
  }

  async runs(): Promise<void> {
    const all = await this.#rows('/runs');
    this.#holds('runs are listed', all.length > 0, all);
    const [row] = all;
    const finished = (await this.#rows('/runs?status=pass'))[0];
    for (const one of await this.#rows('/runs?status=fail'))
      this.#holds('the status filters', one['status'] === 'fail', one);
    this.#holds('search for nothing', (await this.#rows('/runs?search=zzz-nowhere-zzz')).length === 0, '');
    this.#holds('a page is no larger', (await this.#rows('/runs?pageSize=2')).length <= 2, '');
    const both = [await this.#rows('/runs?page=1&pageSize=2'), await this.#rows('/runs?page=2&pageSize=2')];
    const ids = both.flat().map((one) => rowId(one, 'run'));
    this.#holds('pages do not overlap', new Set(ids).size === ids.length, ids);
    const id = encodeURIComponent(rowId(finished ?? row ?? {}, 'run') ?? '');
    const read = await this.#ask(`/runs/${id}`);
    this.#is('getRun', read, [200]);
    this.#holds(
      'list and record agree',
      memberOf(read.body, 'status') === (finished ?? row)?.['status'],
      read,
    );
    for (const report of ['trace', 'evaluation', 'tool-calls'])
      this.#is(report, await this.#ask(`/runs/${id}/${report}`), [200]);
    const calls = arraysIn((await this.#ask(`/runs/${id}/tool-calls`)).body).flat();
    this.#holds('tool calls are rows', calls.length > 0 && Object.keys(calls[0] ?? {}).length >= 2, calls);
  }

  async archive(workflow: string): Promise<void> {
    const archived = await this.#ask(`/workflows/${workflow}`, { method: 'DELETE' });
    this.#is('archiveWorkflow', archived, [200, 202]);
    this.#holds('ok', isMembers(archived.body) && archived.body['ok'] === true, archived);
    this.#clock.at += longestLag;
    const rows = await this.#rows('/workflows');
    this.#holds(
      'an archived one is not listed',
      rows.every((row) => rowId(row, 'workflow') !== decodeURIComponent(workflow)),
      rows,
    );
  }

  async insights(): Promise<void> {
    this.#is('overview', await this.#ask('/insights/overview?range=90d'), [200]);
    for (const [list, item, thing] of [
      ['/insights/topics?range=90d', '/insights/topics', 'topic'],
      ['/insights/searches?range=90d', '/insights/searches', 'search'],
    ] as const) {
      const id = await this.#firstReadable(list, item, thing);
      if (thing === 'topic') await this.#topic(`${item}/${id}`);
      this.#holds('limit', (await this.#rows(`${list}&limit=1`)).length <= 1, list);
    }
    const sessions = await this.#rows('/insights/sessions?range=24h&limit=100');
    const [session] = sessions;
    for (const row of sessions) {
      const counts = [row['event_count'], row['ok_count'], row['error_count']];
      this.#holds(
        'counts',
        counts.every((count) => Number.isInteger(count) && Number(count) >= 0),
        row,
      );
      this.#holds('a session has a key', typeof row['session_key'] === 'string', row);
      for (const name of ['raw_intent', 'mcp_server_id'])
        this.#holds(name, row[name] === null || typeof row[name] === 'string', row);
    }
    const trace = await this.#ask(
      `/insights/sessions/${encodeURIComponent(rowId(session ?? {}, 'session') ?? '')}/trace`,
    );
    this.#is('getSessionTrace', trace, [200]);
    const named = isMembers(trace.body) ? trace.body['session'] : undefined;
    const key = isMembers(named) ? named['session_key'] : undefined;
    this.#holds('the trace names its session', key === undefined || key === session?.['session_key'], trace);
    const intent = String(sessions.find((row) => row['raw_intent'] !== null)?.['raw_intent']);
    const asked = await this.#rows(
      `/insights/sessions?range=24h&limit=100&intent=${encodeURIComponent(intent)}`,
    );
    const missing = sessions.filter(
      (row) => row['raw_intent'] === intent && !asked.some((other) => other['id'] === row['id']),
    );
    this.#holds('the intent finds', missing.length === 0, missing);
  }

  async #topic(path: string): Promise<void> {
    const changed = await this.#ask(path, {
      method: 'PATCH',
      body: { label: 'Lawful', is_unmet_demand: true },
    });
    this.#is('updateTopic', changed, ok);
    this.#holds('a label persists', memberOf((await this.#ask(path)).body, 'label') === 'Lawful', changed);
    this.#is('archiving a topic', await this.#ask(path, { method: 'PATCH', body: { archived: true } }), ok);
    this.#is('bringing it back', await this.#ask(path, { method: 'PATCH', body: { archived: false } }), ok);
    this.#is('reading it again', await this.#ask(path), [200]);
  }

  async refusals(source: string): Promise<void> {
    const good = { name: 'n', mcpServerId: source, testerPrompt: 'p' };
    const workflows = await this.#rows('/workflows');
    const id = encodeURIComponent(rowId(workflows[0] ?? {}, 'workflow') ?? '');
    const writes: readonly (readonly [string, string, unknown])[] = [
      ['POST', '/workflows', good],
      ['PATCH', `/workflows/${id}`, { name: 'changed' }],
      ['DELETE', `/workflows/${id}`, undefined],
      ['POST', `/workflows/${id}/runs`, { reason: 'r' }],
      ['POST', '/mcp-servers', { name: 'n' }],
    ];
    for (const [method, path, body] of writes) {
      this.#is(
        `viewer ${method} ${path}`,
        await this.#ask(path, { as: 'viewer', method, body }),
        [403],
        'forbidden_role',
      );
      if (!path.includes(id)) continue;
      const foreign = await this.#ask(path, { as: 'otherOrg', method, body });
      const isRole = foreign.status === 403 && memberOf(foreign.body, 'code') === 'forbidden_role';
      this.#holds('a foreign id', foreign.status === 404 || isRole, foreign);
    }
    const refused = await this.#ask('/insights/topics', { as: 'featureDisabled' });
    this.#is('without the feature', refused, [403], 'feature_disabled');
    for (const body of [
      {},
      [],
      'text',
      { ...good, name: null },
      { ...good, criteria: {} },
      { ...good, limits: 7 },
    ])
      this.#is('a body that is wrong', await this.#ask('/workflows', { method: 'POST', body }), [400]);
    for (const body of [
      { name: 'n', transportType: 'carrier-pigeon' },
      { name: 'n', baseUrl: 'no uri' },
    ])
      this.#is('a source that is wrong', await this.#ask('/mcp-servers', { method: 'POST', body }), [400]);
    const made = `${id.slice(0, -3)}${id.slice(-3) === '777' ? '555' : '777'}`;
    this.#is('an unknown id', await this.#ask(`/workflows/${made}`), [400, 404]);
    const method = await this.#ask('/org', { method: 'DELETE' });
    this.#holds('an undocumented method', method.status >= 400 && method.status < 500, method);
    const path = await this.#ask('/nowhere');
    this.#holds('an undocumented path', path.status >= 400 && path.status < 500, path);
  }

  async document(): Promise<void> {
    for (const as of ['none', 'revoked']) {
      const answer = await this.#ask('/openapi', { as });
      this.#is('getOpenapi', answer, [200]);
      const paths = isMembers(answer.body) && isMembers(answer.body['paths']) ? answer.body['paths'] : {};
      const count = Object.values(paths)
        .filter(isMembers)
        .flatMap((item) => Object.keys(item)).length;
      this.#holds('the document is whole', count >= this.#contract.operations.length - 1, count);
    }
  }

  async #ask(path: string, asked: Asked = {}): Promise<Answered> {
    const answer = await ask(this.#mock, path, asked);
    if (answer.status >= 500) this.broken.push(`${path} is ${answer.status}: ${answer.text.slice(0, 200)}`);
    const secrets = Object.values(this.#mock.keys).map((key) => key.slice(-43));
    if (secrets.some((secret) => answer.text.includes(secret))) this.broken.push(`${path} echoes a secret`);
    if (answer.status >= 400) {
      const error = isMembers(answer.body) ? answer.body['error'] : undefined;
      const isError =
        isMembers(error) && typeof error['code'] === 'string' && typeof error['message'] === 'string';
      if (!isError)
        this.broken.push(`${path} is ${answer.status} without an error: ${answer.text.slice(0, 200)}`);
    }
    return answer;
  }

  #is(what: string, answer: Answered, statuses: readonly number[], code?: string): void {
    const isRight =
      statuses.includes(answer.status) && (code === undefined || memberOf(answer.body, 'code') === code);
    if (!isRight) this.broken.push(`${what} is ${answer.status}: ${answer.text.slice(0, 200)}`);
  }

  #holds(what: string, holds: boolean, told: unknown): void {
    if (!holds) this.broken.push(`not true: ${what}: ${JSON.stringify(told)?.slice(0, 300)}`);
  }

  async #rows(path: string): Promise<readonly Members[]> {
    const answer = await this.#ask(path);
    // Beyond the end anything is lawful that holds nothing.
    if (answer.status === 404 && path.includes('page=2')) return [];
    this.#is(path, answer, [200]);
    return arraysIn(answer.body).find((items) => items.length > 0) ?? [];
  }

  /** The rows of the first pages, whether the first is 0 or 1. */
  async #pages(path: string): Promise<readonly Members[]> {
    const rows: Members[] = [];
    for (const page of [0, 1, 2, 3]) {
      const answer = await this.#ask(`${path}&page=${page}`);
      if (answer.status === 200)
        rows.push(...(arraysIn(answer.body).find((items) => items.length > 0) ?? []));
    }
    return rows;
  }

  async #appears(what: string, list: string, thing: string, id: string): Promise<void> {
    this.#clock.at += longestLag;
    const rows = await this.#rows(list);
    this.#holds(
      `${what} is listed`,
      rows.some((row) => rowId(row, thing) === decodeURIComponent(id)),
      { id },
    );
  }

  /** The one id of a body that can be read, as it stands in a path. */
  async #readable(thing: string, answer: Answered, pathOf: (id: string) => string): Promise<string> {
    for (const id of idsIn(answer.body, thing)) {
      if ((await ask(this.#mock, pathOf(encodeURIComponent(id)))).status === 200)
        return encodeURIComponent(id);
    }
    this.broken.push(`nothing of ${answer.text.slice(0, 200)} can be read at ${pathOf('…')}`);
    return '';
  }

  async #firstReadable(list: string, item: string, thing: string): Promise<string> {
    const answer = await this.#ask(list);
    for (const rows of arraysIn(answer.body)) {
      const id = encodeURIComponent(rowId(rows[0] ?? {}, thing) ?? '');
      if (id !== '' && (await this.#ask(`${item}/${id}`)).status === 200) return id;
    }
    this.broken.push(`nothing of ${list} can be read`);
    return '';
  }
}

function scheduleIn(body: unknown): unknown {
  return memberOf(body, 'schedule') ?? (JSON.stringify(body).includes('"schedule":null') ? null : undefined);
}

function workflowIn(run: unknown): unknown {
  const named = memberOf(run, 'workflowId', 'workflow_id');
  const workflow = memberOf(run, 'workflow');
  return named ?? (isMembers(workflow) ? workflow['id'] : undefined);
}
