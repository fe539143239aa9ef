/** Ids that nothing has, of the form that the target gives: an odd form may lawfully be refused in another way. */
import { createHash } from 'node:crypto';

const shortestTail = 6;

/**
 * An id like the known ones that is none of them: its last part is replaced by characters of the same kinds. With
 * no known id, a UUID.
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

function alike(sample: string, digest: Buffer): string {
  const tail = /[A-Za-z0-9]+$/.exec(sample)?.[0] ?? '';
  if (tail.length === 0) return `${sample}${digest.toString('hex').slice(0, 8)}`;
  const head = sample.slice(0, sample.length - tail.length);
  return `${head}${scramble(lengthen(tail), digest)}`;
}

/** A short tail (`wf_12`) leaves too few ids that nothing has: it is drawn out with its own kind of characters. */
function lengthen(tail: string): string {
  return tail.length >= shortestTail ? tail : tail.padEnd(shortestTail + 3, tail);
}

function scramble(tail: string, digest: Buffer): string {
  const isHex = /^[0-9a-f]+$/.test(tail);
  const isDigits = /^[0-9]+$/.test(tail);
  // The first characters of a tail may say something (a time, a version): the last two thirds are replaced.
  const kept = isDigits ? 0 : Math.floor(tail.length / 3);
  return [...tail]
    .map((character, index) => {
      const byte = digest[index % digest.length] ?? 0;
      if (index < kept) return character;
      if (isDigits) return index === 0 ? '9' : String(byte % 10);
      if (isHex) return '0123456789abcdef'[byte % 16];
      if (/[0-9]/.test(character)) return String(byte % 10);
      const letter = 'abcdefghijkmnpqrstuvwxyz'[byte % 24] ?? 'a';
      return character === character.toLowerCase() ? letter : letter.toUpperCase();
    })
    .join('');
}
