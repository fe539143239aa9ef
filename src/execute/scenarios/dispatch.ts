/** What a dispatch queues: one run for each key, found where it belongs, moving forward only. */
import { firstMember, isId, valuesOf } from '../../check/members.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { deniedCredentials, errorOf, pathParameters, requestOf } from '../../plan/request.ts';
import type { JsonRecord } from '../../plan/valid-body.ts';
import { bodyOf, statusOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { readPlan } from '../fixtures.ts';
import { createdIds } from '../ledger.ts';
import { widestQuery, type Item } from '../listing.ts';
import { NotApplicable } from '../stop.ts';
import { walkPages } from './pages.ts';
import { eventually, operationOfResource, pause, resourceIn, type Scenario } from './scenario.ts';

interface Dispatched {
  readonly sent: Sent;
  readonly id: string | undefined;
}

interface Dispatching {
  readonly resource: Resource;
  readonly operation: Operation;
  readonly read: Operation;
  readonly by: string;
  /** Makes something to dispatch; gives its id. */
  owner(): Promise<string>;
  send(owner: string, body: JsonRecord): Promise<Dispatched>;
  statusOfRun(id: string): Promise<string | undefined>;
}

function dispatching(context: CaseContext, parameters: Parameters<Scenario>[2], by: string): Dispatching {
  const resource = resourceIn(context, parameters);
  const operation = operationOfResource(context, resource, 'create');
  const read = operationOfResource(context, resource, 'read');
  const parameter = pathParameters(operation).at(-1);
  return {
    resource,
    operation,
    read,
    by,
    owner: async () => (await context.run.fixtures.make(parameter?.resource ?? '')).id,
    async send(owner, body) {
      const sent = await context.send({
        ...requestOf(operation, by, { body }),
        pathValues: { [parameter?.name ?? '']: owner },
      });
      return {
        sent,
        id: succeeded(sent)
          ? await knownId(context, read, by, createdIds(bodyOf(sent), resource))
          : undefined,
      };
    },
    async statusOfRun(id) {
      const sent = await context.send(readPlan(read, by, id));
      return succeeded(sent) ? stateIn(bodyOf(sent), resource) : undefined;
    },
  };
}

/** Of the ids that an answer may mean, the one that the read knows; the likeliest where it knows none. */
async function knownId(
  context: CaseContext,
  read: Operation,
  by: string,
  ids: readonly string[],
): Promise<string | undefined> {
  if (ids.length < 2) return ids[0];
  for (const id of ids) if (succeeded(await context.run.support.send(readPlan(read, by, id)))) return id;
  return ids[0];
}

/** The state of a run as a body says it: in the record, or in the object that wraps it. */
function stateIn(body: unknown, resource: Resource): string | undefined {
  const values = valuesOf(body, resource.states?.member ?? 'status', 2);
  return values.find((value) => typeof value === 'string');
}

function isTerminal(resource: Resource, state: string | undefined): boolean {
  return state !== undefined && (resource.states?.terminal ?? []).includes(state);
}

/** Takes a dispatch as the documented success; gives its run, or undefined after a finding. */
function queuedRun(
  context: CaseContext,
  d: Dispatching,
  { sent, id }: Dispatched,
  replay: boolean,
): string | undefined {
  const { status, schema } = d.operation.success;
  const statuses = replay
    ? [...new Set([status, ...(d.operation.idempotency?.replayStatuses ?? [])])]
    : [status];
  context.expect(sent, {
    answers: statuses.map((one) => ({ status: one, schema })),
    fact: `${d.operation.id}/success`,
    says: `A dispatch is answered with ${statuses.join(' or ')} and the id of the run.`,
  });
  return id;
}

/** All runs of an owner. */
async function runsOf(
  context: CaseContext,
  d: Dispatching,
  owner: string,
): Promise<{ items: readonly Item[]; sent: Sent | undefined }> {
  const list = operationOfResource(context, d.resource, 'list');
  const parameter = d.resource.belongsTo?.parameter ?? '';
  const walk = await walkPages(context, list, d.resource, d.by, [...widestQuery(list), [parameter, owner]], {
    mostPages: 10,
  });
  return { items: walk.items, sent: walk.pages.at(-1)?.sent };
}

/** The run is in the list of its owner and of no other; waits a little for it to appear. */
async function checkBelongs(context: CaseContext, d: Dispatching, owner: string, id: string): Promise<void> {
  let last: Awaited<ReturnType<typeof runsOf>> | undefined;
  const there = await eventually(async () => {
    last = await runsOf(context, d, owner);
    return last.items.some((item) => item.id === id);
  });
  const row = last?.items.find((item) => item.id === id);
  if (!there || row === undefined) {
    context.fail(
      'dispatch-run',
      'missing',
      `The queued ${d.resource.id} is not in the list of its owner.`,
      {
        expected: `an item with the id ${id}`,
        actual: `${last?.items.length ?? 0} items without it`,
      },
      last?.sent,
    );
    return;
  }
  const members = d.resource.belongsTo?.member ?? [];
  const owned = firstMember(row.value, members);
  if (owned !== owner) {
    context.fail(
      'dispatch-run',
      'disagreement',
      `The queued ${d.resource.id} belongs to another owner than the one asked for.`,
      {
        expected: owner,
        actual: JSON.stringify(owned) ?? 'nothing',
      },
      last?.sent,
    );
  }
}

/** A dispatch is found by its id and in the list. */
export const queued: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const owner = await d.owner();
  const dispatch = await d.send(owner, { reason: 'conformance run' });
  const id = queuedRun(context, d, dispatch, false);
  if (id === undefined) return;
  let detail: Sent | undefined;
  const readable = await eventually(async () => {
    detail = await context.send(readPlan(d.read, d.by, id));
    return succeeded(detail);
  });
  if (!readable || detail === undefined) {
    context.fail(
      'dispatch-run',
      'missing',
      `The queued ${d.resource.id} cannot be read by the id that the dispatch gave.`,
      {
        expected: String(d.read.success.status),
        actual: detail === undefined ? 'no answer' : String(statusOf(detail)),
      },
      detail,
    );
    return;
  }
  context.expectSuccess(detail, d.read, `${d.read.id}/success`);
  const owners = ownersIn(bodyOf(detail), d.resource);
  if (owners.length > 0 && !owners.includes(owner)) {
    context.fail(
      'dispatch-run',
      'disagreement',
      `The queued ${d.resource.id} names another owner than the one asked for.`,
      {
        expected: owner,
        actual: owners.join(', '),
      },
      detail,
    );
  }
  await checkBelongs(context, d, owner, id);
};

