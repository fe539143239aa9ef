/** What one organization has is not there for another. */
import { sameJson } from '../../check/members.ts';
import type { Operation, QueryParameter, Resource } from '../../contract/types.ts';
import { queryParameters, requestOf } from '../../plan/request.ts';
import { bodyOf, succeeded, type CaseContext } from '../case-context.ts';
import { attempts, itemsWithIds, type Item } from '../listing.ts';
import { startProof } from '../proofs.ts';
import { NotApplicable } from '../stop.ts';
import { walkPages } from './pages.ts';
import { shownBy } from './query.ts';
import { operationOfResource, requestOfCase, resourceIn, text, type Scenario } from './scenario.ts';

/** No organization's list holds what is another's. */
export const isolatedLists: Scenario = async (context, _planned, parameters) => {
  const { run } = context;
  const resource = resourceIn(context, parameters);
  const other = text(parameters, 'other');
  const list = operationOfResource(context, resource, 'list');
  const mine = run.givenFor(list).at(-1);
  if (mine === undefined) throw new NotApplicable('no role key is given', 'Give the key of a role.');
  for (const query of attempts(list)) {
    const [own, theirs] = [
      await walkPages(context, { operation: list, resource, by: mine, query }, { mostPages: 5 }),
      await walkPages(context, { operation: list, resource, by: other, query }, { mostPages: 5 }),
    ];
    const known = new Map(own.items.map((item) => [item.id, item]));
    // Nothing moves from one organization to another, so the two need not be seen at the same moment. They may number
    // their resources alike: only the very same item is a leak.
    const leaked = theirs.items.find(({ id, value }) => {
      const twin = known.get(id);
      return twin !== undefined && sameJson(twin.value, value);
    });
    if (leaked === undefined) continue;
    context.fail(
      'isolation',
      'leak',
      `The same ${resource.id} is in the lists of two organizations.`,
      {
        expected: `lists that have no ${resource.id} in common`,
        actual: `both hold ${leaked.id}`,
      },
      theirs.pages.at(-1)?.sent,
    );
    return;
  }
  await checkParameters(context, resource, list, { asker: other, owner: mine });
  await checkParameters(context, resource, list, { asker: mine, owner: other });
};

interface Sides {
  /** The credential that asks. */
  readonly asker: string;
  /** A credential of the organization whose values it asks with. */
  readonly owner: string;
}

/** A list that is asked with another organization's values, by any parameter, holds none of its items. */
async function checkParameters(
  context: CaseContext,
  resource: Resource,
  list: Operation,
  sides: Sides,
): Promise<void> {
  const { run } = context;
  const owned = new Map((await run.inventory.items(resource.id, sides.owner)).map((item) => [item.id, item]));
  for (const parameter of queryParameters(list)) {
    const values = await tellingValues(context, parameter, [...owned.values()], sides.owner);
    for (const value of values) {
      const query = [...(attempts(list)[0] ?? []), [parameter.name, value] as const];
      const sent = await context.send(requestOf(list, sides.asker, { query }));
      const found = succeeded(sent) ? itemsWithIds(bodyOf(sent), resource) : [];
      const leaked = found.find(({ id, value: shown }) => {
        const twin = owned.get(id);
        return twin !== undefined && sameJson(twin.value, shown);
      });
      if (leaked === undefined) continue;
      context.fail(
        'isolation',
        'leak',
        `Asked with another organization's values, the list holds its ${resource.id}.`,
        {
          expected: 'none of its items',
          actual: `${leaked.id} for ${parameter.name}=${JSON.stringify(value)}`,
        },
        sent,
      );
      return;
    }
  }
}

/** Values of a parameter that find something of the owner's: documented ones, ids, and texts of its items. */
async function tellingValues(
  context: CaseContext,
  parameter: QueryParameter,
  items: readonly Item[],
  owner: string,
): Promise<readonly string[]> {
  if (parameter.resource !== undefined) {
    const owners = await context.run.inventory.items(parameter.resource, owner);
    return owners.slice(0, 2).map(({ id }) => id);
  }
  const shown = items.flatMap((item) => shownBy(item, parameter.filter) ?? []);
  const words =
    parameter.filter?.kind === 'text'
      ? items.slice(0, 2).flatMap(({ id, value }) => [id, ...wordsOf(value)])
      : [];
  const texts =
    parameter.values === undefined && parameter.filter === undefined
      ? items.flatMap(({ value }) => wordsOf(value))
      : [];
  const numbers = parameter.filter?.kind === 'limit' ? ['100'] : [];
  return [
    ...new Set([
      ...(parameter.values ?? []),
      ...shown.slice(0, 3),
      ...words.slice(0, 6),
      ...texts.slice(0, 3),
      ...numbers,
    ]),
  ];
}

/** The texts of an item that somebody may search for. */
function wordsOf(value: Readonly<Record<string, unknown>>): readonly string[] {
  return Object.values(value)
    .filter((one) => typeof one === 'string')
    .filter(({ length }) => length > 2 && length < 80);
}

/** A write at what the other organization made is 404, and it stays as it was. */
export const foreignWrite: Scenario = async (context, planned, parameters) => {
  const { run } = context;
  const other = text(parameters, 'other');
  const plan = requestOfCase(planned);
  const operation = context.operation(plan.operation);
  const target = operation.parameters.find((parameter) => parameter.in === 'path');
  const resource = target === undefined ? undefined : run.contract.resources[target.resource ?? ''];
  if (resource?.create === undefined) return;
  const create = context.operation(resource.create);
  const { role } = await run.identities.of(other);
  if (role === undefined || create.roles[role] !== 'allowed') {
    throw new NotApplicable(
      `the key of the other organization may not make a ${resource.id} (its role is ${role ?? 'unknown'})`,
      'Give a key of the other organization whose role may.',
    );
  }
  const made = await run.fixtures.make(resource.id, { by: other });
  const proof = await startProof(
    context,
    operation.effect === 'dispatch'
      ? { kind: 'not-dispatched', resource: dispatched(context.run.contract.resources, operation.id) }
      : { kind: 'unchanged', resource: resource.id },
    made.id,
    other,
  );
  const send = () => context.send(plan, { made: { [resource.id]: made.id } });
  const sent = await send();
  context.expect(sent, {
    answers: await context.lawfulFor(plan, { id: 'foreign' }),
    fact: 'isolation',
    says: 'A resource that is not visible to the organization of the key is 404.',
  });
  if (succeeded(sent)) return;
  if (await proof.finish(sent)) await proof.again?.(send);
};

function dispatched(
  resources: Readonly<Record<string, { readonly id: string; readonly create?: string }>>,
  operation: string,
): string {
  return Object.values(resources).find(({ create }) => create === operation)?.id ?? '';
}
