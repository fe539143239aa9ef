/** Keys are secrets: whatever is printed, logged or written goes through here first. */
import { createSearch } from './text-search.ts';

const mask = '***';

/** A secret this short could be an ordinary word; only the whole key is looked for then. */
const shortestSecret = 6;
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

/**
 * Gives a function that masks every key of the form in a text, known or not: `<prefix>_<key-id>_<secret>`, and what
 * begins as one and is long enough to be one. What is masked already stays as it is.
 * @param prefix the first part of every key
 */
export function createFormMasker(prefix: string): (text: string) => string {
  const start = prefix.replaceAll(/[^A-Za-z0-9]/g, '');
  // The full stop behind a key is of the sentence that it stands in.
  const [inner, last] = ['[\\w+/=.~-]', '[\\w+/=~-]'];
  const form = new RegExp(
    `(?<![A-Za-z0-9])${start}_(?:[A-Za-z0-9-]+_${inner}*${last}|${inner}{20,}${last})`,
    'gi',
  );
  return (text) => text.replaceAll(form, maskKey);
}

/**
 * Gives a function that replaces every trace of the keys in a text by the mask: the secret part, or either half of
 * it, in upper or lower case, reversed, percent-encoded, with escaped slashes, and in base64 and base64url at each of
 * the three alignments.
 * Takes the keys; the function takes a text of any size and gives the same text where nothing is to be masked.
 */
export function createMasker(keys: Iterable<string>): (text: string) => string {
  const traces = new Map<string, Trace>();
  for (const key of keys) {
    for (const trace of tracesOf(key)) if (!traces.has(trace.text)) traces.set(trace.text, trace);
  }
  const search = createSearch([...traces.values()]);
  return (text) => {
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
}

function tracesOf(key: string): readonly Trace[] {
  if (key === '') return [];
  const shown = maskKey(key);
  const secret = shown === mask ? key : key.slice(shown.length - mask.length);
  if (secret.length < shortestSecret) return whole(key, shown);
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
  const encoded = [text, Array.from(text).toReversed().join(''), ...base64Forms(text)];
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

/** The characters of base64 and base64url that depend on the text alone, for each place it can have in a group of three bytes. */
export function base64Forms(text: string): readonly string[] {
  const bytes = Buffer.from(text, 'utf8');
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
