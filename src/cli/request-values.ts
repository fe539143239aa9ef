/** `--request-value member=value`: what members of request bodies are given on this target. */
import { requestMemberNames, withRequestValues } from '../contract/request-values.ts';
import type { Contract } from '../contract/types.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';

/**
 * The contract with the values that the flags give. Throws UsageError for a text that gives no value and for a member
 * that no request has.
 */
export function contractWithValues(contract: Contract, given: readonly string[] = []): Contract {
  const known = requestMemberNames(contract);
  const values = given.map((text): readonly [string, string] => {
    const [, name, value] = /^([^=]+)=(.*)$/s.exec(text) ?? [];
    if (name === undefined || value === undefined)
      throw new UsageError(`--request-value ${text} gives no value.`, 'Write member=value.');
    if (!known.includes(name)) {
      const offer = didYouMean(name, known);
      throw new UsageError(
        `--request-value names ${name}, which no request has.`,
        offer === '' ? `Known: ${known.join(', ')}.` : offer,
      );
    }
    return [name, value];
  });
  return withRequestValues(contract, Object.fromEntries(values));
}
