/** Keys are secrets: whatever is printed, logged or written goes through here first. */
import { encodedRuns } from './encoded-runs.ts';
import { createSearch } from './text-search.ts';

const mask = '***';

/** A secret this short could be an ordinary word; only the whole key is looked for then. */
const shortestSecret = 12;
/** Half a secret is looked for when it is at least this long: a key with one character changed keeps one half. */
const shortestHalf = 8;

/** A text that gives a key away, and on which side the rest of the key may stand. */
interface Trace {
  readonly text: string;
  readonly shown: string;
  readonly rest: 'before' | 'after' | 'none';
  /** How many characters of the rest there may be. */
  readonly reach: number;
}

/**
 * A key as it may be shown: `amt_<key-id>_***`. The id ends at the second underscore, so that an id with an
 * underscore of its own shows less, never more. A text of another form shows nothing.
 */
export function maskKey(key: string): string {
  const parts = /^([A-Za-z0-9]+_[A-Za-z0-9-]+_)./s.exec(key);
  return parts?.[1] === undefined ? mask : `${parts[1]}${mask}`;
}

/** What has the form of a key: `<prefix>_<key-id>_<secret>`. @param prefix the first part of every key */
function formOf(prefix: string, leastSecret: number): string {
  const start = prefix.replaceAll(/[^A-Za-z0-9]/g, '');
  // The full stop behind a key is of the sentence that it stands in.
  return `(?<![A-Za-z0-9])${start}_[A-Za-z0-9-]+_[\\w+/=.~-]{${leastSecret - 1},}[\\w+/=~-]`;
}

/**
 * Gives a function that masks every key of the form in a text, known or not, and what begins as one and is long enough
 * to be one. What is masked already stays as it is.
 * @param prefix the first part of every key
 */
export function createFormMasker(prefix: string): (text: string) => string {
  const start = prefix.replaceAll(/[^A-Za-z0-9]/g, '');
  const form = new RegExp(`${formOf(prefix, 1)}|(?<![A-Za-z0-9])${start}_[\\w+/=.~-]{20,}[\\w+/=~-]`, 'gi');
  return (text) => text.replaceAll(form, maskKey);
}

/**
 * Gives a function that tells whether a text holds a whole key, whoever's it is: one whose secret is long enough to be
 * one, not a text that only looks like a key.
 */
export function createKeyFinder(prefix: string): (text: string) => boolean {
  const form = new RegExp(formOf(prefix, tellingSecret));
  return (text) => form.test(text);
}

const tellingSecret = 16;

/**
 * Gives a function that replaces every trace of the keys in a text by the mask: the secret part, or either half of
 * it, in upper or lower case, reversed, percent-encoded, with escaped slashes, in base64 and base64url at each of the
 * three alignments, and in the ways of writing out characters that `encodedRuns` reads. A value that could be an
 * ordinary word is masked only where it stands alone.
 * Takes the keys; the function takes a text of any size and gives the same text where nothing is to be masked.
 * @param prefixes the first parts of keys that are masked by their form, known or not
 */
export function createMasker(
  keys: Iterable<string>,
  prefixes: readonly string[] = [],
): (text: string) => string {
  const values = [...new Set(keys)].filter((key) => key !== '');
  const words = new Set(values.filter(isOrdinaryWord));
  const traces = new Map<string, Trace>();
  for (const key of values.filter((value) => !words.has(value))) {
    for (const trace of tracesOf(key)) if (!traces.has(trace.text)) traces.set(trace.text, trace);
  }
  const search = createSearch([...traces.values()]);
  const maskTraces = (text: string): string => {
    let masked = '';
    let done = 0;
    for (const { start, end, pattern } of search(text)) {
      if (start < done) continue;
      const from =
        pattern.rest === 'before' ? reachBack(text, start, Math.max(done, start - pattern.reach)) : start;
      const to = pattern.rest === 'after' ? reachOn(text, end, end + pattern.reach) : end;
      masked += text.slice(done, from) + pattern.shown;
      done = to;
    }
    return done === 0 ? text : masked + text.slice(done);
  };
  const ofForm = prefixes.map(createFormMasker);
  const maskAll = (text: string): string => ofForm.reduce((known, one) => one(known), maskTraces(text));
  if (traces.size === 0 && ofForm.length === 0) return (text) => maskWords(text, words);
  return (text) => maskWords(maskRuns(maskAll(text), maskAll), words);
}

