/** Many bodies of one kind as one: where their shapes agree, and what only some of them have. Pure. */
import type { BodyShape } from '../check/imprint.ts';

export interface PlaceOfShape {
  /** The JSON types without null, sorted; empty where only null was seen. */
  readonly types: readonly string[];
  readonly nullSeen: boolean;
  /** True where not every object there has it. */
  readonly sometimes: boolean;
}

/** By JSON pointer, as in a shape. */
export type ShapeUnion = ReadonlyMap<string, PlaceOfShape>;

/** Joins shapes: a place that one has and another lacks, though it has its parent, is there sometimes. */
export function joinShapes(shapes: readonly BodyShape[]): ShapeUnion {
  const union = new Map<string, PlaceOfShape>();
  for (const shape of shapes) {
    for (const [pointer, text] of Object.entries(shape)) {
      const place = placeOf(text);
      const known = union.get(pointer);
      union.set(pointer, known === undefined ? place : merged(known, place));
    }
  }
  for (const [pointer, place] of union) {
    if (place.sometimes || isItem(pointer)) continue;
    const lacking = shapes.some(
      (shape) => shape[pointer] === undefined && hasObjectAt(shape, parentOf(pointer)),
    );
    if (lacking) union.set(pointer, { ...place, sometimes: true });
  }
  return union;
}

/** The pointer of what a pointer stands in. */
export function parentOf(pointer: string): string {
  return pointer.slice(0, Math.max(pointer.lastIndexOf('/'), 0));
}

/** The last name of a pointer. */
export function nameOf(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf('/') + 1);
}

/** True for the items of an array and the members of a map: how many there are is data. */
export function isItem(pointer: string): boolean {
  return pointer === '' || pointer.endsWith('/*');
}

function placeOf(text: string): PlaceOfShape {
  const types = text.replace(/\?$/, '').split('|');
  return {
    types: types.filter((type) => type !== 'null'),
    nullSeen: types.includes('null'),
    sometimes: text.endsWith('?'),
  };
}

function merged(a: PlaceOfShape, b: PlaceOfShape): PlaceOfShape {
  return {
    types: [...new Set([...a.types, ...b.types])].toSorted(),
    nullSeen: a.nullSeen || b.nullSeen,
    sometimes: a.sometimes || b.sometimes,
  };
}

function hasObjectAt(shape: BodyShape, pointer: string): boolean {
  return shape[pointer] !== undefined && placeOf(shape[pointer]).types.includes('object');
}
