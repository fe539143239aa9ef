import type { Ajv2020 } from 'ajv/dist/2020.js';
import { createAjv } from './ajv.ts';
import { pointerPath } from './json-pointer.ts';
import type { SchemaFault } from './lint-schemas.ts';
import { suggest } from './near-miss.ts';
import type { JsonSchema } from './types.ts';
import { walkSchema } from './walk-schema.ts';

/** Knows the meta-schema alone, so that one instance serves every document. */
const metaSchema = createAjv({}, { trusted: true });

/** Documents that are no valid JSON Schema 2020-12, or that name a keyword or a format which nothing knows. */
export function compileProblems(schemas: Readonly<Record<string, JsonSchema>>): SchemaFault[] {
  const ajv = createAjv({}, { trusted: true });
  const faults = Object.entries(schemas).flatMap(([file, schema]) => formFaults(file, schema));
  const broken = new Set(faults.map(({ file }) => file));
  const sound = Object.entries(schemas).filter(([file, { $id }]) => !broken.has(file) && $id === file);
  for (const [file, schema] of sound) ajv.addSchema(schema, file);
  return [...faults, ...sound.flatMap(([file, schema]) => strictFaults(file, schema, ajv))];
}

function formFaults(file: string, schema: JsonSchema): SchemaFault[] {
  if (metaSchema.validateSchema(schema) === true) return [];
  const seen = new Set<string>();
  return (metaSchema.errors ?? []).flatMap(({ instancePath, keyword, message = 'is wrong' }) => {
    if (keyword === '$ref' || keyword === 'allOf' || keyword === 'anyOf' || seen.has(instancePath)) return [];
    seen.add(instancePath);
    const path = pointerPath(schema, instancePath);
    return [{ file, path, code: 'invalid-schema', message: `${path.join('.')} ${message}` }];
  });
}

function strictFaults(file: string, schema: JsonSchema, ajv: Ajv2020): SchemaFault[] {
  try {
    ajv.getSchema(file);
    return [];
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'it cannot be compiled';
    // The references have a check of their own, which knows the places.
    if (/can't resolve reference/.test(reason)) return [];
    return [strictFault(file, schema, reason, ajv)].flatMap((fault) => fault ?? []);
  }
}

/** The place is not in ajv's message, only the word: so it is searched for. */
function strictFault(
  file: string,
  schema: JsonSchema,
  reason: string,
  ajv: Ajv2020,
): SchemaFault | undefined {
  const visited = walkSchema(schema);
  const keyword = /unknown keyword: "(.*)"/.exec(reason)?.[1];
  if (keyword !== undefined) {
    const owner = visited.find((part) => Object.hasOwn(part.schema, keyword));
    // The keyword stands in a document that this one refers to, and is reported there.
    if (owner === undefined) return undefined;
    const hint = suggest(keyword, Object.keys(ajv.RULES.keywords));
    const message = `JSON Schema has no keyword ${keyword}`;
    return { file, path: [...owner.path, keyword], part: 'key', code: 'unknown-keyword', message, ...hint };
  }
  const format = /unknown format "(.*?)"/.exec(reason)?.[1];
  if (format !== undefined) {
    const owner = visited.find((part) => part.schema['format'] === format);
    if (owner === undefined) return undefined;
    const hint = suggest(format, Object.keys(ajv.formats));
    const message = `there is no format ${format}`;
    return { file, path: [...owner.path, 'format'], code: 'unknown-format', message, ...hint };
  }
  const pattern = /Invalid regular expression: \/(.*)\/u: (.*)/.exec(reason);
  if (pattern !== null) {
    const owner = visited.find((part) => part.schema['pattern'] === pattern[1]);
    if (owner === undefined) return undefined;
    const message = `the pattern is no regular expression: ${pattern[2] ?? ''}`;
    return { file, path: [...owner.path, 'pattern'], code: 'invalid-schema', message };
  }
  return { file, path: [], code: 'invalid-schema', message: reason };
}