/** The owners that a record names, bare or wrapped. */
export function ownersIn(body: unknown, resource: Resource): readonly string[] {
  const members = resource.belongsTo?.member ?? [];
  const wrapped = members.flatMap((member) => [member, `${resource.id}.${member}`, `data.${member}`]);
  return [...new Set(wrapped.map((member) => firstMember(body, [member])).filter(isId))];
}

const rounds = 3;

/** The same key returns the same run; on another owner it is another run. */
export const idempotent: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const member = d.operation.idempotency?.key ?? '';
  const owner = await d.owner();
  const key = await replayed(context, d, member, async (body) => [
    await d.send(owner, body),
    await d.send(owner, body),
  ]);
  if (key === undefined) return;
  await checkRemembered(context, d, owner, member, key);
  await checkRefusedReplay(context, d, owner, { [member]: key.key });
  const elsewhere = await d.owner();
  const there = await d.send(elsewhere, { [member]: key.key });
  const other = queuedRun(context, d, there, false);
  if (other === undefined) return;
  if (other === key.id) {
    context.fail(
      'dispatch-idempotent',
      'id',
      `The same ${member} on another owner gives the run of the first one.`,
      {
        expected: 'another run id',
        actual: other,
      },
      there.sent,
    );
    return;
  }
  await checkBelongs(context, d, elsewhere, other);
};

