/** Freedoms of what comes after a write: reading and archiving what is archived, and dispatching with a known key. */
import { memberOf, parsed, answeredBy, isSuccess } from '../results/exchange-facts.ts';
import type { Exchange } from '../results/types.ts';
import type { Sighting } from './fingerprint.ts';
import type { Observed, Reader } from './observed.ts';

/** What a resource answers once it is archived. */
export const afterArchive: Reader = ({ results }) =>
  results.cases.flatMap(({ family, exchanges = [] }): Sighting[] => {
    if (family !== 'lifecycle') return [];
    const archiving = exchanges.findIndex((one) => one.request.method === 'DELETE' && succeeded(one));
    const archived = exchanges[archiving];
    if (archived === undefined) return [];
    return exchanges.slice(archiving + 1).flatMap((one): Sighting[] => {
      const status = answeredBy(one)?.status;
      if (status === undefined || one.request.url !== archived.request.url) return [];
      const subject = { GET: 'read an archived one', DELETE: 'archive it again' }[one.request.method];
      return subject === undefined
        ? []
        : [{ section: 'lifecycle', subject, operation: one.operation, value: String(status) }];
    });
  });

/** The status of a dispatch whose idempotency key the target has seen before. */
export const replays: Reader = ({ contract, results }: Observed) => {
  const keys = new Map(
    contract.operations.flatMap(({ id, idempotency }) =>
      idempotency === undefined ? [] : [[id, idempotency] as const],
    ),
  );
  return results.cases.flatMap(({ family, exchanges = [] }): Sighting[] => {
    if (family !== 'dispatch') return [];
    const seen = new Set<string>();
    return exchanges.flatMap((one): Sighting[] => {
      const names = keys.get(one.operation);
      const body = names === undefined ? undefined : parsed(one.request.body ?? '');
      const key = names === undefined ? undefined : memberOf(body, names.key);
      const status = answeredBy(one)?.status;
      if (names === undefined || typeof key !== 'string' || status === undefined) return [];
      const place = JSON.stringify([one.request.url, key]);
      // A refusal, such as that of a role, is no replay.
      if (!succeeded(one)) return [];
      const replayed = seen.has(place) && memberOf(body, names.force) !== true;
      seen.add(place);
      return replayed
        ? [
            {
              section: 'lifecycle',
              subject: 'dispatch with a known key',
              operation: one.operation,
              value: String(status),
            },
          ]
        : [];
    });
  });
};

function succeeded(exchange: Exchange): boolean {
  const answer = answeredBy(exchange);
  return answer !== undefined && isSuccess(answer);
}
