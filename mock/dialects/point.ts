import { axes } from '../axes/index.ts';
import { createRandom } from '../data/random.ts';
import { namedDialects } from './named.ts';

/** Names of values by axis id; an axis that is not named has the plain value. */
export type Point = Readonly<Record<string, string>>;

/** What a text was read as: a point of the space of axes, or the word in it that is not known. */
export type PointReading =
  | { readonly kind: 'point'; readonly values: Point }
  | {
      readonly kind: 'unknown';
      /** What the word should have been, such as `value of runs.order`. */
      readonly what: string;
      readonly word: string;
      readonly known: readonly string[];
    };

/**
 * Reads which point of the space of axes is meant: terms between commas, each the name of a dialect, `seed:N` for a
 * random point, or `axis=value`; a later term counts before an earlier one. Gives the values that differ from plain.
 */
export function readPoint(text: string): PointReading {
  let values: Point = {};
  for (const term of text.split(',').map((part) => part.trim())) {
    const reading = readTerm(term);
    if (reading.kind === 'unknown') return reading;
    values = term.includes('=') ? { ...values, ...reading.values } : reading.values;
  }
  return { kind: 'point', values: withoutPlain(values) };
}

/** The text that a point is read from; `plain` for the plain one. */
export function pointText(point: Point): string {
  const terms = Object.entries(withoutPlain(point)).map(([axis, value]) => `${axis}=${value}`);
  return terms.length === 0 ? 'plain' : terms.join(',');
}

function readTerm(term: string): PointReading {
  const [, seed] = /^seed:(\d{1,9})$/.exec(term) ?? [];
  if (seed !== undefined) return { kind: 'point', values: randomPoint(Number(seed)) };
  const equals = term.indexOf('=');
  if (equals >= 0) return readChoice(term.slice(0, equals).trim(), term.slice(equals + 1).trim());
  const dialect = namedDialects.find(({ id }) => id === term);
  if (dialect !== undefined) return { kind: 'point', values: dialect.values };
  const known = [...namedDialects.map(({ id }) => id), 'seed:N', 'axis=value'];
  return { kind: 'unknown', what: 'dialect', word: term, known };
}

function readChoice(id: string, value: string): PointReading {
  const axis = axes.find((candidate) => candidate.id === id);
  if (axis === undefined) {
    return { kind: 'unknown', what: 'axis', word: id, known: axes.map((candidate) => candidate.id) };
  }
  return axis.values.includes(value)
    ? { kind: 'point', values: { [id]: value } }
    : { kind: 'unknown', what: `value of ${id}`, word: value, known: axis.values };
}

/** A point drawn evenly on each axis by itself, so that a new axis leaves the draws of the others as they were. */
function randomPoint(seed: number): Point {
  return Object.fromEntries(
    axes.map(({ id, values }) => [id, createRandom(seedOf(`${seed} ${id}`)).pick(values)]),
  );
}

/** A 32-bit number of a text (FNV-1a). */
function seedOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const letter of text) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return hash >>> 0;
}

function withoutPlain(values: Point): Point {
  return Object.fromEntries(
    axes.flatMap(({ id, values: [plain] }) => {
      const value = values[id];
      return value === undefined || value === plain ? [] : [[id, value] as const];
    }),
  );
}
