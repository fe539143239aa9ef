/** Removing what a run made, and telling what stays. */
import { requestOf } from '../plan/request.ts';
import type { Leftover } from '../results/types.ts';
import { described, statusOf, succeeded } from './case-context.ts';
import { readPlan } from './fixtures.ts';
import type { LedgerEntry } from './ledger.ts';
import type { Run } from './run.ts';

/** Archives what the run made and can archive. Trouble here is never a violation: it is told as what stays. */
export async function cleanUp(run: Run): Promise<void> {
  const pending = run.ledger.entries.filter(({ removed }) => !removed);
  await Promise.all(pending.map((entry) => remove(run, entry)));
}

async function remove(run: Run, entry: LedgerEntry): Promise<void> {
  const resource = run.contract.resources[entry.resource];
  if (resource?.cleanup !== 'archive' || resource.archive === undefined) return;
  const archive = run.operation(resource.archive);
  const role = run.contract.credentials[entry.by]?.kind === 'role';
  const by = role ? (run.givenFor(archive).at(-1) ?? entry.by) : entry.by;
  const plan = { ...requestOf(archive, by), pathValues: readPlan(archive, by, entry.id).pathValues };
  const sent = await run.support.send(plan);
  if (succeeded(sent) || statusOf(sent) === 404) entry.removed = true;
  else entry.trouble = `${archive.method} ${archive.path} got ${described(sent)}`;
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
