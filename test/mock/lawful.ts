/** Whether a deployment does what the documentation says, whatever it makes of what the documentation leaves open. */
import { canonicalJson } from '../../src/check/members.ts';
import type { Contract } from '../../src/contract/types.ts';
import type { Mock } from '../../mock/index.ts';
import { longestLag, Trial, type Clock } from './lawful-trial.ts';
import { arraysIn, isMembers, memberOf, rowId, type Members } from './open-body.ts';

const ok = [200, 201, 202, 204] as const;

/** Tries a deployment; gives a line for each documented fact that it breaks. */
export async function unlawful(mock: Mock, contract: Contract, clock: Clock): Promise<readonly string[]> {
  const trial = new Trial(mock, contract, clock);
  await keys(trial);
  const source = await sources(trial);
  const workflow = await workflows(trial, source);
  await dispatches(trial, workflow);
  await runs(trial);
  await archive(trial, workflow);
  await insights(trial);
  await refusals(trial, source);
  await document(trial);
  return trial.broken;
}

async function keys(trial: Trial): Promise<void> {
  for (const { id, method, path, keyless } of trial.contract.operations) {
    if (keyless) continue;
    const target = path.replace(/\{\w+\}/g, 'x');
    const odd = id === 'getOrg' ? ['amt_nobody_nothing', 'ami_us_key_secret'] : [];
    for (const as of ['none', 'revoked', ...odd]) {
      trial.is(`${id} as ${as}`, await trial.ask(target, { as, method }), [401], 'unauthenticated');
    }
  }
  const org = await trial.ask('/org', { as: 'viewer' });
  trial.is('getOrg', org, [200]);
  trial.holds('role of the key', memberOf(org.body, 'role') === 'viewer', org);
}

async function sources(trial: Trial): Promise<string> {
  const list = await trial.ask('/mcp-servers');
  trial.is('listMcpServers', list, [200]);
  const rows =
    isMembers(list.body) && Array.isArray(list.body['rows']) ? list.body['rows'].filter(isMembers) : [];
  trial.holds('sources are listed', rows.length > 3, list);
  for (const row of rows) {
    trial.holds(
      'base_url is a text or null',
      row['base_url'] === null || typeof row['base_url'] === 'string',
      row,
    );
    trial.holds('categories are slugs', Array.isArray(row['categories']), row);
  }
  const names = ['Lawful', '  Grüße 🥐  ', '東京'];
  for (const name of names) {
    const made = await trial.ask('/mcp-servers', {
      method: 'POST',
      as: 'editor',
      body: { name, baseUrl: 'https://lawful.example.com/mcp', transportType: 'sse', limits: {} },
    });
    if (made.status === 400) continue; // An unknown member may be refused.
    trial.is('createMcpServer', made, [201]);
  }
  const body = { name: 'Without', connectionConfig: {}, networkPolicy: {}, authProfile: {} };
  const made = await trial.ask('/mcp-servers', { method: 'POST', body });
  trial.is('createMcpServer', made, [201]);
  const id = await trial.readable('mcpServer', made, (one) => `/mcp-servers/${one}`);
  const read = await trial.ask(`/mcp-servers/${id}`, { as: 'viewer' });
  trial.holds('a source keeps its name', memberOf(read.body, 'name') === 'Without', read);
  await trial.appears('a new source', '/mcp-servers', 'mcpServer', id);
  const first = rows[0]?.['id'];
  return typeof first === 'string' ? first : '';
}

async function workflows(trial: Trial, mcpServerId: string): Promise<string> {
  const name = ' Naïve "test" \\ 工作 ';
  const body = { name, mcpServerId, testerPrompt: 'Try.', metadata: {}, limits: {}, description: 'd' };
  const made = await trial.ask('/workflows', { method: 'POST', as: 'editor', body });
  trial.is('createWorkflow', made, [201]);
  const id = await trial.readable('workflow', made, (one) => `/workflows/${one}`);
  const path = `/workflows/${id}`;
  const read = await trial.ask(path, { as: 'viewer' });
  trial.holds('texts come back', String(memberOf(read.body, 'name')).trim() === name.trim(), read);
  trial.holds('manual-only is null', scheduleIn(read.body) === null, read);
  const before = canonicalJson(memberOf(read.body, 'currentVersion'));
  trial.holds(
    'there is a version',
    memberOf(read.body, 'currentVersion') !== undefined && before !== 'null',
    read,
  );
  const updated = await trial.ask(path, { method: 'PATCH', body: { description: 'e', schedule: null } });
  trial.is('updateWorkflow', updated, [200, 201, 202]);
  const version = canonicalJson(memberOf(updated.body, 'currentVersion'));
  trial.holds('an edit writes a version', version !== undefined && version !== before, updated);
  const again = await trial.ask(path);
  trial.holds('an edit persists', memberOf(again.body, 'description') === 'e', again);
  trial.holds('an edit leaves the rest', memberOf(again.body, 'name') === memberOf(read.body, 'name'), again);
  trial.holds(
    'the version is read',
    canonicalJson(memberOf(again.body, 'currentVersion')) === version,
    again,
  );
  await trial.appears('a new workflow', '/workflows', 'workflow', id);
  return id;
}

