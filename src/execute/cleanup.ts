/** Removing what a run made, and telling what stays. */
import { valuesOf } from '../check/members.ts';
import type { Resource } from '../contract/types.ts';
import { requestOf } from '../plan/request.ts';
import type { Leftover } from '../results/types.ts';
import { bodyOf, CaseContext, described, statusOf, succeeded } from './case-context.ts';
import { planAt } from './fixtures.ts';
import type { LedgerEntry } from './ledger.ts';
import { itemsWithIds, widestQuery } from './listing.ts';
import type { Run } from './run.ts';

/**
 * Archives what the run made and can archive: what the ledger holds, and what a list shows under a name of this run.
 * Trouble here is never a violation: it is told as what stays.
 */
export async function cleanUp(run: Run): Promise<void> {
  const context = tidyingContext(run);
  await findMarked(run, context, (name) => name.includes(markerOf(run.config.runId)));
  await removePending(run, context);
}

/** The text that the name of everything made by a run holds. */
export function markerOf(runId: string): string {
  return `cf-${runId}-`;
}

/** The context of requests that remove: it goes on when the run is halted, and its findings are nobody's. */
export function tidyingContext(run: Run): CaseContext {
  return new CaseContext(run, 'cleanup', 'cleanup', 'tidying');
}

/** Archives everything in the ledger that is not removed yet and can be. */
export async function removePending(run: Run, context: CaseContext): Promise<void> {
  const pending = run.ledger.entries.filter(({ removed }) => !removed);
  await Promise.all(pending.map((entry) => remove(run, context, entry)));
}

/**
 * Enters into the ledger what is in the lists under a name that counts as the run's own, and not in the ledger yet:
 * what a target made though it refused, or made without telling its id.
 */
export async function findMarked(
  run: Run,
  context: CaseContext,
  isOwn: (name: string, resource: string) => boolean,
): Promise<void> {
  for (const resource of Object.values(run.contract.resources)) {
    if (resource.cleanup !== 'archive' || resource.create === undefined) continue;
    const by = run.givenFor(run.operation(resource.create)).at(-1);
    if (by === undefined || resource.list === undefined || resource.name === undefined) continue;
    for (const { id, name } of await listed(run, context, resource, resource.list, by)) {
      if (!run.ledger.holds(resource.id, id) && isOwn(name, resource.id))
        run.ledger.find({ resource: resource.id, id, name, by });
    }
  }
}

async function listed(
  run: Run,
  context: CaseContext,
  resource: Resource,
  list: string,
  by: string,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const operation = run.operation(list);
  const sent = await context.send(requestOf(operation, by, { query: widestQuery(operation) }));
  if (!succeeded(sent)) return [];
  return itemsWithIds(bodyOf(sent), resource).flatMap(({ id, value }) =>
    valuesOf(value, resource.name ?? '', 1).flatMap((name) =>
      typeof name === 'string' ? [{ id, name }] : [],
    ),
  );
}

async function remove(run: Run, context: CaseContext, entry: LedgerEntry): Promise<void> {
  const resource = run.contract.resources[entry.resource];
  if (resource?.cleanup !== 'archive' || resource.archive === undefined) return;
  const archive = run.operation(resource.archive);
  const role = run.contract.credentials[entry.by]?.kind === 'role';
  const by = role ? (run.givenFor(archive).at(-1) ?? entry.by) : entry.by;
  const plan = planAt(archive, by, entry.id);
  const sent = await context.send(plan);
  if (succeeded(sent) || statusOf(sent) === 404) {
    if (!entry.removed) run.ledger.remove(entry);
  } else {
    entry.trouble = `${archive.method} ${archive.path} got ${described(sent)}`;
  }
}

/** What the run made and could not remove, with the reason. */
export function leftoversOf(run: Run): readonly Leftover[] {
  return run.ledger.entries
    .filter(({ removed }) => !removed)
    .map(({ resource, id, name, trouble }) => ({
      resource,
      id,
      name,
      reason:
        run.contract.resources[resource]?.cleanup === 'archive'
          ? (trouble ?? 'it could not be archived')
          : `nothing in the API removes a ${resource}`,
    }));
}

/** True where nothing is left that could be removed. */
export function isTidy(run: Run): boolean {
  return run.ledger.entries.every(
    ({ removed, resource }) => removed || run.contract.resources[resource]?.cleanup !== 'archive',
  );
}