/** A known key gives nothing to a role that may not dispatch. */
async function checkRefusedReplay(
  context: CaseContext,
  d: Dispatching,
  owner: string,
  body: JsonRecord,
): Promise<void> {
  const { contract, keyring } = context.run;
  for (const credential of deniedCredentials(contract, d.operation).filter((id) => keyring.given.has(id))) {
    const sent = await context.send({
      ...requestOf(d.operation, credential, { body }),
      pathValues: { [pathParameters(d.operation).at(-1)?.name ?? '']: owner },
    });
    context.expect(sent, {
      answers: [errorOf(contract, 'forbidden_role')],
      fact: 'role-enforced',
      says: `${d.operation.id} is not for the role ${credential}, also with a known key: 403 forbidden_role.`,
    });
  }
}

/** The key still counts a little later, while the run is under way and has moved on. */
async function checkRemembered(
  context: CaseContext,
  d: Dispatching,
  owner: string,
  member: string,
  { key, id }: { readonly key: string; readonly id: string },
): Promise<void> {
  const first = await d.statusOfRun(id);
  let now = first;
  for (let looks = 0; looks < 20 && now === first && !isTerminal(d.resource, now); looks++) {
    await pause(50);
    now = await d.statusOfRun(id);
  }
  queuedRun(context, d, await d.send(owner, { [member]: context.run.nextMarker() }), true);
  const later = await d.send(owner, { [member]: key, reason: 'the same key, after another one' });
  const again = queuedRun(context, d, later, true);
  if (again === undefined || again === id || isTerminal(d.resource, await d.statusOfRun(id))) return;
  context.fail(
    'dispatch-idempotent',
    'id',
    `The same ${member} gives another run while the first one is under way, after another key was used.`,
    {
      expected: `the run ${id}`,
      actual: again,
    },
    later.sent,
  );
}

/** The same key at the same moment is one run. */
export const idempotentAtOnce: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const member = d.operation.idempotency?.key ?? '';
  const owner = await d.owner();
  await replayed(context, d, member, (body) =>
    Promise.all(Array.from({ length: 6 }, () => d.send(owner, body))),
  );
};

/**
 * Sends dispatches with one key and looks at their run ids. How long a key is remembered once its run has ended is
 * left open, so different ids count only while the first run is still under way; else it is tried again.
 */
async function replayed(
  context: CaseContext,
  d: Dispatching,
  member: string,
  send: (body: JsonRecord) => Promise<readonly Dispatched[]>,
): Promise<{ key: string; id: string } | undefined> {
  for (let round = 0; round < rounds; round++) {
    const key = context.run.nextMarker();
    const all = await send({ [member]: key });
    const ids = all.map((one, index) => queuedRun(context, d, one, index > 0 || all.length > 2));
    const [first] = ids;
    if (first === undefined || ids.includes(undefined)) return undefined;
    const different = ids.find((id) => id !== first);
    if (different === undefined) return { key, id: first };
    const states = await Promise.all([d.statusOfRun(first), d.statusOfRun(different)]);
    if (states.some((state) => isTerminal(d.resource, state))) continue;
    context.fail(
      'dispatch-idempotent',
      'id',
      `The same ${member} gives another run.`,
      {
        expected: `the run ${first}`,
        actual: [...new Set(ids)].join(', '),
      },
      all.find(({ id }) => id === different)?.sent,
    );
    return undefined;
  }
  throw new NotApplicable(
    'runs end at once on this target, and how long their idempotencyKey is remembered then is left open',
    'Nothing to do: it cannot be told from a lawful freedom.',
  );
}