async function dispatches(trial: Trial, workflow: string): Promise<void> {
  const dispatch = async (body: Members): Promise<string> => {
    const answer = await trial.ask(`/workflows/${workflow}/runs`, { method: 'POST', body });
    trial.is('dispatchRun', answer, body['idempotencyKey'] === undefined ? [202] : [200, 202]);
    return trial.readable('run', answer, (one) => `/runs/${one}`);
  };
  const first = await dispatch({ reason: 'lawful one', idempotencyKey: 'k1' });
  const read = await trial.ask(`/runs/${first}`);
  const isOver = ['pass', 'fail'].includes(String(memberOf(read.body, 'status')));
  const second = await dispatch({ reason: 'lawful one', idempotencyKey: 'k1' });
  trial.holds('the same key is the same run', isOver || first === second, { first, second });
  const forced = await dispatch({ reason: 'lawful two', idempotencyKey: 'k1', forceNewRun: true });
  trial.holds('a forced run is another', forced !== first, { first, forced });
  trial.clock.at += longestLag;
  const rows = await trial.pages(`/runs?workflowId=${workflow}`);
  trial.holds(
    'a run is listed',
    rows.some((row) => rowId(row, 'run') === decodeURIComponent(forced)),
    rows,
  );
  for (const row of rows)
    trial.holds('the filter filters', workflowIn(row) === decodeURIComponent(workflow), row);
  const over = await trial.ask(`/runs/${first}`);
  trial.holds('a run ends', ['pass', 'fail'].includes(String(memberOf(over.body, 'status'))), over);
  trial.holds('a run names its workflow', workflowIn(over.body) === decodeURIComponent(workflow), over);
}

async function runs(trial: Trial): Promise<void> {
  const all = await trial.rows('/runs');
  trial.holds('runs are listed', all.length > 0, all);
  const [row] = all;
  const finished = (await trial.rows('/runs?status=pass'))[0];
  for (const one of await trial.rows('/runs?status=fail'))
    trial.holds('the status filters', one['status'] === 'fail', one);
  trial.holds('search for nothing', (await trial.rows('/runs?search=zzz-nowhere-zzz')).length === 0, '');
  trial.holds('a page is no larger', (await trial.rows('/runs?pageSize=2')).length <= 2, '');
  const both = [await trial.rows('/runs?page=1&pageSize=2'), await trial.rows('/runs?page=2&pageSize=2')];
  const ids = both.flat().map((one) => rowId(one, 'run'));
  trial.holds('pages do not overlap', new Set(ids).size === ids.length, ids);
  const id = encodeURIComponent(rowId(finished ?? row ?? {}, 'run') ?? '');
  const read = await trial.ask(`/runs/${id}`);
  trial.is('getRun', read, [200]);
  trial.holds('list and record agree', memberOf(read.body, 'status') === (finished ?? row)?.['status'], read);
  for (const report of ['trace', 'evaluation', 'tool-calls'])
    trial.is(report, await trial.ask(`/runs/${id}/${report}`), [200]);
  const calls = arraysIn((await trial.ask(`/runs/${id}/tool-calls`)).body).flat();
  trial.holds('tool calls are rows', calls.length > 0 && Object.keys(calls[0] ?? {}).length >= 2, calls);
}

async function archive(trial: Trial, workflow: string): Promise<void> {
  const archived = await trial.ask(`/workflows/${workflow}`, { method: 'DELETE' });
  trial.is('archiveWorkflow', archived, [200, 202]);
  trial.holds('ok', isMembers(archived.body) && archived.body['ok'] === true, archived);
  trial.clock.at += longestLag;
  const rows = await trial.rows('/workflows');
  trial.holds(
    'an archived one is not listed',
    rows.every((row) => rowId(row, 'workflow') !== decodeURIComponent(workflow)),
    rows,
  );
}

