/** Requests side by side, as far as a reader wants them. */
import { errorCodeOf } from '../results/exchange-facts.ts';
import type { Exchange } from '../results/types.ts';
import type { Entry, SideOfEntry } from './types.ts';
import type { Pair } from './pairs.ts';

/** More than this of one kind tell nothing new; the ids of all cases are told. */
const mostEntries = 20;
/** Characters of a body. */
const mostBody = 1_000;

/** The first pairs as entries, each case once before any twice. */
export function entriesOf(pairs: readonly Pair[]): readonly Entry[] {
  const seen = new Set<string>();
  const firsts = pairs.filter((pair) => !seen.has(pair.case.id) && seen.add(pair.case.id));
  return firsts.slice(0, mostEntries).map((pair) => ({
    case: pair.case.id,
    title: pair.case.title,
    a: sideOf(pair.a),
    b: sideOf(pair.b),
  }));
}

function sideOf(exchange: Exchange): SideOfEntry {
  const { requestId, request, outcome } = exchange;
  return {
    requestId,
    method: request.method,
    url: request.url,
    answer: answerText(exchange),
    body: outcome.kind === 'answered' ? outcome.body.slice(0, mostBody) : outcome.message,
  };
}

/** The status with its code, or why nothing came. */
export function answerText(exchange: Exchange): string {
  if (exchange.outcome.kind === 'unanswered') return `no answer (${exchange.outcome.fault})`;
  const code = errorCodeOf(exchange.outcome);
  return code === undefined ? String(exchange.outcome.status) : `${exchange.outcome.status} ${code}`;
}
