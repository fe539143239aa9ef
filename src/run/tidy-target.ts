/**
 * Archiving later what a run left behind, and giving back what it changed. What is known of it, from a ledger or a
 * list, is only where to look: the target itself must show the mark of that run before anything is touched.
 */
import { saysNothing } from '../check/gateway.ts';
import { valuesOf } from '../check/members.ts';
import type { Contract } from '../contract/types.ts';
import { tidyingContext } from '../execute/cleanup.ts';
import type { CaseContext } from '../execute/case-context.ts';
import { readersOf } from '../execute/claim.ts';
import { bodyOf, described, statusOf, succeeded } from '../execute/evidence.ts';
import { listedThings, organizationsOf, type ListedThing } from '../execute/find-marked.ts';
import type { LeftChange, LeftThing } from '../execute/ledger-read.ts';
import { markerOf } from '../execute/marker.ts';
import { shownName } from '../execute/own-name.ts';
import { sendPatiently } from '../execute/patience.ts';
import { removeAll } from '../execute/remove.ts';
import { Run } from '../execute/run.ts';
import type { RunConfig } from '../execute/run-state.ts';
import { planAt } from '../plan/request.ts';
import { giveBackLater } from './give-back-later.ts';
import { isArchivable } from './what-tidies.ts';

/** What is known of the remains of one run. */
export interface Remains {
  readonly runId: string;
  readonly made: readonly LeftThing[];
  readonly changed: readonly LeftChange[];
  /** Ids, by resource, of what was there before the run: never touched. */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
}

/** Remains of which nothing is known but the id of the run. */
export function remainsOf(runId: string): Remains {
  return { runId, made: [], changed: [], before: new Map() };
}

/** One thing, and what there is to say of it. */
export interface Told {
  readonly resource: string;
  readonly id: string;
  readonly name: string;
  readonly reason: string;
}

export interface Tidied {
  /** What bears the mark of the run; it is archived unless it is among those that are left. */
  readonly found: readonly Omit<Told, 'reason'>[];
  readonly archived: number;
  /** Things that were changed, as they are given back. */
  readonly changed: readonly Told[];
  readonly restored: number;
  /** How many the target does not know, or does not know any more. */
  readonly gone: number;
  /** The lists that could not be read, each with what came instead. */
  readonly unread: readonly string[];
  /** What was let alone or could not be archived or given back, with the reason. */
  readonly left: readonly Told[];
}

/**
 * Tidies up after a run; nothing else is touched.
 * @param dryRun whether it is only told what is there: then only reads are sent
 */
export async function tidyTarget(
  contract: Contract,
  config: RunConfig,
  remains: Remains,
  dryRun: boolean,
): Promise<Tidied> {
  const run = new Run(contract, { ...config, runId: remains.runId });
  const context = tidyingContext(run);
  try {
    const left: Told[] = [];
    const { things, unread } = await listedThings(run, context, isArchivable, organizationsOf(run));
    let gone = 0;
    for (const thing of candidates(remains, things)) {
      const seen = await lookAt(run, context, remains, thing);
      if (seen.kind === 'own') run.ledger.find({ ...thing, name: seen.name });
      else if (seen.kind === 'gone') gone++;
      else left.push({ ...thing, name: seen.name, reason: seen.reason });
    }
    const found = run.ledger.entries.map(({ resource, id, name }) => ({ resource, id, name }));
    const changes = await giveBackLater(run, context, remains, dryRun);
    left.push(...changes.left);
    const { changed, restored } = changes;
    if (dryRun) return { found, archived: 0, changed, restored: 0, gone, unread, left };
    await removeAll(run, context, run.ledger.entries);
    for (const { removed, trouble = 'it could not be archived', resource, id, name } of run.ledger.entries) {
      if (!removed) left.push({ resource, id, name, reason: trouble });
    }
    const wereGone = run.ledger.entries.filter(({ wasGone }) => wasGone === true).length;
    const archived = run.ledger.entries.filter(({ removed }) => removed).length - wereGone;
    return { found, archived, changed, restored, gone: gone + wereGone, unread, left };
  } finally {
    await run.close();
  }
}

/** What the ledger names and what the lists show under the mark of the run, each once. */
function candidates({ runId, made }: Remains, listed: readonly ListedThing[]): readonly LeftThing[] {
  const marked = listed.filter(({ name }) => name.includes(markerOf(runId)));
  const all = [...made, ...marked].map((thing) => [`${thing.resource}/${thing.id}`, thing] as const);
  return [...new Map(all.toReversed()).values()].toReversed();
}

type Seen =
  | { readonly kind: 'own'; readonly name: string }
  | { readonly kind: 'gone' }
  | { readonly kind: 'not-own'; readonly name: string; readonly reason: string };

/** Looks at a thing before it is touched: the target must show that it is the run's. */
async function lookAt(run: Run, context: CaseContext, remains: Remains, thing: LeftThing): Promise<Seen> {
  const { contract } = run;
  const notOwn = (reason: string, name = thing.name): Seen => ({ kind: 'not-own', name, reason });
  const resource = Object.hasOwn(contract.resources, thing.resource)
    ? contract.resources[thing.resource]
    : undefined;
  if (resource === undefined) return notOwn('the contract knows no such resource');
  // What nothing removes stays, as the run said when it made it.
  if (!isArchivable(resource)) return { kind: 'gone' };
  if (!Object.hasOwn(contract.credentials, thing.by)) {
    return notOwn(`it was made with ${thing.by || 'no credential'}, which is none of the contract`);
  }
  if (remains.before.get(resource.id)?.has(thing.id) === true) return notOwn('it was there before the run');
  if (resource.read === undefined) return notOwn('nothing can read it');
  const read = run.operation(resource.read);
  const readers = readersOf(run, read, thing.by).filter((id) => run.keyring.given.has(id));
  let reason = `no given key can read what ${thing.by} made`;
  for (const by of readers) {
    const sent = await sendPatiently(() => context.send(planAt(read, by, thing.id)), [200, 1_000, 3_000]);
    if (statusOf(sent) === 404 || statusOf(sent) === 410) return { kind: 'gone' };
    reason = `it cannot be read: ${described(sent)}`;
    if (saysNothing(sent.outcome)) break;
    if (!succeeded(sent)) continue;
    const shown = shownName(bodyOf(sent), resource, thing.id, { marker: markerOf(remains.runId), name: '' });
    const [name] = valuesOf(bodyOf(sent), resource.name ?? '');
    if (shown.kind === 'own' || shown.kind === 'marked') {
      return { kind: 'own', name: typeof name === 'string' ? name : thing.name };
    }
    const told = shown.kind === 'other' ? shown.name : '';
    return notOwn(`the name that the target shows bears no mark of the run`, told);
  }
  return notOwn(reason);
}

/** True where nothing of the remains is left, as far as can be told. */
export function isAllTidied({ left, unread }: Tidied): boolean {
  return left.length === 0 && unread.length === 0;
}
