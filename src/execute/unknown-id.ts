/** Ids that nothing has, of the form that the target gives: an odd form may lawfully be refused in another way. */
import { createHash } from 'node:crypto';

/** With fewer characters to change, an id by chance may be another one that is there. */
const leastChanged = 6;
const mostChanged = 12;

/**
 * An id like the known ones that is none of them: characters near its end are replaced by others of the same kind.
 * With no known id, a UUID.
 * @param salt the same salt gives the same id
 */
export function unknownIdLike(known: readonly string[], salt: string): string {
  const taken = new Set(known);
  const [sample] = known;
  for (let attempt = 0; ; attempt++) {
    const digest = createHash('sha512').update(`${salt}/${attempt}`).digest();
    const candidate = sample === undefined ? uuidFrom(digest) : alike(sample, digest);
    if (!taken.has(candidate)) return candidate;
  }
}

function uuidFrom(digest: Buffer): string {
  const hex = digest.toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/**
 * A word in front (`wf_`), the version of a UUID and the separators stay as they are; so does the last character of
 * a long id, which in base64 does not take every value.
 */
function alike(sample: string, digest: Buffer): string {
  const word = /^[A-Za-z]+[^A-Za-z0-9]/.exec(sample)?.[0].length ?? 0;
  const places = Array.from(sample).flatMap((character, index) =>
    index >= word && /[A-Za-z0-9]/.test(character) ? [index] : [],
  );
  if (places.length < leastChanged) return drawnOut(sample, digest);
  const changed = new Set(places.length > leastChanged + 2 ? places.slice(-mostChanged - 1, -1) : places);
  const plain = sample.slice(word).replaceAll(/[^A-Za-z0-9]/g, '');
  const isHex = /^[0-9a-f]+$/.test(plain) && /[a-f]/.test(plain);
  return Array.from(sample)
    .map((character, index) =>
      changed.has(index) ? replaced(character, digest[index % digest.length] ?? 0, isHex) : character,
    )
    .join('');
}

/** A short id (`wf_12`) leaves too few others: it is drawn out with its own kind of characters. */
function drawnOut(sample: string, digest: Buffer): string {
  const last = sample.at(-1) ?? '0';
  const tail = [...digest.subarray(0, 8)].map((byte) =>
    replaced(/[A-Za-z0-9]/.test(last) ? last : '0', byte, false),
  );
  return `${sample}9${tail.join('')}`;
}

function replaced(character: string, byte: number, isHex: boolean): string {
  if (isHex) return '0123456789abcdef'[byte % 16] ?? '0';
  if (/[0-9]/.test(character)) return String(byte % 10);
  const letter = 'abcdefghijkmnpqrstuvwxyz'[byte % 24] ?? 'a';
  return character === character.toLowerCase() ? letter : letter.toUpperCase();
}
