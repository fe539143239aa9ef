/** What a create made, as the target shows it: in the answer, read back by its id, or in the list under its name. */
import { saysNothing } from '../check/gateway.ts';
import { firstMember, isId, memberAt } from '../check/members.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { planAt, requestOf } from '../plan/request.ts';
import type { Aim } from './aim.ts';
import { bodyOf, described, succeeded, type Sent } from './evidence.ts';
import { createdIds, jsonOf } from './ledger.ts';
import { itemsWithIds, widestQuery } from './listing.ts';
import { markerOf, markIn } from './marker.ts';
import { bearsNameBesideId, shownName, type AskedName } from './own-name.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';
import { readAgain } from './sure-read.ts';

/** What came of a create that succeeded. */
export type Claim =
  | { readonly kind: 'own'; readonly id: string }
  /** What it named is not the run's, as far as can be told; `why` goes on a sentence that names it. */
  | { readonly kind: 'other'; readonly id: string; readonly name: string; readonly why: string }
  /** It could not be seen what it made; `id` is what the answer named, if anything. */
  | { readonly kind: 'unseen'; readonly id?: string; readonly why: string };

/** The resource that an operation makes one of, by a create or a dispatch. */
export function resourceMadeBy(run: Run, operation: Operation): Resource | undefined {
  return Object.values(run.contract.resources).find(({ create }) => create === operation.id);
}

/** The organization that a credential acts for: that of the roles, or one of its own. */
export function organizationOf(run: Run, credential: string): string {
  const kind = run.contract.credentials[credential]?.kind;
  return kind === 'other-org' || kind === 'feature-disabled' ? credential : 'own';
}

/** Whose keys can look at what a credential made, the most able first. */
export function readersOf(run: Run, operation: Operation, credential: string): readonly string[] {
  if (organizationOf(run, credential) !== 'own') return [credential];
  const allowed = run.givenFor(operation);
  return [...new Set([...allowed.slice(-1), ...allowed.filter((id) => id === credential)])];
}

/**
 * What an answered create made. Never throws Inconclusive: what cannot be seen is `unseen`.
 * @param listRead whether it is known which of the kind were listed before
 */
export async function claimOn(
  run: Run,
  resource: Resource,
  sent: Sent,
  aims: readonly Aim[],
  listRead: boolean,
): Promise<Claim> {
  try {
    return resource.name === undefined
      ? await claimOnUnnamed(run, resource, sent, aims, listRead)
      : await claimOnNamed(run, resource, sent, resource.name);
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error;
    const [id] = createdIds(bodyOf(sent), resource);
    return { kind: 'unseen', ...(id === undefined ? {} : { id }), why: error.message };
  }
}

async function claimOnNamed(run: Run, resource: Resource, sent: Sent, member: string): Promise<Claim> {
  const name = memberAt(jsonOf(sent.request.body), member);
  const asked: AskedName = { marker: markerOf(run.config.runId), name };
  const answer = bodyOf(sent);
  const ids = createdIds(answer, resource);
  const [only, ...further] = ids;
  // Of several ids (of an errand, of a version) the one beside the name is meant; where that does not tell, reading does.
  const beside = ids.filter((id) => bearsNameBesideId(answer, resource, id, asked.marker));
  if (beside.length === 1 && beside[0] !== undefined) return { kind: 'own', id: beside[0] };
  if (only !== undefined && further.length === 0) {
    const shown = shownName(answer, resource, only, asked);
    if (shown.kind === 'own' || shown.kind === 'marked') return { kind: 'own', id: only };
  }
  const read = await claimByReading(run, resource, sent, ids, asked);
  if (read.kind === 'own') return read;
  const listed = await listedUnder(run, resource, sent, name);
  return listed === undefined ? read : { kind: 'own', id: listed };
}

async function claimByReading(
  run: Run,
  resource: Resource,
  sent: Sent,
  ids: readonly string[],
  asked: AskedName,
): Promise<Claim> {
  let best: Claim = { kind: 'unseen', why: 'the answer holds no id of it' };
  for (const id of ids) {
    const looked = await readBack(run, resource, id, sent.credential);
    if (looked === undefined) return { kind: 'unseen', id, why: `no given key can read the ${resource.id}` };
    const shown = succeeded(looked) ? shownName(bodyOf(looked), resource, id, asked) : undefined;
    if (shown?.kind === 'own' || shown?.kind === 'marked') return { kind: 'own', id };
    if (best.kind === 'other') continue;
    if (shown?.kind === 'other') {
      best = { kind: 'other', id, name: shown.name, why: 'it does not bear the name that was sent' };
    } else if (best.id === undefined) {
      const got = shown === undefined ? `reading it got ${described(looked)}` : 'it shows no name';
      best = { kind: 'unseen', id, why: got };
    }
  }
  return best;
}

/** The record of an id, by the first key that gets it; undefined where it cannot be asked for. */
async function readBack(run: Run, resource: Resource, id: string, by: string): Promise<Sent | undefined> {
  if (resource.read === undefined) return undefined;
  const read = run.operation(resource.read);
  let last: Sent | undefined;
  for (const reader of readersOf(run, read, by)) {
    last = await readAgain(run.support, planAt(read, reader, id));
    if (succeeded(last) || saysNothing(last.outcome)) return last;
  }
  return last;
}

/** The id of the item of the list that bears the very name that was sent. */
async function listedUnder(
  run: Run,
  resource: Resource,
  sent: Sent,
  name: unknown,
): Promise<string | undefined> {
  if (resource.list === undefined || typeof name !== 'string' || markIn(name) === undefined) return undefined;
  const list = run.operation(resource.list);
  const [by] = readersOf(run, list, sent.credential);
  if (by === undefined) return undefined;
  const looked = await readAgain(run.support, requestOf(list, by, { query: widestQuery(list) }));
  return itemsWithIds(bodyOf(looked), resource).find(
    ({ value }) => resource.name !== undefined && memberAt(value, resource.name) === name,
  )?.id;
}

/**
 * What bears no name is the run's own where it was made inside of something that is (a run of a workflow), or where
 * it was in no list before.
 */
async function claimOnUnnamed(
  run: Run,
  resource: Resource,
  sent: Sent,
  aims: readonly Aim[],
  listRead: boolean,
): Promise<Claim> {
  const answer = bodyOf(sent);
  const ids = createdIds(answer, resource);
  const [first] = ids;
  if (first === undefined) return { kind: 'unseen', why: 'the answer holds no id of it' };
  const id = ids.length === 1 ? first : ((await readable(run, resource, ids, sent.credential)) ?? first);
  const owner = firstMember(answer, resource.belongsTo?.member ?? []);
  if (isId(owner) && aims.length > 0 && !aims.some((aim) => aim.id === owner)) {
    return { kind: 'other', id, name: '', why: `it belongs to ${owner}` };
  }
  if (aims.some((aim) => run.ledger.holds(aim.resource, aim.id))) return { kind: 'own', id };
  if (listRead) return { kind: 'own', id };
  return { kind: 'unseen', id, why: 'it has neither a name nor a list that could tell whose it is' };
}

async function readable(
  run: Run,
  resource: Resource,
  ids: readonly string[],
  by: string,
): Promise<string | undefined> {
  for (const id of ids) {
    const looked = await readBack(run, resource, id, by);
    if (looked === undefined) return undefined;
    if (succeeded(looked)) return id;
  }
  return undefined;
}
