/** What a body is like without what it says: enough to compare two deployments, too little to give anything away. */
import { createHash } from 'node:crypto';

/**
 * The JSON types at each JSON pointer of a body, `number|string` where there are several. `*` stands for every index
 * of an array and for every member whose name is data; a `?` at the end says that not every object there has it.
 */
export type BodyShape = Readonly<Record<string, string>>;

export interface Imprint {
  readonly shape: BodyShape;
  /** How many items each array has that stands in no other array, by pointer. */
  readonly lengths: Readonly<Record<string, number>>;
  /** The same for bodies of the same bytes. */
  readonly digest: string;
}

/** A body of more places than this has no shape: what a target can make as large as it likes is not kept. */
const mostPlaces = 1500;
/** What lies deeper is not looked at. */
const mostLevels = 16;

/** The imprint of a JSON value and of the bytes that it was read from. */
export function imprintOf(value: unknown, bytes: Uint8Array): Imprint {
  const looking: Looking = { places: new Map(), lengths: {}, tooLarge: false };
  look(value, '', 0, looking);
  return {
    shape: looking.tooLarge ? {} : shapeOf(looking.places),
    lengths: looking.lengths,
    digest: createHash('sha256').update(bytes).digest('hex').slice(0, 16),
  };
}

interface Place {
  readonly types: Set<string>;
  readonly parent: string;
  /** How often something stood there. */
  seen: number;
  /** How often that was an object. */
  objects: number;
}

interface Looking {
  readonly places: Map<string, Place>;
  readonly lengths: Record<string, number>;
  tooLarge: boolean;
}

function look(value: unknown, pointer: string, level: number, looking: Looking, parent = ''): void {
  const place = placeAt(looking, pointer, parent);
  if (place === undefined) return;
  place.types.add(typeOf(value));
  place.seen += 1;
  if (level >= mostLevels) return;
  if (Array.isArray(value)) {
    if (!pointer.includes('/*')) looking.lengths[pointer] = value.length;
    for (const item of value as readonly unknown[]) look(item, `${pointer}/*`, level + 1, looking, pointer);
    return;
  }
  if (typeof value !== 'object' || value === null) return;
  place.objects += 1;
  for (const [name, child] of Object.entries(value)) {
    look(child, `${pointer}/${isData(name) ? '*' : escaped(name)}`, level + 1, looking, pointer);
  }
}

function placeAt(looking: Looking, pointer: string, parent: string): Place | undefined {
  const known = looking.places.get(pointer);
  if (known !== undefined) return known;
  if (looking.places.size >= mostPlaces) {
    looking.tooLarge = true;
    return undefined;
  }
  const place: Place = { types: new Set(), parent, seen: 0, objects: 0 };
  looking.places.set(pointer, place);
  return place;
}

/** Names such as dates, ids, paths and sentences are keys of a map; what is left are names of members. */
function isData(name: string): boolean {
  return name.length > 48 || !/^[\p{L}_$@][\p{L}\p{N}_$.@-]*$/u.test(name) || /\d{3}/.test(name);
}

function escaped(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

function typeOf(value: unknown): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

function shapeOf(places: ReadonlyMap<string, Place>): BodyShape {
  const texts = [...places].map(([pointer, { types, parent, seen }]): [string, string] => {
    const owners = pointer === '' || pointer.endsWith('/*') ? 0 : (places.get(parent)?.objects ?? 0);
    return [pointer, `${[...types].toSorted().join('|')}${seen < owners ? '?' : ''}`];
  });
  return Object.fromEntries(texts.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
