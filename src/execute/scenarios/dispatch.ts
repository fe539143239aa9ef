/** What a dispatch queues: one run for each key, found where it belongs, moving forward only. */
import { firstMember, isId, valuesOf } from '../../check/members.ts';
import { describeAnswers } from '../../check/expectation.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { successesAs } from '../../oracle/lawful.ts';
import { pathParameters, requestOf } from '../../plan/request.ts';
import type { JsonRecord } from '../../plan/valid-body.ts';
import { bodyOf, described, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { planAt } from '../fixtures.ts';
import { createdIds } from '../ledger.ts';
import { widestQuery, type Item } from '../listing.ts';
import { walkReadable } from './pages.ts';
import { eventually } from '../steady-compare.ts';
import { readAgain } from '../sure-read.ts';
import { operationOfResource, resourceIn, type Scenario } from './scenario.ts';

export interface Dispatched {
  readonly sent: Sent;
  readonly id: string | undefined;
}

export interface Dispatching {
  readonly resource: Resource;
  readonly operation: Operation;
  readonly read: Operation;
  readonly by: string;
  /** Makes something to dispatch; gives its id. */
  owner(): Promise<string>;
  send(owner: string, body: JsonRecord): Promise<Dispatched>;
  statusOfRun(id: string): Promise<string | undefined>;
}

/** What the steps of a dispatch case have in common: the operations, who asks, and how a run is found. */
export function dispatching(
  context: CaseContext,
  parameters: Parameters<Scenario>[2],
  by: string,
): Dispatching {
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
      const sent = await context.send(planAt(read, by, id));
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
  for (const id of ids) if (succeeded(await readAgain(context.run.support, planAt(read, by, id)))) return id;
  return ids[0];
}

/** The state of a run as a body says it: in the record, or in the object that wraps it. */
export function stateIn(body: unknown, resource: Resource): string | undefined {
  const values = valuesOf(body, resource.states?.member ?? 'status', 2);
  return values.find((value) => typeof value === 'string');
}

/** True for a state that a run ends in. */
export function isTerminal(resource: Resource, state: string | undefined): boolean {
  return state !== undefined && (resource.states?.terminal ?? []).includes(state);
}

/** True for a state that is documented as one before the end. */
export function isUnderWay(resource: Resource, state: string | undefined): boolean {
  return state !== undefined && (resource.states?.pending ?? []).includes(state);
}

/** Takes a dispatch as the documented success; gives its run, or undefined after a finding. */
export function queuedRun(
  context: CaseContext,
  d: Dispatching,
  { sent, id }: Dispatched,
  replay: boolean,
): string | undefined {
  const answers = successesAs(context.run.contract, d.operation, replay);
  context.expect(sent, {
    answers,
    fact: `${d.operation.id}/success`,
    says: `A dispatch is answered with ${describeAnswers(answers)} and the id of the run.`,
  });
  return id;
}

/** All runs of an owner. */
export async function runsOf(
  context: CaseContext,
  d: Dispatching,
  owner: string,
): Promise<{ items: readonly Item[]; sent: Sent | undefined }> {
  const list = operationOfResource(context, d.resource, 'list');
  const parameter = d.resource.belongsTo?.parameter ?? '';
  const query = [...widestQuery(list), [parameter, owner] as const];
  const walk = await walkReadable(
    context,
    { operation: list, resource: d.resource, by: d.by, query },
    { mostPages: 10 },
  );
  return { items: walk.items, sent: walk.pages.at(-1)?.sent };
}

/** The run is in the list of its owner and of no other; waits a little for it to appear. */
export async function checkBelongs(
  context: CaseContext,
  d: Dispatching,
  owner: string,
  id: string,
): Promise<void> {
  let last: Awaited<ReturnType<typeof runsOf>> | undefined;
  const there = await eventually(context, async () => {
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

/** A reason that no other dispatch gives: two with the same one may lawfully be one run. */
export function reasonOf(context: CaseContext): string {
  return `conformance run ${context.run.nextMarker()}`;
}

/** A dispatch is found by its id and in the list. */
export const queued: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const owner = await d.owner();
  const dispatch = await d.send(owner, { reason: reasonOf(context) });
  const id = queuedRun(context, d, dispatch, false);
  if (id === undefined) return;
  const detail = await readAgain(context, planAt(d.read, d.by, id));
  if (!succeeded(detail)) {
    context.fail(
      'dispatch-run',
      'missing',
      `The queued ${d.resource.id} cannot be read by the id that the dispatch gave.`,
      {
        expected: String(d.read.success.status),
        actual: described(detail),
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
