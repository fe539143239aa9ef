import { atPointer, pointerSteps } from './json-pointer.ts';
import { nearMiss } from './near-miss.ts';
import { isJsonObject } from './json-object.ts';
import type { JsonSchema } from './types.ts';
import { walkSchema } from './walk-schema.ts';

type Schemas = Readonly<Record<string, JsonSchema>>;

/** A `$ref` in its two parts. */
export interface SchemaReference {
  /** File name of the document that it leads to. */
  readonly file: string;
  /** A JSON pointer or the name of an anchor; empty for the document itself. */
  readonly fragment: string;
}

/** The parts of a `$ref` that stands in the document `from`. */
export function parseReference(reference: string, from: string): SchemaReference {
  const [file = '', fragment = ''] = reference.split('#', 2);
  return { file: file === '' ? from : file, fragment: decoded(fragment) };
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** The schema that a reference leads to, or undefined. */
export function resolveReference({ file, fragment }: SchemaReference, schemas: Schemas): unknown {
  const document = Object.hasOwn(schemas, file) ? schemas[file] : undefined;
  if (document === undefined || fragment === '') return document;
  if (fragment.startsWith('/')) return atPointer(document, fragment);
  return walkSchema(document).find(({ schema }) => schema['$anchor'] === fragment)?.schema;
}

/** The reference that was most likely meant by one that leads nowhere, as it would be written. */
export function nearReference(reference: string, from: string, schemas: Schemas): string | undefined {
  const { file, fragment } = parseReference(reference, from);
  const document = Object.hasOwn(schemas, file) ? schemas[file] : undefined;
  if (document === undefined) {
    const meant = nearMiss(file, Object.keys(schemas));
    return meant === undefined ? undefined : `${meant}${fragment === '' ? '' : `#${fragment}`}`;
  }
  const meant = nearFragment(document, fragment);
  return meant === undefined ? undefined : `${file === from ? '' : file}#${meant}`;
}

function nearFragment(document: JsonSchema, fragment: string): string | undefined {
  if (!fragment.startsWith('/')) return undefined;
  let found: unknown = document;
  const steps: string[] = [];
  for (const step of pointerSteps(fragment)) {
    if (!isJsonObject(found)) return undefined;
    const name = Object.hasOwn(found, step) ? step : nearMiss(step, Object.keys(found));
    if (name === undefined) return undefined;
    steps.push(name);
    found = found[name];
  }
  return `/${steps.join('/')}`;
}

/** The names of the files that the schemas of a document refer to, itself left out. */
export function referredFiles(file: string, schema: JsonSchema): string[] {
  const referred = walkSchema(schema).flatMap(({ schema: { $ref } }) =>
    typeof $ref === 'string' ? parseReference($ref, file).file : [],
  );
  return [...new Set(referred)].filter((name) => name !== file);
}
