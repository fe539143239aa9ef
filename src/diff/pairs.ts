/** The requests that both sides were sent, one beside the other. */
import { queryOf } from '../results/exchange-facts.ts';
import type { CaseResult, Exchange } from '../results/types.ts';

export interface Pair {
  readonly case: Pick<CaseResult, 'id' | 'title' | 'family'>;
  readonly operation: string;
  readonly a: Exchange;
  readonly b: Exchange;
}

/**
 * The exchanges of a case by their number in it, for as long as both sides were asked the same: a step may hang
 * on what came before it, and from there on there is nothing to compare.
 */
export function pairExchanges(a: CaseResult, b: CaseResult): readonly Pair[] {
  const others = new Map((b.exchanges ?? []).map((one) => [one.number, one]));
  const pairs: Pair[] = [];
  for (const one of a.exchanges ?? []) {
    const other = others.get(one.number);
    if (other === undefined || requestText(one) !== requestText(other)) break;
    pairs.push({ case: a, operation: one.operation, a: one, b: other });
  }
  return pairs;
}

/** What is asked, without the ids, which are each side's own. */
function requestText(exchange: Exchange): string {
  const { operation, credential, form, request } = exchange;
  const levels = new URL(request.url).pathname.split('/').length;
  return JSON.stringify([
    operation,
    credential,
    form,
    request.method,
    request.body === undefined,
    // A deployment may stand below a path of its own.
    levels - levelsOfBase(exchange),
    queryOf(exchange).map(([name]) => name),
  ]);
}

function levelsOfBase({ request }: Exchange): number {
  const [base = ''] = /^.*\/api\//.exec(new URL(request.url).pathname) ?? [];
  return base.split('/').length;
}
