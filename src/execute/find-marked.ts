/** What the lists show under the mark of a run, whatever any answer told. */
import { saysNothing } from '../check/gateway.ts';
import { memberAt } from '../check/members.ts';
import type { Resource } from '../contract/types.ts';
import { requestOf } from '../plan/request.ts';
import type { CaseContext } from './case-context.ts';
import { organizationOf } from './claim.ts';
import { bodyOf, described, succeeded } from './evidence.ts';
import { itemsWithIds, widestQuery } from './listing.ts';
import { sendPatiently } from './patience.ts';
import type { Run } from './run.ts';

/** One thing of a list. */
export interface ListedThing {
  readonly resource: string;
  readonly id: string;
  readonly name: string;
  /** The credential that sees it. */
  readonly by: string;
}

export interface Lists {
  readonly things: readonly ListedThing[];
  /** The lists that could not be read, each with what came instead. */
  readonly unread: readonly string[];
}

/** The waits between the tries of a list, in ms. */
const waits: readonly number[] = [200, 500, 1_000, 2_000, 4_000];
/** Those at a target for which the run was halted: it may have gone for good. */
const fewWaits: readonly number[] = [200, 1_000];

/**
 * What the lists of the wanted resources show, in each of the organizations.
 * @param context one that goes on when the run is halted
 * @param organizations as `organizationOf` names them
 */
export async function listedThings(
  run: Run,
  context: CaseContext,
  wanted: (resource: Resource) => boolean,
  organizations: ReadonlySet<string>,
): Promise<Lists> {
  const things: ListedThing[] = [];
  const unread: string[] = [];
  for (const resource of Object.values(run.contract.resources)) {
    if (!wanted(resource) || resource.list === undefined || resource.name === undefined) continue;
    const list = run.operation(resource.list);
    for (const by of lookers(run, resource, organizations)) {
      const plan = requestOf(list, by, { query: widestQuery(list) });
      const sent = await sendPatiently(
        () => context.send(plan),
        run.haltedBy === undefined ? waits : fewWaits,
      );
      if (succeeded(sent)) things.push(...namedIn(bodyOf(sent), resource, resource.name, by));
      // Another organization may not have the feature, and so nothing of the kind.
      else if (saysNothing(sent.outcome) || organizationOf(run, by) === 'own')
        unread.push(`${list.method} ${list.path} by ${by} got ${described(sent)}`);
      // What does not answer at all is not asked for the rest.
      if (sent.outcome.kind === 'unanswered') return { things, unread };
    }
  }
  return { things, unread };
}

function namedIn(body: unknown, resource: Resource, member: string, by: string): readonly ListedThing[] {
  return itemsWithIds(body, resource).flatMap(({ id, value }) => {
    const name = memberAt(value, member);
    return typeof name === 'string' ? [{ resource: resource.id, id, name, by }] : [];
  });
}

/** Every organization of which a key is given. */
export function organizationsOf(run: Run): ReadonlySet<string> {
  return new Set([...run.keyring.given].map((credential) => organizationOf(run, credential)));
}

/** A key of each of the organizations that may be able to list the resource. */
function lookers(run: Run, resource: Resource, organizations: ReadonlySet<string>): readonly string[] {
  const own = run.givenFor(run.operation(resource.list ?? '')).slice(-1);
  return [...organizations].flatMap((organization) => (organization === 'own' ? own : [organization]));
}
