/** A case of several steps, with what such cases have in common filled in. */
import type { Contract, Operation } from '../../contract/types.ts';
import { scenarioCase, type ScenarioFields } from '../case.ts';
import type { Case } from '../types.ts';

type Written = Omit<ScenarioFields, 'operation' | 'keys' | 'credential' | 'parameters' | 'profile'> & {
  readonly profile?: ScenarioFields['profile'];
  readonly parameters?: ScenarioFields['parameters'];
};

/** A scenario of an operation by one credential; `all` and `none` need no key of their own. */
export function scenario(
  contract: Contract,
  operation: Operation,
  credential: string,
  fields: Written,
): Case {
  return scenarioCase(contract, {
    profile: 'full',
    parameters: {},
    ...fields,
    operation,
    credential,
    keys: credential === 'all' || credential === 'none' ? [] : [credential],
  });
}
