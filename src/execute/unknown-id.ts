/** Ids that nothing has, of the form that the target gives: an odd form may lawfully be refused in another way. */
import { createHash } from 'node:crypto';

/** With fewer characters to change, an id by chance may be another one that is there. */
const leastChanged = 6;
const mostChanged = 12;

/**
 * An id like the known ones that is none of them: characters near its end are replaced by others of the same kind (digit,
 * capital, small letter) out of the alphabet that the known ones are written in. With no known id, a UUID.
 * @param salt the same salt gives the same id
 */
export function unknownIdLike(known: readonly string[], salt: string): string {
  const taken = new Set(known);
  const [sample] = known;
  for (let attempt = 0; ; attempt++) {
    const digest = createHash('sha512').update(`${salt}/${attempt}`).digest();
    const candidate = sample === undefined ? uuidFrom(digest) : alike(sample, known, digest);
    if (!taken.has(candidate)) return candidate;
  }
}

function uuidFrom(digest: Buffer): string {
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * What all ids of this length have at the same place stays as it is (a prefix, the version of a UUID), and so do the
 * separators and the last character of a long id, which in base64 does not take every value.
 */
function alike(sample: string, known: readonly string[], digest: Buffer): string {
  const twins = known.filter(({ length }) => length === sample.length);
  const words = /^(?:[A-Za-z]+[^A-Za-z0-9])+/.exec(sample)?.[0].length ?? 0;
  const free = Array.from(sample).flatMap((character, index) =>
    index >= words && /[A-Za-z0-9]/.test(character) ? [index] : [],
  );
  const varying = free.filter((index) => twins.some((twin) => twin[index] !== sample[index]));
  const places = varying.length >= leastChanged ? varying : free;
  const shown = twins.flatMap((twin) => places.map((index) => twin[index] ?? ''));
  if (places.length < leastChanged) return drawnOut(sample, shown, digest);
  const changed = new Set(places.length > leastChanged + 2 ? places.slice(-mostChanged - 1, -1) : places);
  const written = Array.from(sample).map((character, index) =>
    changed.has(index) ? replaced(character, shown, digest[index % digest.length] ?? 0) : character,
  );
  return written.join('');
}

/** A short id (`wf_12`) leaves too few others: it is drawn out with its own kind of characters. */
function drawnOut(sample: string, shown: readonly string[], digest: Buffer): string {
  const last = sample.at(-1) ?? '0';
  const kind = /[A-Za-z0-9]/.test(last) ? last : '0';
  const tail = [...digest.subarray(0, 8)].map((byte) => replaced(kind, shown, byte));
  return `${sample}${tail.join('')}`;
}

/** Beside those that the known ids show: digits and letters that every usual alphabet has (hex, base32, base58 …). */
const kinds = [
  { pattern: /[0-9]/, usual: '234567' },
  { pattern: /[a-z]/, usual: 'abcdef' },
  { pattern: /[A-Z]/, usual: 'ABCDEF' },
] as const;

function replaced(character: string, shown: readonly string[], byte: number): string {
  const kind = kinds.find(({ pattern }) => pattern.test(character));
  if (kind === undefined) return character;
  const own = shown.filter((one) => kind.pattern.test(one));
  const alphabet = [...new Set([...Array.from(kind.usual), ...own])].toSorted();
  return alphabet[byte % alphabet.length] ?? character;
}
