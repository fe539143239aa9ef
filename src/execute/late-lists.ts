/** Lists that are read after a refused write: many cases ask at the same moment, and one answer serves them all. */
import type { Operation } from '../contract/types.ts';
import { requestOf } from '../plan/request.ts';
import type { Sent } from './evidence.ts';
import { widestQuery } from './listing.ts';
import type { Run } from './run.ts';
import { readAgain } from './sure-read.ts';

export interface LateLists {
  /** An answer to a request that was sent after this call. */
  read(list: Operation, by: string): Promise<Sent>;
}

/** The late lists of a run: while one request is under way, those who ask wait for the next one, together. */
export function createLateLists(run: Run): LateLists {
  const current = new Map<string, Promise<unknown>>();
  const next = new Map<string, Promise<Sent>>();
  return {
    read(list, by) {
      const key = `${list.id}/${by}`;
      const waiting = next.get(key);
      if (waiting !== undefined) return waiting;
      // What came of the one before is its askers' matter.
      const before = (current.get(key) ?? Promise.resolve()).catch(() => undefined);
      const mine = before.then(async () => {
        next.delete(key);
        const sending = readAgain(run.support, requestOf(list, by, { query: widestQuery(list) }));
        current.set(key, sending);
        return sending;
      });
      next.set(key, mine);
      return mine;
    },
  };
}
