/**
 * Tells an organization whose plan allows no writes from a target that refuses a write against the contract. How such
 * an organization is answered is left open; that every role is refused every write alike is all that is known.
 */
import { memberAt } from '../check/members.ts';
import type { Contract, Operation } from '../contract/types.ts';
import { causedByMaking, effectOf } from '../plan/promise.ts';
import { isRead, pathParameters, requestOf } from '../plan/request.ts';
import type { JsonValue, RequestPlan } from '../plan/types.ts';
import { validBody } from '../plan/valid-body.ts';
import { bodyOf, CaseContext, statusOf, succeeded } from './case-context.ts';
import type { Sent } from './evidence.ts';
import { itemsWithIds, widestQuery } from './listing.ts';
import type { Run } from './run.ts';
import { Inconclusive, InconclusiveForAll } from './stop.ts';

export interface OrganizationPlan {
  /** Why a refused write says nothing of the API; undefined where it is to be judged. */
  objection(sent: Sent, plan: RequestPlan): Promise<Inconclusive | undefined>;
}

/** The writes of a run that were refused; whether all are is found out once for each way of refusing. */
export function createOrganizationPlan(run: Run): OrganizationPlan {
  let taken = false;
  const known = new Map<string, Promise<boolean>>();
  return {
    async objection(sent, plan) {
      const operation = run.findOperation(plan.operation);
      if (operation === undefined || isRead(operation) || operation.method !== plan.method) return undefined;
      const credential = run.contract.credentials[plan.presented.credential];
      if (credential?.kind !== 'role' || plan.presented.form !== 'bearer') return undefined;
      taken ||= succeeded(sent);
      const refusal = undocumentedRefusal(run.contract, sent);
      if (taken || refusal === undefined) return undefined;
      const asked = known.get(refusal) ?? refusesAll(run, refusal);
      known.set(refusal, asked);
      if (!(await asked) || taken) return undefined;
      return new InconclusiveForAll(
        `every write of every role is refused alike, with ${refusal}: the organization's plan?`,
        'Give keys of an organization that may write, or choose the profile read.',
      );
    },
  };
}

/** A refusal that no role explains: 402, or 403 with a code that is not documented. */
function undocumentedRefusal({ errors }: Contract, sent: Sent): string | undefined {
  const status = statusOf(sent);
  if (status !== 402 && status !== 403) return undefined;
  const code = memberAt(bodyOf(sent), 'error.code');
  const word = typeof code === 'string' && /^[\w.-]{1,60}$/.test(code) ? ` ${code}` : '';
  if (status === 402) return `402${word}`;
  const documented = Object.values(errors).some((error) => error.status === 403 && error.code === code);
  return typeof code !== 'string' || documented ? undefined : `403${word}`;
}

/** Whether every write that can be tried by every role that may is refused so; false where none can be tried. */
async function refusesAll(run: Run, refusal: string): Promise<boolean> {
  const context = new CaseContext(run, 'organization-plan', 'organization-plan', 'look');
  context.keepsEvidence = false;
  const real = run.config.profile === 'full' ? await createsOf(run, context) : [];
  let tried = 0;
  for (const plan of real.length > 0 ? real : harmlessWrites(run)) {
    const operation = run.operation(plan.operation);
    run.meter.excuse(effectOf(operation, plan), 1);
    try {
      const sent = await context.send(plan, { marker: run.nextMarker() });
      if (undocumentedRefusal(run.contract, sent) !== refusal) return false;
      tried++;
    } catch (error) {
      // Nothing is there to aim it at.
      if (!(error instanceof Inconclusive)) throw error;
    }
  }
  return tried > 0;
}

/** Each create by each role that may, what can be archived first: a target that is no such one takes the first. */
async function createsOf(run: Run, context: CaseContext): Promise<readonly RequestPlan[]> {
  const { contract, config } = run;
  const plans: RequestPlan[] = [];
  const resources = Object.values(contract.resources).toSorted(
    (a, b) => Number(a.cleanup === 'never') - Number(b.cleanup === 'never'),
  );
  for (const resource of resources) {
    const create = resource.create === undefined ? undefined : run.operation(resource.create);
    if (create?.effect !== 'create' || pathParameters(create).length > 0) continue;
    if ((config.without ?? []).some((what) => causedByMaking(contract, resource, what))) continue;
    const body = await withListedIds(
      run,
      context,
      validBody(contract, create, config.seed, 'organization-plan'),
    );
    if (body === undefined) continue;
    for (const by of run.givenFor(create)) plans.push(requestOf(create, by, { body }));
  }
  return plans;
}

/** A body with the ids of what is listed, not of what the run would have to make first; undefined where there is none. */
async function withListedIds(
  run: Run,
  context: CaseContext,
  body: JsonValue,
): Promise<JsonValue | undefined> {
  let text = JSON.stringify(body);
  for (const [token = '', name = ''] of text.matchAll(/\{\{(?:listed|made):([\w-]+)[^{}]*\}\}/g)) {
    const resource = run.contract.resources[name];
    const list = resource?.list === undefined ? undefined : run.operation(resource.list);
    const by = list === undefined ? undefined : run.givenFor(list).at(-1);
    if (resource === undefined || list === undefined || by === undefined) return undefined;
    const sent = await context.send(requestOf(list, by, { query: widestQuery(list) }));
    const [item] = itemsWithIds(bodyOf(sent), resource);
    if (item === undefined) return undefined;
    text = text.replaceAll(token, () => JSON.stringify(item.id).slice(1, -1));
  }
  const filled: JsonValue = JSON.parse(text);
  return filled;
}

/** Each write by each role that may, at an id that nothing has and with a body that nothing can be made from. */
function harmlessWrites(run: Run): readonly RequestPlan[] {
  const writes = run.contract.operations.filter((operation) => !isRead(operation));
  return writes.flatMap((operation) => run.givenFor(operation).map((by) => harmless(operation, by)));
}

function harmless(operation: Operation, by: string): RequestPlan {
  return requestOf(operation, by, {
    ids: 'unknown',
    ...(operation.request === undefined ? {} : { body: [] }),
  });
}
