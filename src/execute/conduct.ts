/** How a case conducts itself: what it writes to is its own, or booked and given back; what it made is claimed. */
import type { Operation } from '../contract/types.ts';
import type { RequestPlan } from '../plan/types.ts';
import { requireOwnAim, type Aim } from './aim.ts';
import type { CaseContext } from './case-context.ts';
import { resourceMadeBy, type Claim } from './claim.ts';
import { succeeded, type Sent } from './evidence.ts';

/** A request that is about to go out, and what it aims at. */
export interface Aimed {
  readonly operation: Operation;
  readonly plan: RequestPlan;
  readonly aims: readonly Aim[];
}

/** Sees to what has to be known and booked before a write goes out. Throws Inconclusive for one that must not. */
export async function clearToSend(
  { run }: CaseContext,
  { operation, plan, aims }: Aimed,
  body: string | undefined,
): Promise<void> {
  run.requireGoing();
  await requireOwnAim(run, operation, plan, aims, body);
  if (operation.method !== plan.method) return;
  await run.ownership.lookBefore(operation, plan.presented.credential);
  run.ledger.intend(operation, body, plan.presented.credential);
}

/**
 * Sees to what an answered write came to: what it made is claimed, and what it changed of what the run did not make is
 * given back.
 * @param givesBack whether the caller gives it back itself, later
 */
export async function takeEffect(
  context: CaseContext,
  { operation, plan, aims }: Aimed,
  sent: Sent,
  givesBack: boolean,
): Promise<void> {
  const { run } = context;
  if (operation.method !== plan.method) return;
  const claim = await run.ownership.prove(operation, sent, aims);
  if (claim?.kind === 'other') failNotMade(context, operation, sent, claim);
  if (givesBack || context.tidies || operation.effect !== 'update' || !succeeded(sent)) return;
  const resource = Object.values(run.contract.resources).find(({ update }) => update === operation.id);
  const aimed = aims.at(-1)?.id ?? '';
  if (resource === undefined) return;
  const { kind } = await run.originals.giveBack(resource, aimed);
  if (kind === 'restored') context.note(`put the ${resource.id} ${aimed} back as it was`);
}

/** A create must make something of its own. */
function failNotMade(
  context: CaseContext,
  operation: Operation,
  sent: Sent,
  { id, name, why }: Extract<Claim, { kind: 'other' }>,
): void {
  const what = resourceMadeBy(context.run, operation)?.id ?? 'resource';
  context.fail(
    'create-distinct',
    'id',
    `What ${operation.method} ${operation.path} answered is no ${what} of its own: ${why}.`,
    { expected: `a new ${what} with the name that was sent`, actual: name === '' ? id : `${id} "${name}"` },
    sent,
  );
}
