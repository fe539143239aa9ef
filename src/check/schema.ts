/** Judging a JSON value by a schema of the contract, in words that name the place and the rule. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { createAjv } from '../contract/ajv.ts';
import type { Contract } from '../contract/types.ts';
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

/** Validates by the file name of a schema; gives the problems, none for a value that keeps it. */
export type Validate = (schemaFile: string, value: unknown) => readonly SchemaProblem[];

const mostProblems = 5;
const combining = new Set(['anyOf', 'oneOf', 'not', 'if']);

const validates = new WeakMap<Contract, Validate>();

/**
 * The validator over the schemas of the contract, shared by all runs of it. Each schema is compiled at its first use
 * and kept. It throws where a schema is named that the contract does not hold (lint refuses such a matrix).
 */
export function validateFor(contract: Contract): Validate {
  const known = validates.get(contract);
  if (known !== undefined) return known;
  const validate = createValidate(contract);
  validates.set(contract, validate);
  return validate;
}

function createValidate(contract: Contract): Validate {
  const ajv = createAjv(contract.schemas, { trusted: true });
  const compiled = new Map<string, ValidateFunction>();
  return (schemaFile, value) => {
    let validator = compiled.get(schemaFile);
    if (validator === undefined) {
      validator = ajv.getSchema(schemaFile);
      if (validator === undefined) throw new Error(`The contract holds no schema ${schemaFile}`);
      compiled.set(schemaFile, validator);
    }
    if (validator(value)) return [];
    return problemsOf(schemaFile, validator.errors ?? [], value);
  };
}

function problemsOf(file: string, errors: readonly ErrorObject[], root: unknown): readonly SchemaProblem[] {
  const combined = errors.filter((error) => combining.has(error.keyword));
  const leading = errors.filter(
    (error) =>
      !combined.some((other) => other !== error && error.schemaPath.startsWith(`${other.schemaPath}/`)) &&
      !(error.keyword === 'if'),
  );
  // Under a failed anyOf the branches' own errors mislead more than they help: ajv lists them before the anyOf
  // itself, at pointers at or below it.
  const shown = leading.filter(
    (error) =>
      combining.has(error.keyword) ||
      !combined.some(
        (other) => (other.keyword === 'anyOf' || other.keyword === 'oneOf') && isBranchOf(error, other),
      ),
  );
  return (shown.length > 0 ? shown : errors)
    .slice(0, mostProblems)
    .map((error) => toProblem(file, error, root));
}

function isBranchOf(error: ErrorObject, combination: ErrorObject): boolean {
  return (
    error !== combination &&
    error.instancePath.startsWith(combination.instancePath) &&
    error.parentSchema !== undefined &&
    within(combination.schema, error.parentSchema)
  );
}

/** Whether the schema object stands somewhere inside the branches. */
function within(branches: unknown, schema: unknown): boolean {
  if (branches === schema) return true;
  if (typeof branches !== 'object' || branches === null) return false;
  return Object.values(branches).some((child) => within(child, schema));
}

function toProblem(file: string, error: ErrorObject, root: unknown): SchemaProblem {
  const missing = error.keyword === 'required' ? String(error.params['missingProperty']) : undefined;
  const expected = expectedOf(error);
  return {
    pointer: error.instancePath,
    message:
      missing === undefined
        ? `${place(error.instancePath)} must be ${expected}`
        : `${place(error.instancePath)} lacks the member "${missing}"`,
    expected: missing === undefined ? expected : `a member "${missing}"`,
    actual: shorten(error.data === undefined ? valueAt(root, error.instancePath) : error.data),
    schema: error.schemaPath.startsWith('#') ? `${file}${error.schemaPath}` : error.schemaPath,
  };
}

function place(pointer: string): string {
  return pointer === '' ? 'the body' : pointer;
}

function expectedOf(error: ErrorObject): string {
  const description: unknown = error.parentSchema?.['description'];
  switch (error.keyword) {
    case 'type':
      return [error.params['type']].flat().join(' or ');
    case 'enum':
      return `one of ${JSON.stringify(error.params['allowedValues'])}`;
    case 'const':
      return JSON.stringify(error.params['allowedValue']);
    case 'minLength':
      return 'a text that is not empty';
    case 'minimum':
      return `at least ${String(error.params['limit'])}`;
    case 'format':
      return `a ${String(error.params['format'])}`;
    case 'anyOf':
    case 'oneOf':
    case 'not':
      return typeof description === 'string' ? description : `as ${error.schemaPath} has it`;
    default:
      return error.message?.replace(/^must (be )?/, '') ?? error.keyword;
  }
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
  const text = value === undefined ? 'nothing' : JSON.stringify(value);
  return text.length <= most ? text : `${text.slice(0, most)}… (${text.length} characters)`;
}
