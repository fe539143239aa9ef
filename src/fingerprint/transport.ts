/** Freedoms of the way that answers come in: their type, coding and framing, and what their headers are called. */
import { groupBy } from '../report/group-by.ts';
import { chosenHeaders, headerOf, isSuccess, type Answered } from '../results/exchange-facts.ts';
import type { Sighting } from './fingerprint.ts';
import { answeredExchanges, type Reader } from './observed.ts';

/** What every answer is wrapped in. */
export const transport: Reader = (observed) =>
  answeredExchanges(observed).flatMap(({ exchange, answer }): Sighting[] => {
    // An answer without a body has no type, and HEAD has none of its own.
    if (answer.bodyBytes === 0 || exchange.request.method === 'HEAD') return [];
    const kind = kindOf(answer);
    const about = { section: 'transport' as const, operation: kind };
    return [
      { ...about, subject: 'content type', value: headerOf(answer, 'content-type') ?? 'none' },
      { ...about, subject: 'coding', value: headerOf(answer, 'content-encoding') ?? 'none' },
      { ...about, subject: 'framing', value: headerOf(answer, 'transfer-encoding') ?? 'length' },
    ];
  });

/** What challenges and refused methods say of themselves. */
export const challenges: Reader = (observed) =>
  answeredExchanges(observed).flatMap(({ operation, exchange, answer }): Sighting[] => {
    const about = { section: 'transport' as const, operation: 'any' };
    if (answer.status === 401) {
      const challenge = headerOf(answer, 'www-authenticate')?.split(/[ ,]/)[0];
      return [{ ...about, subject: 'challenge of 401', value: challenge ?? 'none' }];
    }
    if (answer.status === 405 && exchange.request.method !== operation.method) {
      const allow = headerOf(answer, 'allow') === undefined ? 'none' : 'there';
      return [{ ...about, subject: 'Allow of 405', value: allow }];
    }
    return [];
  });

/** The names of the headers of successes and of refusals. */
export const headers: Reader = (observed) => {
  const byKind = groupBy(
    answeredExchanges(observed).map(({ answer }) => answer),
    kindOf,
  );
  return [...byKind].flatMap(([kind, answers]): Sighting[] => {
    const counts = new Map<string, number>();
    for (const name of answers.flatMap(chosenHeaders)) counts.set(name, (counts.get(name) ?? 0) + 1);
    return [...counts].map(([name, count]) => ({
      section: 'headers',
      subject: 'of answers',
      operation: kind,
      value: count < answers.length ? `${name}?` : name,
    }));
  });
};

function kindOf(answer: Answered): string {
  return isSuccess(answer) ? 'success' : 'refusal';
}
