/** What one organization has is not there for another. */
import { sameJson } from '../../check/members.ts';
import { queryParameters, requestOf } from '../../plan/request.ts';
import { bodyOf, succeeded } from '../case-context.ts';
import { attempts, itemsWithIds } from '../listing.ts';
import { startProof } from '../proofs.ts';
import { Inconclusive, NotApplicable } from '../stop.ts';
import { walkPages } from './pages.ts';
import { operationOfResource, requestIn, resourceIn, text, type Scenario } from './scenario.ts';

/** No organization's list holds what is another's. */
export const isolatedLists: Scenario = async (context, _planned, parameters) => {
  const { run } = context;
  const resource = resourceIn(context, parameters);
  const other = text(parameters, 'other');
  const list = operationOfResource(context, resource, 'list');
  const mine = run.givenFor(list).at(-1);
  if (mine === undefined) throw new NotApplicable('no role key is given', 'Give the key of a role.');
  for (const query of attempts(list)) {
    const own = await walkPages(context, list, resource, mine, query, { mostPages: 5 });
    const theirs = await walkPages(context, list, resource, other, query, { mostPages: 5 });
    const known = new Map(own.items.map((item) => [item.id, item]));
    // Two organizations may number their resources alike: only the very same item is a leak.
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
  for (const parameter of queryParameters(list)) {
    if (parameter.resource === undefined) continue;
    const [owner] = await run.inventory.items(parameter.resource);
    if (owner === undefined) continue;
    const query = [...(attempts(list)[0] ?? []), [parameter.name, owner.id] as const];
    const sent = await context.send(requestOf(list, other, { query }));
    const found = succeeded(sent) ? itemsWithIds(bodyOf(sent), resource) : [];
    if (found.length === 0) continue;
    context.fail(
      'isolation',
      'leak',
      `A list that is asked for another organization's ${parameter.resource} is not empty.`,
      {
        expected: 'no items',
        actual: `${found.length} items for ${parameter.name}=${owner.id}`,
      },
      sent,
    );
  }
};

/** A write at what the other organization made is 404, and it stays as it was. */
export const foreignWrite: Scenario = async (context, _planned, parameters) => {
  const { run } = context;
  const other = text(parameters, 'other');
  const plan = requestIn(parameters, 'request');
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
  const error = run.contract.errors['not_found'];
  if (error === undefined)
    throw new Inconclusive('the contract has no error not_found', 'Add it to the matrix.');
  const send = () => context.send(plan, { made: { [resource.id]: made.id } });
  const sent = await send();
  context.expect(sent, {
    answers: [{ status: error.status, schema: run.contract.errorSchema }],
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
