import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { isJsonObject } from './json-object.ts';
import type { Problem } from './problem.ts';
import type { JsonSchema } from './types.ts';

/** Schemas of the suite's own files, which stand in specs/ and say nothing of the API. */
export const ownSchemas: ReadonlySet<string> = new Set([
  'matrix.schema.json',
  'keys.schema.json',
  'results.schema.json',
  'config.schema.json',
  'fingerprint.schema.json',
  'known-failures.schema.json',
]);

/** The schema files of a folder as they were read. */
export interface Specs {
  readonly folder: string;
  /** Texts by file name, in the order of the names. */
  readonly texts: Readonly<Record<string, string>>;
  /** Documents by file name; a file that is no JSON object is missing here and in `problems` instead. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  readonly problems: readonly Problem[];
}

/** Reads every `*.schema.json` of the folder that describes the API. Throws where the folder cannot be read. */
export async function readSpecs(folder: string): Promise<Specs> {
  const names = (await readdir(folder))
    .filter((name) => name.endsWith('.schema.json') && !ownSchemas.has(name))
    .toSorted();
  const read = await Promise.all(
    names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
  );
  return parseSpecs(folder, Object.fromEntries(read));
}

/** The schemas in the texts. */
export function parseSpecs(folder: string, texts: Readonly<Record<string, string>>): Specs {
  const schemas: Record<string, JsonSchema> = {};
  const problems: Problem[] = [];
  for (const [name, text] of Object.entries(texts)) {
    const parsed = parseSchema(text);
    if (parsed.kind === 'schema') schemas[name] = parsed.schema;
    else problems.push({ severity: 'error', file: join(folder, name), ...parsed.problem });
  }
  return { folder, texts, schemas, problems };
}

type Parsed =
  | { readonly kind: 'schema'; readonly schema: JsonSchema }
  | { readonly kind: 'problem'; readonly problem: Omit<Problem, 'severity' | 'file'> };

function parseSchema(text: string): Parsed {
  try {
    const value: unknown = JSON.parse(text);
    if (isJsonObject(value)) return { kind: 'schema', schema: value };
    const message = 'a schema file holds one JSON object';
    return { kind: 'problem', problem: { line: 1, column: 1, code: 'schema-type', message } };
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'not JSON';
    return { kind: 'problem', problem: { ...placeIn(text, reason), code: 'json-syntax', message: reason } };
  }
}

/** The engine's message names the offset; where it does not, the text ended too early. */
function placeIn(text: string, reason: string): { line: number; column: number } {
  const offset = Number(/position (\d+)/.exec(reason)?.[1] ?? text.length);
  const before = text.slice(0, offset).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}
