/** The arguments of a call: what stands in them is the contract's, how they are called is what the tool lists. */
import { isObject } from '../check/members.ts';
import type { McpArgument, McpContent, McpOperation } from '../contract/types.ts';
import { Inconclusive } from '../execute/stop.ts';
import type { Listed } from './listed.ts';

/** Gives what is to stand in an argument; undefined where the run has none. */
export type ValueOf = (content: McpContent) => Promise<unknown>;

type Schemas = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/**
 * The arguments of a call of a listed tool.
 * @param optional the optional arguments of the contract that are given too
 * @throws Inconclusive where an argument that is needed is called nothing that can be told, or nothing can stand in it
 */
export async function argumentsOf(
  operation: McpOperation,
  tool: Listed,
  valueOf: ValueOf,
  optional: readonly McpContent[] = [],
): Promise<Record<string, unknown>> {
  const { schemas, required } = schemasOf(tool);
  const given: Record<string, unknown> = {};
  for (const argument of Object.values(operation.arguments)) {
    const wanted = argument.optional !== true || optional.includes(argument.is);
    const name = nameOf(argument, schemas, new Set(Object.keys(given)));
    if (!wanted && (name === undefined || !required.has(name))) continue;
    if (name === undefined) {
      if (argument.optional === true) continue;
      throw unnamed(operation, argument.is);
    }
    given[name] = await valueIn(argument.is, schemas.get(name), valueOf);
  }
  for (const name of required) {
    if (given[name] !== undefined) continue;
    const value = await usualValue(name, schemas.get(name) ?? {}, valueOf);
    if (value === undefined) throw unnamed(operation, name);
    given[name] = value;
  }
  return given;
}

/** How an argument of the contract is called by a listed tool; undefined where nothing tells. */
export function nameOf(
  { name, find = [] }: McpArgument,
  schemas: Schemas,
  taken: ReadonlySet<string>,
): string | undefined {
  if (name !== undefined) return name;
  const free = [...schemas.keys()].filter((one) => !taken.has(one) && one !== 'telemetry');
  for (const word of find) {
    const found = free.find((one) => plain(one).includes(plain(word)));
    if (found !== undefined) return found;
  }
  // The one thing that a tool asks for needs no name to be known by.
  return free.length === 1 ? free[0] : undefined;
}

/** The schemas of the arguments of a listed tool, and which are required. */
export function schemasOf({ inputSchema }: Listed): { schemas: Schemas; required: ReadonlySet<string> } {
  const { properties, required } = isObject(inputSchema) ? inputSchema : {};
  const entries = isObject(properties) ? Object.entries(properties) : [];
  return {
    schemas: new Map(entries.map(([name, schema]) => [name, isObject(schema) ? schema : {}])),
    required: new Set(Array.isArray(required) ? required.map(String) : []),
  };
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

/** Two runs may be asked for in one list. */
async function valueIn(
  content: McpContent,
  schema: Readonly<Record<string, unknown>> | undefined,
  valueOf: ValueOf,
): Promise<unknown> {
  const value = await valueOf(content);
  if (schema?.['type'] !== 'array' || Array.isArray(value)) return value;
  return content === 'run' ? [value, await valueOf('other-run')] : [value];
}

const usual: readonly (readonly [word: string, content: McpContent])[] = [
  ['workflow', 'workflow'],
  ['run', 'run'],
  ['server', 'mcp-server'],
  ['source', 'mcp-server'],
  ['proposal', 'proposal'],
  ['idempotency', 'key'],
];

/** What can stand in an argument that the contract does not speak of. */
async function usualValue(
  name: string,
  schema: Readonly<Record<string, unknown>>,
  valueOf: ValueOf,
): Promise<unknown> {
  if (schema['default'] !== undefined) return schema['default'];
  if (schema['const'] !== undefined) return schema['const'];
  for (const member of ['enum', 'examples']) {
    const values = schema[member];
    if (Array.isArray(values) && values[0] !== undefined) return values[0];
  }
  const type = schema['type'];
  if (type === 'boolean') return false;
  if (type === 'array' && schema['minItems'] === undefined) return [];
  if (type === 'object') return {};
  const content = usual.find(([word]) => plain(name).includes(word))?.[1];
  if (content !== undefined) return valueOf(content);
  return type === 'string' || type === undefined ? valueOf('text') : undefined;
}

function unnamed({ id }: McpOperation, what: string): Inconclusive {
  return new Inconclusive(
    `${id} asks for something that no page names: ${what}`,
    `Name the argument of ${id} in the matrix.`,
  );
}
