import type { JsonObject } from '../data/model.ts';
import type { Dialect, Shape } from '../dialects/dialect.ts';
import { rewritten, without, type Rewrite } from './rewrite.ts';

/** What a list tells beside its items that it need not tell. */
const totals = ['total', 'page', 'pageSize', 'hasMore', 'runId'];

const links = { links: { self: '/here' }, warnings: [] };

/** How a dialect holds a list whose envelope is left open. */
export function listIn(dialect: Dialect, envelope: string, own: string, items: Rewrite): Shape {
  return rewritten(items, (outcome) => {
    if (outcome.kind === 'record') return outcome.record;
    const beside = besideIn(dialect, outcome.beside);
    switch (envelope) {
      case 'bare':
        return outcome.items;
      case 'data':
        return { data: outcome.items, meta: beside };
      case 'nested':
        return { data: { items: outcome.items, ...beside } };
      default:
        return { [envelope === 'own' ? own : envelope]: outcome.items, ...beside };
    }
  });
}

/** What stands beside the items; lists within it are what the documentation says that the answer holds too. */
export function besideIn({ lists }: Dialect, beside: JsonObject): JsonObject {
  switch (lists.beside) {
    case 'totals':
      return beside;
    case 'nothing':
      return without(...totals)(beside);
    case 'links':
      return { ...beside, ...links };
    case 'next':
      return { ...beside, next: null };
  }
}
