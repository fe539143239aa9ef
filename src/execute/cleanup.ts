/** The end of what a run did: what it changed is given back, what it made is removed, and what stays is told. */
import type { Resource } from '../contract/types.ts';
import type { Leftover } from '../results/types.ts';
import { CaseContext } from './case-context.ts';
import { organizationOf } from './claim.ts';
import { listedThings } from './find-marked.ts';
import { markerOf } from './marker.ts';
import { pause } from './patience.ts';
import { removeAll } from './remove.ts';
import { defaultListLagMs } from './steady-compare.ts';
import type { Run } from './run.ts';

const lookEveryMs = 500;

/**
 * Gives back what the run changed, and archives what it made and can archive: what the ledger holds, and what a list
 * shows under a name of this run. Trouble here is never a violation: it is told as what stays.
 */
export async function cleanUp(run: Run): Promise<void> {
  const context = tidyingContext(run);
  await run.originals.giveBackAll();
  run.unread = await findOwn(run, context);
  await removeAll(run, context, run.ledger.entries);
}

/** The context of requests that remove: it goes on when the run is halted, and its findings are nobody's. */
export function tidyingContext(run: Run): CaseContext {
  const context = new CaseContext(run, 'cleanup', 'cleanup', 'tidying');
  context.keepsEvidence = false;
  return context;
}

/**
 * Enters into the ledger what is in the lists under a name of this run and not in the ledger yet: what a target made
 * though it refused, or made without telling its id. Where an answer was lost, it waits for a list that lags behind.
 * Gives the lists that could not be read.
 */
async function findOwn(run: Run, context: CaseContext): Promise<readonly string[]> {
  const organizations = new Set([...run.ledger.makers].map((by) => organizationOf(run, by)));
  if (organizations.size === 0) return [];
  for (;;) {
    const { things, unread } = await listedThings(run, context, isMakeable, organizations);
    for (const { resource, id, name, by } of things) {
      const own = name.includes(markerOf(run.config.runId)) && !run.ownership.wasListed(resource, id);
      if (own && !run.ledger.holds(resource, id)) run.ledger.find({ resource, id, name, by });
    }
    if (unread.length > 0) return unread;
    // What is younger than a list may lag behind is not known not to have been made.
    const lagMs = run.config.listLagMs ?? defaultListLagMs;
    const young = run.ledger.open.some(({ at }) => performance.now() - at < lagMs);
    if (!young) {
      run.ledger.closeOpen();
      return [];
    }
    await pause(lookEveryMs);
  }
}

function isMakeable({ create }: Resource): boolean {
  return create !== undefined;
}

/** What the run made and could not remove, and what it changed and could not give back, with the reason. */
export function leftoversOf(run: Run): readonly Leftover[] {
  const made = run.ledger.entries
    .filter(({ removed }) => !removed)
    .map(({ resource, id, name, trouble }): Leftover => {
      const removable = run.contract.resources[resource]?.cleanup === 'archive';
      const reason = removable
        ? (trouble ?? 'it could not be archived')
        : run.contract.resources[resource] === undefined && trouble !== undefined
          ? trouble
          : `nothing in the API removes a ${resource}`;
      return { resource, id, name, reason, ...(removable ? { removable } : {}) };
    });
  const changed = run.originals.open.map(({ resource, id, values, asked, trouble }): Leftover => {
    const old = Object.fromEntries(Object.keys(asked).map((member) => [member, values[member]]));
    const name = resource.name === undefined ? undefined : values[resource.name];
    return {
      resource: resource.id,
      id,
      name: typeof name === 'string' ? name : '',
      reason: `it was ${JSON.stringify(old)} and is not as it was: ${trouble}`,
      removable: true,
    };
  });
  const lost =
    run.unread.length === 0 ? [] : run.ledger.open.filter(({ resource }) => isRemovable(run, resource));
  const unseen = lost.map(({ resource, name }): Leftover => ({
    resource,
    id: '',
    name,
    reason: `whether it was made cannot be seen: ${run.unread.join('; ')}`,
    removable: true,
  }));
  return [...changed, ...made, ...unseen, ...run.ownership.unproven];
}

function isRemovable(run: Run, resource: string): boolean {
  return run.contract.resources[resource]?.cleanup === 'archive';
}

/** True where nothing is left that could be removed or given back. */
export function isTidy(run: Run): boolean {
  return !leftoversOf(run).some(({ removable }) => removable === true);
}
