/** Bodies of another shape: for each operation and status, all bodies of one side against all of the other. */
import { groupBy } from '../report/group-by.ts';
import { answeredBy, shapeOfAnswer } from '../results/exchange-facts.ts';
import { isItem, joinShapes, parentOf, type PlaceOfShape, type ShapeUnion } from '../results/shape-union.ts';
import type { Exchange } from '../results/types.ts';
import type { Difference } from './types.ts';
import { entriesOf } from './entries.ts';
import type { Pair } from './pairs.ts';

/** What two bodies differ in, in words: one line of each side. */
interface Delta {
  readonly a: string;
  readonly b: string;
}

interface BodyDelta extends Delta {
  readonly dataMayExplain: boolean;
}

/**
 * One difference for each set of members that differ; operations that differ in the same are one. What an empty list
 * or a null leaves untold is no difference.
 */
export function bodyDifferences(pairs: readonly Pair[]): readonly Difference[] {
  const comparable = pairs.flatMap((pair) => {
    const [a, b] = [answeredBy(pair.a), answeredBy(pair.b)];
    return a !== undefined && a.status === b?.status ? [{ pair, status: a.status }] : [];
  });
  const byAnswer = groupBy(comparable, ({ pair, status }) => JSON.stringify([pair.operation, status]));
  const found = [...byAnswer.values()].flatMap((group) => {
    const shown = group.map(({ pair }) => pair);
    const delta = compareShapes(unionOf(shown.map(({ a }) => a)), unionOf(shown.map(({ b }) => b)));
    return delta === undefined ? [] : [{ status: group[0]?.status ?? 0, delta, shown }];
  });
  const byDelta = groupBy(found, ({ status, delta }) => JSON.stringify([status, delta]));
  return [...byDelta.values()].flatMap((group) =>
    group.slice(0, 1).map(({ status, delta }): Difference => {
      const shown = group.flatMap((one) => one.shown);
      return {
        kind: 'body',
        of: `the body of ${status}`,
        ...delta,
        operations: [...new Set(shown.map(({ operation }) => operation))],
        requests: shown.length,
        cases: [...new Set(shown.map((pair) => pair.case.id))],
        entries: entriesOf(shown).slice(0, 1),
      };
    }),
  );
}

function unionOf(exchanges: readonly Exchange[]): ShapeUnion {
  return joinShapes(
    exchanges.flatMap((exchange) => {
      const answer = answeredBy(exchange);
      const shape = answer && shapeOfAnswer(answer);
      return shape === undefined ? [] : [shape];
    }),
  );
}

function compareShapes(a: ShapeUnion, b: ShapeUnion): BodyDelta | undefined {
  if (a.size === 0 || b.size === 0) return undefined;
  const left: string[] = [];
  const right: string[] = [];
  let dataMayExplain = true;
  for (const pointer of [...new Set([...a.keys(), ...b.keys()])].toSorted()) {
    const [one, other] = [a.get(pointer), b.get(pointer)];
    if (one !== undefined && other !== undefined) {
      const words = placesApart(one, other);
      if (words === undefined) continue;
      left.push(`${named(pointer)} ${words.a}`);
      right.push(`${named(pointer)} ${words.b}`);
      dataMayExplain = false;
      continue;
    }
    const [place, lines, lacking] = one === undefined ? [other, right, a] : [one, left, b];
    if (place === undefined || !isTold(pointer, lacking)) continue;
    lines.push(`${named(pointer)}${oftenText(place)}`);
    dataMayExplain &&= place.sometimes;
  }
  if (left.length === 0 && right.length === 0) return undefined;
  return {
    a: left.join(', ') || 'none of these',
    b: right.join(', ') || 'none of these',
    dataMayExplain,
  };
}

/** Whether a side that lacks a place had an object in which it could have been. */
function isTold(pointer: string, lacking: ShapeUnion): boolean {
  return !isItem(pointer) && lacking.get(parentOf(pointer))?.types.includes('object') === true;
}

function placesApart(a: PlaceOfShape, b: PlaceOfShape): Delta | undefined {
  const typed = a.types.length > 0 && b.types.length > 0;
  if (typed && !a.types.some((type) => b.types.includes(type))) {
    return { a: `is ${a.types.join(' or ')}`, b: `is ${b.types.join(' or ')}` };
  }
  const [unsetOfA, unsetOfB] = [unsetText(a), unsetText(b)];
  return unsetOfA === undefined || unsetOfB === undefined || unsetOfA === unsetOfB
    ? undefined
    : { a: unsetOfA, b: unsetOfB };
}

/** How a member without a value is shown, where one was seen and in one way alone. */
function unsetText({ nullSeen, sometimes }: PlaceOfShape): string | undefined {
  if (nullSeen === sometimes) return undefined;
  return nullSeen ? 'may be null' : 'may be left out';
}

function named(pointer: string): string {
  return pointer === '' ? 'the body' : pointer;
}

function oftenText({ sometimes }: PlaceOfShape): string {
  return sometimes ? ' (not always)' : '';
}
