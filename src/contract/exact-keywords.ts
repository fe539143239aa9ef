/** Keywords of JSON Schema whose plain implementation accuses what keeps them, or takes time without a bound. */
import type { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, FuncKeywordDefinition, SchemaValidateFunction } from 'ajv';

/** Puts the exact `multipleOf` and the quick `uniqueItems` in the place of ajv's own. */
export function addExactKeywords(ajv: Ajv2020): void {
  for (const definition of [multipleOf(), uniqueItems()]) {
    ajv.removeKeyword(definition.keyword.toString());
    ajv.addKeyword(definition);
  }
}

/** Divides in decimal, as a document and a body are written: in binary 19.99 is no multiple of 0.01. */
function multipleOf(): FuncKeywordDefinition {
  const validate: SchemaValidateFunction = (divisor: number, value: number) => {
    if (isMultiple(value, divisor)) return true;
    validate.errors = [error('multipleOf', { multipleOf: divisor }, `must be multiple of ${divisor}`)];
    return false;
  };
  return { keyword: 'multipleOf', type: 'number', schemaType: 'number', validate };
}

/**
 * True where the value is a whole multiple. What a double cannot hold exactly cannot be judged, and passes: its last
 * digits were lost when the body was read.
 */
function isMultiple(value: number, divisor: number): boolean {
  if (Math.abs(value) > Number.MAX_SAFE_INTEGER || !(divisor > 0)) return true;
  const [a, b] = [decimal(value), decimal(divisor)];
  const places = Math.max(a.places, b.places);
  return (a.digits * 10n ** BigInt(places - a.places)) % (b.digits * 10n ** BigInt(places - b.places)) === 0n;
}

/** The shortest decimal that reads as the number: its digits, and how many of them stand behind the point. */
function decimal(number: number): { readonly digits: bigint; readonly places: number } {
  const [, sign = '', whole = '0', fraction = '', exponent = '0'] =
    /^(-?)(\d+)(?:\.(\d+))?(?:e([+-]?\d+))?$/.exec(String(number)) ?? [];
  const places = fraction.length - Number(exponent);
  const digits = BigInt(`${sign}${whole}${fraction}`);
  return places >= 0 ? { digits, places } : { digits: digits * 10n ** BigInt(-places), places: 0 };
}

/** Looks for equal items by what they come to as text: ajv compares each with each other. */
function uniqueItems(): FuncKeywordDefinition {
  const validate: SchemaValidateFunction = (wanted: boolean, items: readonly unknown[]) => {
    const seen = new Map<string, number>();
    for (const [i, item] of wanted ? items.entries() : []) {
      const text = canonical(item);
      const j = seen.get(text);
      if (j !== undefined) {
        validate.errors = [error('uniqueItems', { i, j }, `must not have the items ${j} and ${i} alike`)];
        return false;
      }
      seen.set(text, i);
    }
    return true;
  };
  return { keyword: 'uniqueItems', type: 'array', schemaType: 'boolean', validate };
}

/** The same text for JSON values that are equal, whatever the order of their members. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  const members = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, child]) => `${JSON.stringify(name)}:${canonical(child)}`).join()}}`;
}

function error(keyword: string, params: ErrorObject['params'], message: string): Partial<ErrorObject> {
  return { keyword, params, message };
}
