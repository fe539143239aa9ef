/** What exchanges tell at a glance: their answer in a few words, their headers, their query. */
import type { BodyShape } from '../check/imprint.ts';
import type { Exchange } from './types.ts';

export type Answered = Extract<Exchange['outcome'], { readonly kind: 'answered' }>;

/** The answer of an exchange, where one came. */
export function answeredBy({ outcome }: Exchange): Answered | undefined {
  return outcome.kind === 'answered' ? outcome : undefined;
}

/** True for a 2xx. */
export function isSuccess({ status }: Answered): boolean {
  return status >= 200 && status < 300;
}

/** The code of an error body; undefined for every other body, and for one that was cut. */
export function errorCodeOf({ body }: Answered): string | undefined {
  const error = memberOf(parsed(body), 'error');
  const code = memberOf(error, 'code');
  return typeof code === 'string' ? code : undefined;
}

/** A member of a JSON object; undefined where there is none. */
export function memberOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).find(([member]) => member === name)?.[1]
    : undefined;
}

/** The JSON value of a body that was kept whole; undefined for what is none. */
export function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

/** The values of a header, by its name in lower case. */
export function headerOf({ headers }: Answered, name: string): string | undefined {
  return headers.find(([header]) => header.toLowerCase() === name)?.[1];
}

/** The names of an answer's headers that a deployment chooses: not those of the connection, the length or the day. */
export function chosenHeaders({ headers }: Answered): readonly string[] {
  return headers.map(([name]) => name.toLowerCase()).filter((name) => !incidental.has(name));
}

const incidental = new Set([
  'age',
  'alt-svc',
  'connection',
  'content-encoding',
  'content-length',
  'content-type',
  'date',
  'keep-alive',
  'transfer-encoding',
]);

/** The query of a request, sorted by name. */
export function queryOf({ request }: Exchange): readonly (readonly [name: string, value: string])[] {
  return [...new URL(request.url).searchParams].toSorted(([a], [b]) => (a < b ? -1 : 1));
}

/** The shape of a body; undefined where it was not kept or too large to have one. */
export function shapeOfAnswer({ imprint }: Answered): BodyShape | undefined {
  return imprint === undefined || imprint.shape[''] === undefined ? undefined : imprint.shape;
}
