import { choicesOf } from '../axes/index.ts';
import { didYouMean } from '../did-you-mean.ts';
import type { Dialect } from './dialect.ts';
import { namedDialects, type NamedDialect } from './named.ts';
import { readPoint } from './point.ts';

export type DialectInfo = NamedDialect;

/** The dialects that have a name, the plain one first. */
export const dialects: readonly DialectInfo[] = namedDialects;

/**
 * The dialect that a text means: a name, `seed:N`, `axis=value`, or several of them between commas.
 *
 * @throws Error for a word that is not known, with the nearest one.
 */
export function findDialect(text: string): Dialect {
  const reading = readPoint(text);
  if (reading.kind === 'unknown') throw new Error(didYouMean(reading.what, reading.word, reading.known));
  return choicesOf(reading.values);
}