/** forceNewRun queues another run, with the key or without. */
export const forced: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const { key: member = '', force = '' } = d.operation.idempotency ?? {};
  const owner = await d.owner();
  const key = context.run.nextMarker();
  const first = queuedRun(context, d, await d.send(owner, { [member]: key }), false);
  const again = await d.send(owner, { [member]: key, [force]: true });
  const second = queuedRun(context, d, again, false);
  const alone = await d.send(owner, { [force]: true });
  const third = queuedRun(context, d, alone, false);
  if (first === undefined || second === undefined || third === undefined) return;
  for (const [id, before, sent] of [
    [second, [first], again.sent],
    [third, [first, second], alone.sent],
  ] as const) {
    if (!before.includes(id)) continue;
    context.fail(
      'dispatch-forced',
      'id',
      `${force} does not queue another run.`,
      {
        expected: `another run id than ${before.join(', ')}`,
        actual: id,
      },
      sent,
    );
    return;
  }
  await checkBelongs(context, d, owner, second);
};

/** How long a run is watched, in ms: one that takes longer is judged by what was seen so far. */
const watchMs = 6_000;

/** A run moves forward only, and its end stays. */
export const forward: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const owner = await d.owner();
  const id = queuedRun(context, d, await d.send(owner, { reason: 'conformance run' }), false);
  if (id === undefined) return;
  for (const operation of partsOf(context, d)) {
    // What there is to read of a run that has not ended is left open.
    context.expect(await context.send(readPlan(operation, d.by, id)), {
      answers: [{ status: operation.success.status, schema: operation.success.schema }, { status: '4xx' }],
      fact: 'no-server-error',
      says: 'What belongs to a run that has not ended is read with a 2xx or a 4xx.',
    });
  }
  const seen = await watch(context, d, id);
  const last = seen.at(-1);
  if (last === undefined || !isTerminal(d.resource, last)) {
    context.note(`the run had not ended after ${watchMs} ms (${seen.join(' -> ')})`);
    return;
  }
  const row = (await runsOf(context, d, owner)).items.find((item) => item.id === id);
  const listed = row?.value[d.resource.states?.member ?? 'status'];
  if (row !== undefined && listed !== last) {
    context.fail('list-detail-agree', 'disagreement', 'The list shows another status than the run itself.', {
      expected: last,
      actual: JSON.stringify(listed) ?? 'nothing',
    });
  }
  await readFinished(context, d, id);
};

async function watch(context: CaseContext, d: Dispatching, id: string): Promise<readonly string[]> {
  const order = d.resource.states?.pending ?? [];
  const rank = (state: string): number =>
    isTerminal(d.resource, state) ? order.length : order.indexOf(state);
  const seen: string[] = [];
  const started = performance.now();
  let ended = 0;
  for (let wait = 30; performance.now() - started < watchMs && ended < 4; wait = Math.min(wait * 1.3, 400)) {
    const sent = await context.send(readPlan(d.read, d.by, id));
    const state = stateIn(bodyOf(sent), d.resource);
    const before = seen.at(-1);
    if (state !== undefined && state !== before) {
      const back =
        before !== undefined &&
        (isTerminal(d.resource, before) || (rank(state) >= 0 && rank(state) < Math.max(...seen.map(rank))));
      if (back) {
        context.fail(
          'run-forward',
          'state',
          isTerminal(d.resource, before) ? 'A terminal status changed.' : 'The run moved backward.',
          {
            expected: isTerminal(d.resource, before) ? `${before}, as before` : `${before} or a later status`,
            actual: state,
          },
          sent,
        );
        return seen;
      }
      seen.push(state);
    }
    if (isTerminal(d.resource, state)) ended++;
    await pause(wait);
  }
  return seen;
}

/** The reads of what belongs to a run: its trace, its evaluation, its tool calls. */
function partsOf(context: CaseContext, d: Dispatching): readonly Operation[] {
  return context.run.contract.operations.filter((operation) => {
    const parameter = pathParameters(operation).at(-1);
    return (
      operation.effect === 'read' && parameter?.resource === d.resource.id && parameter.state !== undefined
    );
  });
}

/** What a finished run has to show. */
async function readFinished(context: CaseContext, d: Dispatching, id: string): Promise<void> {
  for (const operation of partsOf(context, d)) {
    const sent = await context.send(readPlan(operation, d.by, id));
    context.expectSuccess(sent, operation, `${operation.id}/success`);
  }
}
