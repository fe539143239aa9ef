import { objectOf } from '../data/json.ts';
import type { ErrorObject } from 'ajv';
import { createAjv } from '../../src/contract/ajv.ts';
import type { Contract, JsonSchema } from '../../src/contract/types.ts';
import type { Problem } from '../dialects/dialect.ts';

/** Checks bodies against the request schemas of the contract. */
export interface RequestValidators {
  /** What is wrong with a body; empty where it keeps the schema. */
  problems(schemaFile: string, body: unknown): readonly Problem[];
  /** The members that a schema names. */
  members(schemaFile: string): ReadonlySet<string>;
  required(schemaFile: string): ReadonlySet<string>;
}

/** Makes the validators; each schema is compiled when it is first needed. */
export function createRequestValidators(contract: Contract): RequestValidators {
  const ajv = createAjv(contract.schemas, { trusted: true });
  const memberSets = new Map<string, ReadonlySet<string>>();
  return {
    problems: (schemaFile, body) => {
      const validate = ajv.getSchema(schemaFile);
      if (validate === undefined) throw new Error(`The contract has no schema ${schemaFile}.`);
      return validate(body) === true ? [] : (validate.errors ?? []).map(toProblem);
    },
    members: (schemaFile) => {
      const known = memberSets.get(schemaFile) ?? membersOf(contract, schemaFile);
      memberSets.set(schemaFile, known);
      return known;
    },
    required: (schemaFile) => {
      const required = contract.schemas[schemaFile]?.['required'];
      return new Set(Array.isArray(required) ? required.map(String) : []);
    },
  };
}

function membersOf(contract: Contract, schemaFile: string): ReadonlySet<string> {
  const schema: JsonSchema = contract.schemas[schemaFile] ?? {};
  const own = Object.keys(objectOf(schema['properties']));
  const reference = schema['$ref'];
  return new Set(typeof reference === 'string' ? [...own, ...membersOf(contract, reference)] : own);
}

function toProblem(error: ErrorObject): Problem {
  const missing: unknown = error.params['missingProperty'];
  if (typeof missing === 'string') {
    const at = `${error.instancePath}/${missing}`;
    return { at, message: `${at} is required` };
  }
  const at = error.instancePath === '' ? '/' : error.instancePath;
  return { at, message: `${at === '/' ? 'the body' : at} ${error.message ?? 'is not valid'}` };
}
