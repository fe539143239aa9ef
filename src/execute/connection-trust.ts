/** Whether the target keeps the connections open that it does not say it closes. */
import type { Outcome } from '../check/answer.ts';
import type { Connection } from './client.ts';

const pooled: Connection = { kind: 'pooled' };
export const fresh: Connection = { kind: 'fresh' };

/** So many answers over kept connections, none of them broken off, are enough to send writes over them too. */
const answersToTrust = 50;

export interface ConnectionTrust {
  /** The connection for a request: a write takes a new one until kept ones have proven to hold. */
  choose(safe: boolean): Connection;
  /** Learns from how a request over a connection ended. */
  saw(connection: Connection, outcome: Outcome): void;
}

/**
 * A write cannot be sent again, so it must never meet a connection that the target is just closing; a new connection
 * for each is safe and slow. One that broke is never forgotten.
 */
export function createConnectionTrust(): ConnectionTrust {
  let answered = 0;
  let broken = false;
  return {
    choose: (safe) => (safe || (!broken && answered >= answersToTrust) ? pooled : fresh),
    saw(connection, outcome) {
      if (connection.kind !== 'pooled') return;
      if (outcome.kind === 'answered') answered++;
      else if (brokeOff(outcome)) broken = true;
    },
  };
}

/** Whether the connection broke before any byte of an answer came. */
export function brokeOff(outcome: Outcome): boolean {
  return outcome.kind === 'unanswered' && ['reset', 'refused', 'network'].includes(outcome.fault);
}
