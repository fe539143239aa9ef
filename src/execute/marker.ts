/**
 * The mark that a run leaves on what it makes: `cf-<run id>-<digits>`, in the name. The digits are the minute in which
 * the run began and a number: where its ledger is lost, its age can be told from the mark alone. All are of one
 * length, so that none is the beginning of another.
 */

/** Minutes since 1970: eight digits until the year 2160. */
const minuteDigits = 8;
const numberDigits = 6;
const minuteMs = 60_000;

const marks = /cf-([0-9a-f]{8})-(\d+)/;

/** The text that the name of everything made by a run holds. */
export function markerOf(runId: string): string {
  return `cf-${runId}-`;
}

/** Gives a text that no other request of any run bears, at each call. */
export function createMarkers(runId: string, startedAt: Date): () => string {
  const minute = String(Math.floor(startedAt.getTime() / minuteMs)).padStart(minuteDigits, '0');
  let number = 0;
  return () => {
    number++;
    return `${markerOf(runId)}${minute}${String(number).padStart(numberDigits, '0')}`;
  };
}

/** Whose mark a text bears. */
export interface Mark {
  readonly runId: string;
  /** When that run began; undefined where its marks do not tell. */
  readonly startedAt: Date | undefined;
  /** Where the mark begins in the text. */
  readonly index: number;
}

/** The first mark of any run in a text; undefined where there is none, or the value is no text. */
export function markIn(text: unknown): Mark | undefined {
  const found = typeof text === 'string' ? marks.exec(text) : null;
  const [, runId, digits = ''] = found ?? [];
  if (found === null || runId === undefined) return undefined;
  const tells = digits.length >= minuteDigits + numberDigits;
  return {
    runId,
    startedAt: tells ? new Date(Number(digits.slice(0, minuteDigits)) * minuteMs) : undefined,
    index: found.index,
  };
}

/** The id of another run whose mark a value bears; undefined where it bears none, or this run's alone. */
export function otherRunOn(value: unknown, runId: string): string | undefined {
  if (typeof value !== 'string') return undefined;
  return [...value.matchAll(new RegExp(marks, 'g'))].map(([, id]) => id).find((id) => id !== runId);
}
