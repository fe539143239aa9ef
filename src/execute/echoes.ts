/** Finding the secrets of the given keys in an answer, where they must not be. */
import { base64Forms } from '../secrets.ts';
import { createSearch } from '../text-search.ts';

/** A secret this short could be an ordinary word: then only the whole key counts as an echo. */
const shortestTellingSecret = 12;

interface Echo {
  readonly text: string;
  readonly id: string;
  /** Whether upper and lower case are one in this encoding; in the others a key in another case is another key. */
  readonly anyCase: boolean;
}

/**
 * Gives a function that tells the id of the credential whose secret stands in a text: plain, percent-encoded in part or
 * whole, in base64, in hexadecimal digits, or with its characters escaped as JSON, HTML and byte lists have it.
 * @param keys by the ids of their credentials
 */
export function createEchoFinder(
  keys: Readonly<Record<string, string>>,
): (text: string) => string | undefined {
  const search = createSearch(Object.entries(keys).flatMap(([id, key]) => echoesOf(id, secretOf(key))));
  return (text) => {
    for (const { start, end, pattern } of search(text)) {
      if (pattern.anyCase || text.slice(start, end) === pattern.text) return pattern.id;
    }
    return undefined;
  };
}

function secretOf(key: string): string {
  const start = key.indexOf('_', key.indexOf('_') + 1);
  const secret = start < 0 ? '' : key.slice(start + 1);
  return secret.length >= shortestTellingSecret ? secret : key;
}

function echoesOf(id: string, secret: string): readonly Echo[] {
  const bytes = Buffer.from(secret);
  const codes = [...bytes].map((byte) => byte.toString(16).padStart(2, '0'));
  const exact = [secret, encodeURIComponent(secret), ...base64Forms(bytes)];
  const anyCase = [
    ...['', ' ', ':', '-'].map((between) => codes.join(between)),
    ...['%', '%25', '\\x', '\\u00', '\\\\u00'].map((before) =>
      codes.map((code) => `${before}${code}`).join(''),
    ),
    codes.map((code) => `&#x${code};`).join(''),
    [...bytes].map((byte) => `&#${byte};`).join(''),
    [...bytes].join(','),
    [...bytes].join(', '),
  ];
  return [
    ...exact.map((text) => ({ text, id, anyCase: false })),
    ...anyCase.map((text) => ({ text, id, anyCase: true })),
  ];
}
