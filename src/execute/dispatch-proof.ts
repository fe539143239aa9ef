/** Proof that a refused dispatch queued nothing, on a target on which others dispatch too. */
import { holdsText, isObject, valuesOf } from '../check/members.ts';
import type { Operation, Resource } from '../contract/types.ts';
import { requestOf } from '../plan/request.ts';
import { bodyOf, described, succeeded, type CaseContext } from './case-context.ts';
import { markerOf } from './marker.ts';
import type { Sent } from './evidence.ts';
import { planAt } from './fixtures.ts';
import { itemsWithIds, widestQuery, type Item } from './listing.ts';
import { Inconclusive } from './stop.ts';
import { readAgain, readSurely } from './sure-read.ts';

const fact = 'refused-without-effect';

/** How often a run that nothing tells whose it is must come after the refused dispatch. */
const rounds = 3;

/**
 * No new run of the owner appeared that the refused dispatch could have queued. What shows a text that was sent is its
 * own; what shows another in that place is somebody else's. A new owner may queue a first run by itself and others may
 * dispatch at any time, so a run that shows neither counts only when the refused dispatch brings another one each time.
 * Gives the look, which sends the dispatch itself; call it before the first one.
 * @param by the credential to look with; by default the highest role that can
 */
export async function notDispatched(
  context: CaseContext,
  resource: Resource,
  owner: string,
  by?: string,
): Promise<(send: () => Promise<Sent>) => Promise<void>> {
  const { lastRuns } = context.run;
  const look = async (): Promise<readonly Item[]> => runsOf(context, resource, owner, by);
  let before = lastRuns.get(owner) ?? idsOf(await look());
  return async (send) => {
    for (let round = 1; round <= rounds; round++) {
      const refused = await send();
      const after = await look();
      const appeared = after.filter(({ id }) => !before.has(id));
      before = idsOf(after);
      lastRuns.set(owner, before);
      const whose = await Promise.all(appeared.map((run) => whoseIs(context, resource, run, refused, by)));
      const own = appeared.find((_, index) => whose[index] === 'own');
      if (own === undefined && !whose.includes('unknown')) return;
      if (own === undefined && round < rounds) continue;
      context.fail(
        fact,
        'effect',
        own === undefined
          ? `The refused dispatch queued a ${resource.id} all the same, each time.`
          : `The refused dispatch queued a ${resource.id} all the same.`,
        {
          expected: `no new ${resource.id}`,
          actual:
            own === undefined
              ? `another ${resource.id} after each of ${rounds} refused dispatches`
              : `${own.id}, which shows what was sent`,
        },
        refused,
      );
      return;
    }
  };
}

function idsOf(items: readonly Item[]): ReadonlySet<string> {
  return new Set(items.map(({ id }) => id));
}

/** Whether a run shows a text of the refused dispatch, another one in its place, or neither. */
async function whoseIs(
  context: CaseContext,
  resource: Resource,
  run: Item,
  refused: Sent,
  by: string | undefined,
): Promise<'own' | 'other' | 'unknown'> {
  const read = resource.read === undefined ? undefined : context.operation(resource.read);
  const sent =
    read === undefined
      ? undefined
      : await readAgain(context.run.support, planAt(read, reader(context, read, by), run.id));
  const shown = [run.value, sent === undefined || !succeeded(sent) ? undefined : bodyOf(sent)];
  const texts = textsOf(refused, markerOf(context.run.config.runId));
  if (texts.some(([, text]) => shown.some((one) => holdsText(one, text)))) return 'own';
  const others = texts.flatMap(([name]) => shown.flatMap((one) => valuesOf(one, name)));
  return others.some((value) => typeof value === 'string' && value !== '') ? 'other' : 'unknown';
}

/** The texts of a body, with their members, that no other request bears. */
function textsOf({ request }: Sent, marker: string): readonly (readonly [string, string])[] {
  const body: unknown = request.body === undefined ? undefined : readJson(request.body);
  if (!isObject(body)) return [];
  return Object.entries(body).flatMap(([name, value]) =>
    typeof value === 'string' && value.includes(marker) ? [[name, value] as const] : [],
  );
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reader(context: CaseContext, operation: Operation, by?: string): string {
  return by ?? context.run.givenFor(operation).at(-1) ?? 'none';
}

async function runsOf(
  context: CaseContext,
  resource: Resource,
  owner: string,
  by?: string,
): Promise<readonly Item[]> {
  if (resource.list === undefined || resource.belongsTo === undefined) return [];
  const list = context.operation(resource.list);
  const query = [...widestQuery(list), [resource.belongsTo.parameter, owner] as const];
  const plan = requestOf(list, reader(context, list, by), { query });
  const toSee = `whether the refused write made a ${resource.id}`;
  const sent = await readSurely(context.run.support, plan, toSee);
  if (succeeded(sent)) return itemsWithIds(bodyOf(sent), resource);
  throw new Inconclusive(
    `${toSee} cannot be seen: ${list.method} ${list.path} got ${described(sent)}`,
    `See the access cases of ${list.id}.`,
  );
}
