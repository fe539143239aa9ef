/** The keys of a target as the environment variables that the suite reads. */
import { loadContract } from '../dist/src/contract/load.js';

const { credentials } = await loadContract();

/** Environment variables with the keys, by the ids of their credentials. */
export function keyVariables(keys) {
  return Object.fromEntries(
    Object.values(credentials).flatMap(({ id, env }) => (keys[id] === undefined ? [] : [[env, keys[id]]])),
  );
}
