/** Judging a JSON value by a schema of the contract, in words that name the place and the rule. */
import type { ErrorObject, ValidateFunction } from 'ajv';
import { createAjv } from '../contract/ajv.ts';
import { PatternTooSlow } from '../contract/bounded-pattern.ts';
import type { Contract } from '../contract/types.ts';
import { isOfForm, problemOf, type SchemaProblem } from './schema-words.ts';

/**
 * Validates by the file name of a schema; gives the problems, none for a value that keeps it. Throws PatternTooSlow
 * where the value holds a text that a pattern of the schema cannot be held against in time.
 */
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
  const ajv = createAjv(contract.schemas, { trusted: true, bounded: true });
  const compiled = new Map<string, ValidateFunction>();
  return (schemaFile, value) => {
    let validator = compiled.get(schemaFile);
    if (validator === undefined) {
      validator = ajv.getSchema(schemaFile);
      if (validator === undefined) throw new Error(`The contract holds no schema ${schemaFile}`);
      compiled.set(schemaFile, validator);
    }
    if (keeps(validator, value, schemaFile)) return [];
    return problemsOf(schemaFile, validator.errors ?? [], value);
  };
}

function keeps(validator: ValidateFunction, value: unknown, schemaFile: string): boolean {
  try {
    return validator(value);
  } catch (error) {
    throw error instanceof PatternTooSlow ? new PatternTooSlow(error.pattern, schemaFile) : error;
  }
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
    .map((error) => problemOf(file, error, errors, root));
}

function isBranchOf(error: ErrorObject, combination: ErrorObject): boolean {
  const forms: readonly unknown[] = Array.isArray(combination.schema) ? combination.schema : [];
  return (
    error !== combination &&
    error.instancePath.startsWith(combination.instancePath) &&
    (forms.some((form, place) => isOfForm(error, combination, form, place)) ||
      (error.parentSchema !== undefined && within(combination.schema, error.parentSchema)))
  );
}

/** Whether the schema object stands somewhere inside the branches. */
function within(branches: unknown, schema: unknown): boolean {
  if (branches === schema) return true;
  if (typeof branches !== 'object' || branches === null) return false;
  return Object.values(branches).some((child) => within(child, schema));
}
