import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormatsModule from 'ajv-formats';
import { boundedPattern } from './bounded-pattern.ts';
import { addExactKeywords } from './exact-keywords.ts';
import type { JsonSchema } from './types.ts';

/** The annotations that request schemas carry for the planner: they constrain nothing. */
export const annotations = [
  { keyword: 'x-resource', schemaType: 'string' },
  { keyword: 'x-reference', schemaType: 'boolean' },
] as const;

/**
 * The one way to make a validator of JSON Schema 2020-12: strict about keywords and formats, all errors at once,
 * `format` asserted, the annotations known.
 *
 * @param schemas documents by file name; `$ref` between them and `getSchema(<file name>)` work.
 * @param options `trusted`: the documents are known to be valid schemas, so that check is left out;
 *   `bounded`: the values are a target's, so no pattern may take longer than it should.
 */
export function createAjv(
  schemas: Readonly<Record<string, JsonSchema>> = {},
  options: { readonly trusted?: boolean; readonly bounded?: boolean } = {},
): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    // Findings quote the offending value and the words of the rule.
    verbose: true,
    // What every object inherits (constructor, toString) is no member of a body.
    ownProperties: true,
    ...(options.bounded === true ? { code: { regExp: boundedPattern } } : {}),
    strict: true,
    // A schema that leaves something open does so by not naming it: strictness is about misspelt keywords only.
    strictTypes: false,
    strictTuples: false,
    strictRequired: false,
    validateSchema: options.trusted !== true,
    logger: false,
  });
  addFormatsModule.default(ajv);
  addExactKeywords(ajv);
  ajv.addVocabulary(annotations.map(({ keyword, schemaType }) => ({ keyword, schemaType })));
  for (const [file, schema] of Object.entries(schemas)) ajv.addSchema(schema, file);
  return ajv;
}
