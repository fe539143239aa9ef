/** Archiving what the run made: the last thing to give up, whatever the target is under. */
import { saysNothing } from '../check/gateway.ts';
import { saysMissing } from '../oracle/proof.ts';
import { planAt } from '../plan/request.ts';
import type { CaseContext } from './case-context.ts';
import { organizationOf } from './claim.ts';
import { described, statusOf, succeeded } from './evidence.ts';
import type { LedgerEntry } from './ledger.ts';
import { askedWaitMs, pause } from './patience.ts';
import type { Run } from './run.ts';

/** The waits between rounds in which nothing could be archived, in ms; after the last one it is given up. */
const waits: readonly number[] = [200, 500, 1_000, 2_000, 4_000, 8_000];
/** How many are archived at the same moment once some could not be. */
const gently = 2;

/** So long without anything archived, in ms, and it is given up as well: a target may hang each time. */
const patienceMs = 30_000;

type Removal = { readonly kind: 'done' | 'left' } | { readonly kind: 'again'; readonly waitMs: number };

/**
 * Archives things of the ledger; tries again within bounds as long as the target limits the rate, fails or does not
 * answer. What cannot be archived says why.
 * @param context one that goes on when the run is halted
 */
export async function removeAll(
  run: Run,
  context: CaseContext,
  entries: readonly LedgerEntry[],
): Promise<void> {
  let waiting = entries.filter(({ removed }) => !removed);
  let progressAt = performance.now();
  const isHopeless = (): boolean => performance.now() - progressAt > patienceMs;
  for (let idle = 0, width = run.config.concurrency; waiting.length > 0; width = gently) {
    const again: LedgerEntry[] = [];
    let waitMs = 0;
    await inTurns(waiting, width, async (entry) => {
      if (isHopeless()) return;
      const removal = await remove(run, context, entry);
      if (removal.kind === 'again') {
        again.push(entry);
        waitMs = Math.max(waitMs, removal.waitMs);
      } else progressAt = performance.now();
    });
    idle = again.length < waiting.length ? 0 : idle + 1;
    waiting = again;
    const wait = waits[idle];
    if (waiting.length === 0 || wait === undefined || isHopeless()) return;
    await pause(Math.max(wait, waitMs));
  }
}

async function inTurns<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: width }, worker));
}

async function remove(run: Run, context: CaseContext, entry: LedgerEntry): Promise<Removal> {
  const resource = run.contract.resources[entry.resource];
  if (resource?.cleanup !== 'archive' || resource.archive === undefined) return { kind: 'left' };
  const archive = run.operation(resource.archive);
  entry.trouble = 'no given key may archive it';
  for (const by of archivers(run, entry)) {
    const sent = await context.send(planAt(archive, by, entry.id));
    if (succeeded(sent) || saysMissing(run.contract, statusOf(sent))) {
      if (!succeeded(sent)) entry.wasGone = true;
      if (!entry.removed) run.ledger.remove(entry);
      return { kind: 'done' };
    }
    entry.trouble = `${archive.method} ${archive.path} got ${described(sent)}`;
    if (saysNothing(sent.outcome)) return { kind: 'again', waitMs: askedWaitMs(sent) };
  }
  return { kind: 'left' };
}

/** Whose keys may archive it, the most able first: those of the organization that it was made in. */
function archivers(run: Run, { by, resource }: LedgerEntry): readonly string[] {
  if (organizationOf(run, by) !== 'own') return run.keyring.given.has(by) ? [by] : [];
  return run.givenFor(run.operation(run.contract.resources[resource]?.archive ?? '')).toReversed();
}
