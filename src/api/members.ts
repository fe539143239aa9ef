import { oneOf } from '../contract/near-miss.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';

/**
 * Refuses an object of the caller with a member that there is not, or without one that there must be: programs in
 * plain JavaScript are not told by a compiler. Throws UsageError with the nearest name.
 */
export function requireMembers(
  what: string,
  given: object,
  valid: readonly string[],
  required: readonly string[],
): void {
  if (typeof given !== 'object' || given === null) {
    throw new UsageError(`${what} is no object.`, `Expected one with ${required.join(' and ')}.`);
  }
  for (const name of Object.keys(given)) {
    if (valid.includes(name)) continue;
    throw new UsageError(
      `${what} has no member ${name}.`,
      `${didYouMean(name, valid, 1)} Expected ${oneOf(valid)}.`.trim(),
    );
  }
  for (const name of required) {
    if (!Object.entries(given).some(([member, value]) => member === name && value !== undefined)) {
      throw new UsageError(`${what} has no ${name}.`, `Expected ${oneOf(valid)}.`);
    }
  }
}
