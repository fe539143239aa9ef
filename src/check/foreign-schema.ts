/** Schemas that a target itself gives, held against what it sends. Pure. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { boundedPattern } from '../contract/bounded-pattern.ts';
import type { JsonObject } from './members.ts';

const compiled = new WeakMap<JsonObject, (value: unknown) => string | undefined>();

/**
 * A validator of a target's own schema, which gives what is wrong with a value in words; undefined where the schema is
 * none that could be compiled (another dialect, a reference that leads nowhere).
 */
export function compileForeign(schema: JsonObject): ((value: unknown) => string | undefined) | undefined {
  const known = compiled.get(schema);
  if (known !== undefined) return known;
  try {
    const ajv = new Ajv2020({
      strict: false,
      logger: false,
      validateFormats: false,
      code: { regExp: boundedPattern },
    });
    const { $schema: _dialect, ...own } = schema;
    const validate = ajv.compile(own);
    const check = (value: unknown): string | undefined =>
      validate(value) ? undefined : ajv.errorsText(validate.errors, { separator: '; ' });
    compiled.set(schema, check);
    return check;
  } catch {
    return undefined;
  }
}

/** Whether a value is a JSON Schema that could be read; the words say what is wrong. */
export function schemaFault(schema: JsonObject): string | undefined {
  const ajv = new Ajv2020({ strict: false, logger: false, validateFormats: false });
  const { $schema: _dialect, ...own } = schema;
  if (ajv.validateSchema(own) === true) return undefined;
  return ajv.errorsText(ajv.errors, { separator: '; ' });
}
