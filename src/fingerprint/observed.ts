/** What the freedoms are read from: the contract, the plan, and the exchanges of a run that kept them all. */
import type { Contract, Operation } from '../contract/types.ts';
import type { Case } from '../plan/types.ts';
import { answeredBy, type Answered } from '../results/exchange-facts.ts';
import type { CaseResult, Exchange, Results } from '../results/types.ts';
import type { Sighting } from './fingerprint.ts';

export interface Observed {
  readonly contract: Contract;
  readonly cases: readonly Case[];
  readonly results: Results;
}

/** Reads one kind of freedom. */
export type Reader = (observed: Observed) => readonly Sighting[];

export interface Seen {
  readonly operation: Operation;
  readonly exchange: Exchange;
  readonly answer: Answered;
}

/** Every answered exchange of an operation of the contract; those that were refused for their number are left out. */
export function answeredExchanges({ contract, results }: Observed): readonly Seen[] {
  const operations = new Map(contract.operations.map((one) => [one.id, one]));
  return results.cases.flatMap(({ exchanges = [] }) =>
    exchanges.flatMap((exchange) => {
      const operation = operations.get(exchange.operation);
      const answer = answeredBy(exchange);
      return operation === undefined || answer === undefined || answer.status === 429
        ? []
        : [{ operation, exchange, answer }];
    }),
  );
}

/** Those in which an operation was called as documented and did what it does. */
export function successes(observed: Observed): readonly Seen[] {
  return answeredExchanges(observed).filter(
    ({ operation, exchange, answer }) =>
      exchange.request.method === operation.method && answer.status === operation.success.status,
  );
}

/** The planned cases with their results, by the id of the case; only what was sent and judged. */
export function judgedCases({ cases, results }: Observed): readonly (readonly [Case, CaseResult])[] {
  const byId = new Map(results.cases.map((one) => [one.id, one]));
  return cases.flatMap((planned) => {
    const result = byId.get(planned.id);
    return result === undefined || result.status === 'skipped' || result.status === 'inconclusive'
      ? []
      : [[planned, result] as const];
  });
}