async function insights(trial: Trial): Promise<void> {
  trial.is('overview', await trial.ask('/insights/overview?range=90d'), [200]);
  for (const [list, item, thing] of [
    ['/insights/topics?range=90d', '/insights/topics', 'topic'],
    ['/insights/searches?range=90d', '/insights/searches', 'search'],
  ] as const) {
    const id = await trial.firstReadable(list, item, thing);
    if (thing === 'topic') await topic(trial, `${item}/${id}`);
    trial.holds('limit', (await trial.rows(`${list}&limit=1`)).length <= 1, list);
  }
  const sessions = await trial.rows('/insights/sessions?range=24h&limit=100');
  const [session] = sessions;
  for (const row of sessions) {
    const counts = [row['event_count'], row['ok_count'], row['error_count']];
    trial.holds(
      'counts',
      counts.every((count) => Number.isInteger(count) && Number(count) >= 0),
      row,
    );
    trial.holds('a session has a key', typeof row['session_key'] === 'string', row);
    for (const name of ['raw_intent', 'mcp_server_id'])
      trial.holds(name, row[name] === null || typeof row[name] === 'string', row);
  }
  const trace = await trial.ask(
    `/insights/sessions/${encodeURIComponent(rowId(session ?? {}, 'session') ?? '')}/trace`,
  );
  trial.is('getSessionTrace', trace, [200]);
  const named = isMembers(trace.body) ? trace.body['session'] : undefined;
  const key = isMembers(named) ? named['session_key'] : undefined;
  trial.holds('the trace names its session', key === undefined || key === session?.['session_key'], trace);
  const intent = String(sessions.find((row) => row['raw_intent'] !== null)?.['raw_intent']);
  const asked = await trial.rows(
    `/insights/sessions?range=24h&limit=100&intent=${encodeURIComponent(intent)}`,
  );
  const missing = sessions.filter(
    (row) => row['raw_intent'] === intent && !asked.some((other) => other['id'] === row['id']),
  );
  trial.holds('the intent finds', missing.length === 0, missing);
}

async function topic(trial: Trial, path: string): Promise<void> {
  const changed = await trial.ask(path, {
    method: 'PATCH',
    body: { label: 'Lawful', is_unmet_demand: true },
  });
  trial.is('updateTopic', changed, ok);
  trial.holds('a label persists', memberOf((await trial.ask(path)).body, 'label') === 'Lawful', changed);
  trial.is('archiving a topic', await trial.ask(path, { method: 'PATCH', body: { archived: true } }), ok);
  trial.is('bringing it back', await trial.ask(path, { method: 'PATCH', body: { archived: false } }), ok);
  trial.is('reading it again', await trial.ask(path), [200]);
}

async function refusals(trial: Trial, source: string): Promise<void> {
  const good = { name: 'n', mcpServerId: source, testerPrompt: 'p' };
  const listed = await trial.rows('/workflows');
  const id = encodeURIComponent(rowId(listed[0] ?? {}, 'workflow') ?? '');
  const writes: readonly (readonly [string, string, unknown])[] = [
    ['POST', '/workflows', good],
    ['PATCH', `/workflows/${id}`, { name: 'changed' }],
    ['DELETE', `/workflows/${id}`, undefined],
    ['POST', `/workflows/${id}/runs`, { reason: 'r' }],
    ['POST', '/mcp-servers', { name: 'n' }],
  ];
  for (const [method, path, body] of writes) {
    trial.is(
      `viewer ${method} ${path}`,
      await trial.ask(path, { as: 'viewer', method, body }),
      [403],
      'forbidden_role',
    );
    if (!path.includes(id)) continue;
    const foreign = await trial.ask(path, { as: 'otherOrg', method, body });
    const isRole = foreign.status === 403 && memberOf(foreign.body, 'code') === 'forbidden_role';
    trial.holds('a foreign id', foreign.status === 404 || isRole, foreign);
  }
  const refused = await trial.ask('/insights/topics', { as: 'featureDisabled' });
  trial.is('without the feature', refused, [403], 'feature_disabled');
  for (const body of [
    {},
    [],
    'text',
    { ...good, name: null },
    { ...good, criteria: {} },
    { ...good, limits: 7 },
  ])
    trial.is('a body that is wrong', await trial.ask('/workflows', { method: 'POST', body }), [400]);
  for (const body of [
    { name: 'n', transportType: 'carrier-pigeon' },
    { name: 'n', baseUrl: 'no uri' },
  ])
    trial.is('a source that is wrong', await trial.ask('/mcp-servers', { method: 'POST', body }), [400]);
  const made = `${id.slice(0, -3)}${id.slice(-3) === '777' ? '555' : '777'}`;
  trial.is('an unknown id', await trial.ask(`/workflows/${made}`), [400, 404]);
  const method = await trial.ask('/org', { method: 'DELETE' });
  trial.holds('an undocumented method', method.status >= 400 && method.status < 500, method);
  const path = await trial.ask('/nowhere');
  trial.holds('an undocumented path', path.status >= 400 && path.status < 500, path);
}

async function document(trial: Trial): Promise<void> {
  for (const as of ['none', 'revoked']) {
    const answer = await trial.ask('/openapi', { as });
    trial.is('getOpenapi', answer, [200]);
    const paths = isMembers(answer.body) && isMembers(answer.body['paths']) ? answer.body['paths'] : {};
    const count = Object.values(paths)
      .filter(isMembers)
      .flatMap((item) => Object.keys(item)).length;
    trial.holds('the document is whole', count >= trial.contract.operations.length - 1, count);
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
