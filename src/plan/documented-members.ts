/** The members that the documentation names of a resource. */
import { isObject } from '../check/members.ts';
import type { Contract, JsonSchema, Resource } from '../contract/types.ts';
import { membersOf, resolveSchema, rootSchema } from './schema-view.ts';

const known = new WeakMap<Resource, ReadonlySet<string>>();

/** The names of the members that the bodies of the resource's own operations are documented to have. */
export function documentedMembers(contract: Contract, resource: Resource): ReadonlySet<string> {
  const found = known.get(resource) ?? collect(contract, resource);
  known.set(resource, found);
  return found;
}

function collect(contract: Contract, resource: Resource): ReadonlySet<string> {
  const { list, read, create, update, idPaths, name, states, version, belongsTo } = resource;
  const files = [list, read, create, update].flatMap((id) => {
    const operation = contract.operations.find((one) => one.id === id);
    if (operation === undefined) return [];
    return [operation.success.item, operation.success.schema, operation.request].filter(
      (file) => file !== undefined,
    );
  });
  const members = files.flatMap((file) => {
    const root = rootSchema(contract, file);
    return membersOf(contract, root.file, root.schema).flatMap(({ name: member, schema }) => [
      member,
      ...itemMembers(contract, root.file, schema),
    ]);
  });
  const own = [...idPaths, name, states?.member, version, ...(belongsTo?.member ?? [])];
  return new Set([...members, ...own.filter((one) => one !== undefined)]);
}

/** The members of what an array holds. */
function itemMembers(contract: Contract, file: string, { items }: JsonSchema): readonly string[] {
  if (!isObject(items)) return [];
  const item = resolveSchema(contract, file, items);
  return membersOf(contract, item.file, item.schema).map(({ name }) => name);
}
