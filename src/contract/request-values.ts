/** Values that members of request bodies are given on one target, such as an address that it can reach. Pure. */
import type { Contract, JsonSchema } from './types.ts';
import { isJsonObject } from './json-object.ts';

/** The members of request bodies that a value can be given for: those that documents are made up for, by name. */
export function requestMemberNames(contract: Contract): readonly string[] {
  const files = requestFiles(contract);
  const names = files.flatMap((file) => Object.keys(propertiesOf(contract.schemas[file])));
  return [...new Set(names)].toSorted();
}

/**
 * The contract with these values in place of the examples of its request schemas: bodies are made of them. Names that
 * no request has change nothing.
 */
export function withRequestValues(contract: Contract, values: Readonly<Record<string, string>>): Contract {
  if (Object.keys(values).length === 0) return contract;
  const given = new Map(Object.entries(values));
  const files = new Set(requestFiles(contract));
  const schemas = Object.entries(contract.schemas).map(([file, schema]) => {
    if (!files.has(file)) return [file, schema] as const;
    const properties = Object.entries(propertiesOf(schema)).map(([name, property]) => {
      const value = given.get(name);
      const changed = value !== undefined && isJsonObject(property);
      return [name, changed ? { ...property, examples: [value] } : property] as const;
    });
    return [file, { ...schema, properties: Object.fromEntries(properties) }] as const;
  });
  return { ...contract, schemas: Object.fromEntries(schemas), requestValues: values };
}

/** The schema files of requests, those among them that a request refers to whole. */
function requestFiles({ operations, schemas }: Contract): readonly string[] {
  return operations.flatMap(({ request }) => {
    if (request === undefined) return [];
    const reference = schemas[request]?.['$ref'];
    return typeof reference === 'string' && schemas[reference] !== undefined
      ? [request, reference]
      : [request];
  });
}

function propertiesOf(schema: JsonSchema | undefined): Readonly<Record<string, unknown>> {
  const properties = schema?.['properties'];
  return isJsonObject(properties) ? properties : {};
}
