/** A broken rule of a schema in words: where, what was expected, what stood there. */
import type { ErrorObject } from 'ajv';
import { isObject } from './members.ts';

export interface SchemaProblem {
  /** JSON pointer to the offending value. */
  readonly pointer: string;
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  /** `file#/pointer` of the rule. */
  readonly schema: string;
}

/** The most forms of a `oneOf` whose own complaint is told. */
const mostForms = 3;

/**
 * An error of ajv as a problem.
 * @param file the schema that the value was held against
 * @param all every error of that value, among which are those of the forms of a `oneOf`
 */
export function problemOf(
  file: string,
  error: ErrorObject,
  all: readonly ErrorObject[],
  root: unknown,
): SchemaProblem {
  const { says, expected } = wordsOf(error, all);
  return {
    pointer: error.instancePath,
    message: `${placeOf(error.instancePath)} ${says}`,
    expected,
    actual: shorten(error.data === undefined ? valueAt(root, error.instancePath) : error.data),
    schema: error.schemaPath.startsWith('#') ? `${file}${error.schemaPath}` : error.schemaPath,
  };
}

function placeOf(pointer: string): string {
  return pointer === '' ? 'the body' : pointer;
}

interface Words {
  /** What comes behind the place. */
  readonly says: string;
  readonly expected: string;
}

function wordsOf(error: ErrorObject, all: readonly ErrorObject[]): Words {
  const parameters: Readonly<Record<string, unknown>> = error.params;
  switch (error.keyword) {
    case 'required': {
      const missing = String(parameters['missingProperty']);
      return { says: `lacks the member "${missing}"`, expected: `a member "${missing}"` };
    }
    case 'additionalProperties':
    case 'unevaluatedProperties': {
      const member = String(parameters['additionalProperty'] ?? parameters['unevaluatedProperty']);
      return {
        says: `has the member "${member}", which the schema does not take`,
        expected: `no member "${member}"`,
      };
    }
    case 'uniqueItems': {
      const [first, second] = [String(parameters['j']), String(parameters['i'])];
      return {
        says: `has the items ${first} and ${second} alike`,
        expected: 'items that are each different',
      };
    }
    case 'pattern': {
      const pattern = String(parameters['pattern']);
      return { says: `does not match the pattern ${pattern}`, expected: `a text that matches ${pattern}` };
    }
    case 'not':
      return { says: 'is what the schema rules out (not)', expected: described(error) ?? 'anything else' };
    case 'oneOf':
    case 'anyOf':
      return formWords(error, all);
    default: {
      const expected = expectedOf(error.keyword, parameters) ?? plainWords(error);
      return { says: `must be ${expected}`, expected };
    }
  }
}

function expectedOf(keyword: string, parameters: Readonly<Record<string, unknown>>): string | undefined {
  const limit = Number(parameters['limit']);
  switch (keyword) {
    case 'type':
      return [parameters['type']].flat().join(' or ');
    case 'enum':
      return `one of ${JSON.stringify(parameters['allowedValues'])}`;
    case 'const':
      return JSON.stringify(parameters['allowedValue']);
    case 'minLength':
      return limit === 1 ? 'a text that is not empty' : `a text of at least ${limit} characters`;
    case 'maxLength':
      return `a text of at most ${limit} characters`;
    case 'minimum':
      return `at least ${limit}`;
    case 'maximum':
      return `at most ${limit}`;
    case 'exclusiveMinimum':
      return `more than ${limit}`;
    case 'exclusiveMaximum':
      return `less than ${limit}`;
    case 'multipleOf':
      return `a multiple of ${String(parameters['multipleOf'])}`;
    case 'minItems':
      return `a list of at least ${limit} items`;
    case 'maxItems':
      return `a list of at most ${limit} items`;
    case 'minProperties':
      return `an object of at least ${limit} members`;
    case 'maxProperties':
      return `an object of at most ${limit} members`;
    case 'format':
      return `a ${String(parameters['format'])}`;
    case 'false schema':
      return 'absent';
    default:
      return undefined;
  }
}

/** What ajv says of a rule that has no words of its own here. */
function plainWords({ message, keyword }: ErrorObject): string {
  return message?.replace(/^must (?:be )?/, '') ?? keyword;
}

function described({ parentSchema }: ErrorObject): string | undefined {
  const description: unknown = parentSchema?.['description'];
  return typeof description === 'string' ? description : undefined;
}

/** What the forms of a `oneOf` or `anyOf` did: which fit, or why none does. */
function formWords(error: ErrorObject, all: readonly ErrorObject[]): Words {
  const forms: readonly unknown[] = Array.isArray(error.schema) ? error.schema : [];
  const passing: unknown = error.params['passingSchemas'];
  const rule = error.keyword === 'oneOf' ? 'exactly one' : 'one';
  const expected = described(error) ?? `${rule} of the ${forms.length} forms of ${error.schemaPath}`;
  if (Array.isArray(passing)) {
    const which = passing.map((place) => formName(forms[Number(place)], Number(place)));
    return {
      says: `fits ${passing.length} of the ${forms.length} forms (${which.join(' and ')}), where exactly one must fit`,
      expected,
    };
  }
  const why = forms.slice(0, mostForms).flatMap((form, place) => {
    const first = all.find((other) => isOfForm(other, error, form, place));
    if (first === undefined) return [];
    const { says } = wordsOf(first, []);
    return [
      `${formName(form, place)}: ${placeOf(first.instancePath.slice(error.instancePath.length))} ${says}`,
    ];
  });
  const rest = forms.length > mostForms ? '; …' : '';
  return {
    says: `fits none of the ${forms.length} forms${why.length === 0 ? '' : ` (${why.join('; ')}${rest})`}`,
    expected,
  };
}

function formName(form: unknown, place: number): string {
  const { title, $ref, type } = isObject(form) ? form : {};
  const word = [title, $ref, type].find((one) => typeof one === 'string');
  return `form ${place + 1}${word === undefined ? '' : ` (${word.replace(/\.schema\.json$/, '')})`}`;
}

/** Whether an error is of one form of a combination: one that stands in the schema itself, or one that it refers to. */
export function isOfForm(
  error: ErrorObject,
  combination: ErrorObject,
  form: unknown,
  place: number,
): boolean {
  if (error === combination || !error.instancePath.startsWith(combination.instancePath)) return false;
  const reference = isObject(form) ? form['$ref'] : undefined;
  return typeof reference === 'string'
    ? error.schemaPath.startsWith(reference)
    : error.schemaPath.startsWith(`${combination.schemaPath}/${place}/`);
}

function valueAt(root: unknown, pointer: string): unknown {
  let at = root;
  for (const part of pointer.split('/').slice(1)) {
    const name = part.replaceAll('~1', '/').replaceAll('~0', '~');
    at = Array.isArray(at) ? at[Number(name)] : isObject(at) ? at[name] : undefined;
  }
  return at;
}

/** A JSON value in at most 160 characters. */
export function shorten(value: unknown, most = 160): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}