/** A text in which each run that stands for something that is to be masked is the mask. */
function maskRuns(text: string, maskDecoded: (decoded: string) => string): string {
  const hits = [...encodedRuns(text)]
    .filter(({ decoded }) => decoded.some((one) => maskDecoded(one) !== one))
    .toSorted((a, b) => a.start - b.start);
  let masked = '';
  let done = 0;
  for (const { start, end } of hits) {
    if (end <= done) continue;
    masked += start < done ? '' : text.slice(done, start) + mask;
    done = end;
  }
  return done === 0 ? text : masked + text.slice(done);
}

/** A value this short, or of letters alone and not much longer, could be any word: in a text it tells nothing. */
export function isOrdinaryWord(value: string): boolean {
  return value.length < shortestValue || (value.length < shortestLetters && /^[A-Za-z]+$/.test(value));
}

const shortestValue = 8;
const shortestLetters = 12;

/** Masks a word where it is all of a text, or all of a text in quotes. */
function maskWords(text: string, words: ReadonlySet<string>): string {
  if (words.size === 0) return text;
  if (words.has(text)) return mask;
  return text.replaceAll(/"([^"\\\r\n]{1,12})"/g, (quoted, inner: string) =>
    words.has(inner) ? `"${mask}"` : quoted,
  );
}

function tracesOf(key: string): readonly Trace[] {
  const shown = maskKey(key);
  const secret = shown === mask ? key : key.slice(shown.length - mask.length);
  if (shown !== mask && secret.length < shortestSecret) return whole(key, shown);
  const middle = Math.floor(secret.length / 2);
  if (middle < shortestHalf) return whole(secret, mask);
  const [first, second] = [secret.slice(0, middle), secret.slice(middle)];
  return [...half(first, second.length, 'after'), ...half(second, first.length, 'before')];
}

function whole(text: string, shown: string): readonly Trace[] {
  return forms(text).map((form) => ({ text: form, shown, rest: 'none', reach: 0 }));
}

function half(text: string, otherLength: number, rest: 'before' | 'after'): readonly Trace[] {
  return forms(text).map((form) => ({
    text: form,
    shown: mask,
    rest,
    // One character may have been added; the factor is that of the encoding, rounded up by a group.
    reach: Math.ceil(((otherLength + 1) * form.length) / text.length) + 3,
  }));
}

/** The encodings of a text in which a server, a log or a URL may hold it; upper and lower case count as one. */
function forms(text: string): readonly string[] {
  const encoded = [
    text,
    Array.from(text).toReversed().join(''),
    ...base64Forms(Buffer.from(text, 'utf8')),
    ...base64Forms(Buffer.from(text, 'utf16le')),
    ...base64Forms(Buffer.from(text, 'utf16le').swap16()),
  ];
  const found = new Set<string>();
  for (const form of encoded) {
    const percent = encodeURIComponent(form);
    found.add(form);
    found.add(percent);
    found.add(percent.replaceAll('_', '%5F'));
    found.add(JSON.stringify(form).slice(1, -1));
    found.add(form.replaceAll('/', '\\/'));
  }
  return [...found];
}

/** The characters of base64 and base64url that depend on the bytes alone, for each place they can have in a group of three. */
export function base64Forms(bytes: Buffer): readonly string[] {
  return [0, 1, 2].flatMap((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const first = Math.ceil((offset * 8) / 6);
    const last = Math.floor(((offset + bytes.length) * 8) / 6);
    const own = encoded.slice(first, last);
    return [own, own.replaceAll('+', '-').replaceAll('/', '_')];
  });
}

const ofKey = /[A-Za-z0-9_\-+/=%]/;

function reachBack(text: string, from: number, least: number): number {
  let at = from;
  while (at > least && ofKey.test(text[at - 1] ?? '')) at -= 1;
  return at;
}

function reachOn(text: string, from: number, most: number): number {
  let at = from;
  while (at < most && ofKey.test(text[at] ?? '')) at += 1;
  return at;
}
