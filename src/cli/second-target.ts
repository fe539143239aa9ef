/** The second deployment of a comparison has keys of its own, under names of their own. */
import type { Contract } from '../contract/types.ts';

const [first, second] = ['ARMATURE_', 'ARMATURE_AGAINST_'];

/** The name of a variable for the second deployment: `ARMATURE_AGAINST_KEY_VIEWER` for `ARMATURE_KEY_VIEWER`. */
export function ofTheSecond(name: string): string {
  return name.startsWith(first) ? name.replace(first, second) : `AGAINST_${name}`;
}

/** The name of the variable of the first deployment; any other name as it is. */
export function ofTheFirst(name: string): string {
  return name.replace(second, first);
}

/** The contract whose credentials have their keys in the variables of the second deployment. */
export function contractOfTheSecond(contract: Contract): Contract {
  const credentials = Object.entries(contract.credentials).map(([id, credential]) => [
    id,
    { ...credential, env: ofTheSecond(credential.env) },
  ]);
  return { ...contract, credentials: Object.fromEntries(credentials) };
}
