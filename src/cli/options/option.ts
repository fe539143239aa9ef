/** One option: its facts, and the readers of its text. */
import { InvalidArgumentError } from 'commander';
import type { Shard } from '../../plan/shard.ts';
import { didYouMean } from '../../nearest.ts';

export interface OptionFacts {
  /** As commander reads it: `--seed <number>`; dots make it repeatable. */
  readonly flags: string;
  readonly about: string;
  /** What it does in a command for which that is not all true, by the name of the command. */
  readonly aboutIn?: Readonly<Partial<Record<string, string>>>;
  /** The environment variable that stands for it where the flag is not given. */
  readonly env?: string;
  /** What holds without it, in words where it is no fixed value. */
  readonly otherwise?: string;
  /** What a flag that takes a value or not is read as without one. */
  readonly withoutValue?: string;
  /** Reads the text of the flag or the variable; `previous` is what a repeated flag has gathered. */
  readonly parse: (text: string, previous: readonly string[] | undefined) => unknown;
}

/**
 * Reads the text of an option. Throws InvalidArgumentError for an empty one: a variable of CI that nobody has set is
 * empty, and must not be taken for an option that was left out.
 */
export function parseOption(
  { parse }: Pick<OptionFacts, 'parse'>,
  value: string,
  previous: readonly string[] | undefined,
): unknown {
  if (value.trim() !== '') return parse(value, previous);
  throw new InvalidArgumentError('It is set and empty: give it a value, or leave it out.');
}

export const text = (value: string): string => value;
export const list = (value: string, previous: readonly string[] | undefined): readonly string[] => [
  ...(previous ?? []),
  value,
];
/** A flag without a value is never parsed: it is there or not. */
export const flag = (): boolean => true;

export function oneOf<T extends string>(valid: readonly T[]): (value: string) => T {
  return (value) => {
    const found = valid.find((candidate) => candidate === value);
    if (found !== undefined) return found;
    throw new InvalidArgumentError(`${didYouMean(value, valid, 1)} Known: ${valid.join(', ')}.`.trim());
  };
}

export function eachOf<T extends string>(
  valid: readonly T[],
): (value: string, previous: readonly string[] | undefined) => readonly T[] {
  const one = oneOf(valid);
  return (value, previous) => [...(previous ?? []), value].map((name) => one(name));
}

export function integer(least: number, most: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (/^\d+$/.test(value) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`A whole number from ${least} to ${most} is expected.`);
  };
}

/** Reads how often something happens: a number of times a second, more than 0 and at most 1000. */
export function rate(value: string): number {
  const number = Number(value);
  if (/^\d+(\.\d+)?$/.test(value) && number > 0 && number <= 1000) return number;
  throw new InvalidArgumentError('A number of times a second is expected, more than 0 and at most 1000.');
}

const msOf: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Reads `90s`, `10m`, `6h`, `1d` or `0`, as ms. */
export function duration(value: string): number {
  const [, number = '', unit = ''] = /^(\d{1,6})([smhd])$/.exec(value) ?? [];
  const ms = Number(number) * (msOf[unit] ?? Number.NaN);
  if (value === '0') return 0;
  if (!Number.isNaN(ms)) return ms;
  throw new InvalidArgumentError('A time such as 90s, 10m, 6h or 1d is expected, or 0.');
}

export function httpUrl(value: string): string {
  if (URL.canParse(value) && /^https?:$/.test(new URL(value).protocol)) return value;
  throw new InvalidArgumentError('A URL such as http://127.0.0.1:4010/ is expected.');
}

/** Reads `2/4`: the second of four. */
export function shardOf(value: string): Shard {
  const [, index, of] = (/^(\d{1,6})\/(\d{1,6})$/.exec(value) ?? []).map(Number);
  if (index !== undefined && of !== undefined && index >= 1 && index <= of) return { index, of };
  throw new InvalidArgumentError('i/n is expected, such as 2/4: the second of four. The first is 1.');
}

/** The longest wait that a timer of Node takes, in ms. */
export const longestTimer = 2 ** 31 - 1;
