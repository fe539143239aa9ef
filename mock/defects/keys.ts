import type { KeyRecord } from '../keys/mint.ts';
import { secretLength } from '../keys/mint.ts';
import { splitKey } from '../keys/key-ring.ts';
import type { Defect } from './defect.ts';
import { erratic, answers, answersWith, must, should } from './hooking.ts';
import { checkBeforeKey, ofRevoked, resembling, revokedCounts } from './key-reading.ts';

const secretOf = (key: string): string => key.slice(-secretLength);

/** Defects of what counts as a key. */
const wholeKey: readonly Defect[] = [
  must('auth-key-id-is-enough', 'auth-whole-key', '*', 'Any secret counts with a known key-id.', () => ({
    authenticate: ({ presented, find, deployment }) => {
      const keyId = splitKey(deployment.contract.api.keyPrefix ?? '', presented ?? '')?.keyId;
      const known = [...deployment.keys.entries()].find(([id, { revoked }]) => id === keyId && !revoked);
      return find(presented) ?? known?.[1];
    },
  })),
  must(
    'auth-cut-key',
    'auth-whole-key',
    '*',
    'A key without its last character counts.',
    resembling((good, text) => good.slice(0, -1) === text),
  ),
  must(
    'auth-last-character',
    'auth-whole-key',
    '*',
    'The last character of a key is not looked at.',
    resembling((good, text) => good.length === text.length && good.slice(0, -1) === text.slice(0, -1)),
  ),
  must(
    'auth-longer-key',
    'auth-whole-key',
    '*',
    'A key counts with more text behind it.',
    resembling((good, text) => text.startsWith(good)),
  ),
  must(
    'auth-any-case-key',
    'auth-whole-key',
    '*',
    'The case of a key does not matter.',
    resembling((good, text) => good.toLowerCase() === text.toLowerCase()),
  ),
  must(
    'auth-other-prefix',
    'auth-whole-key',
    '*',
    'The prefix of a key is not looked at.',
    resembling((good, text) => good.slice(good.indexOf('_')) === text.slice(text.indexOf('_'))),
  ),
  must(
    'auth-swapped-secret',
    'auth-whole-key',
    '*',
    'The secret of one key counts with the key-id of another.',
    resembling((good, text) => secretOf(good) === secretOf(text)),
  ),
];

/** Defects of revoked keys. */
const revoked: readonly Defect[] = [
  must('auth-revoked-counts', 'auth-revoked', '*', 'A revoked key counts.', revokedCounts('*')),
  must(
    'auth-revoked-reads-sessions',
    'auth-revoked',
    'listSessions',
    'A revoked key still reads the sessions.',
    revokedCounts('listSessions'),
  ),
  must(
    'auth-revoked-dispatches',
    'auth-revoked',
    'dispatchRun',
    'A revoked key still dispatches.',
    revokedCounts('dispatchRun'),
  ),
  must(
    'auth-revoked-is-403',
    'auth-revoked',
    '*',
    'A revoked key is 403.',
    revokedAnswer(403, 'unauthenticated'),
  ),
  must(
    'auth-revoked-code',
    'auth-revoked',
    '*',
    'The code for a revoked key is `key_revoked`.',
    revokedAnswer(401, 'key_revoked'),
  ),
];

/** Defects of when a key is looked at. */
const firstAndEach: readonly Defect[] = [
  must(
    'auth-after-body',
    'auth-first',
    'createWorkflow',
    'A body that is not valid is 400 before the key is looked at.',
    checkBeforeKey('createWorkflow', 'validation'),
  ),
  must(
    'auth-after-dispatch-body',
    'auth-first',
    'dispatchRun',
    'A body that is not valid is 400 before the key is looked at.',
    checkBeforeKey('dispatchRun', 'validation'),
  ),
  must(
    'auth-after-workflow',
    'auth-first',
    'getWorkflow',
    'An unknown workflow is 404 before the key is looked at.',
    checkBeforeKey('getWorkflow', 'existence'),
  ),
  must(
    'auth-after-run',
    'auth-first',
    'getRunEvaluation',
    'An unknown run is 404 before the key is looked at.',
    checkBeforeKey('getRunEvaluation', 'existence'),
  ),
  erratic(
    must(
      'auth-once-a-connection',
      'auth-every-request',
      '*',
      'A connection that was authenticated once stays so.',
      () => {
        const actors = new WeakMap<object, KeyRecord>();
        return {
          authenticate: ({ arrival, presented, find }) => {
            const actor = find(presented) ?? actors.get(arrival.connection);
            if (actor !== undefined) actors.set(arrival.connection, actor);
            return actor;
          },
        };
      },
    ),
  ),
  erratic(
    must(
      'auth-actor-of-connection',
      'auth-every-request',
      '*',
      'The first key of a connection stays its actor.',
      () => {
        const actors = new WeakMap<object, KeyRecord>();
        return {
          authenticate: ({ arrival, presented, find }) => {
            const actor = find(presented);
            if (actor !== undefined && !actors.has(arrival.connection)) actors.set(arrival.connection, actor);
            return actor && actors.get(arrival.connection);
          },
        };
      },
    ),
  ),
];

/** Defects against the RFCs of authentication. */
const advisable: readonly Defect[] = [
  should(
    'auth-no-challenge',
    'auth-challenge',
    '*',
    'A 401 carries no WWW-Authenticate.',
    answersWith(401, '*', (answer) => ({ ...answer, headers: {} })),
  ),
  should(
    'auth-no-challenge-on-writes',
    'auth-challenge',
    'createWorkflow',
    'A 401 to a write carries no WWW-Authenticate.',
    answersWith(401, 'createWorkflow', (answer) => ({ ...answer, headers: {} })),
  ),
  should('auth-scheme-case', 'auth-scheme-case', '*', 'The scheme counts only as `Bearer`.', () => ({
    authenticate: ({ arrival, presented, find }) =>
      arrival.authorization[0]?.startsWith('Bearer ') === true ? find(presented) : undefined,
  })),
];

/** Defects of what counts as a key, of revoked keys, and of when a key is looked at. */
export const keyDefects: readonly Defect[] = [...wholeKey, ...revoked, ...firstAndEach, ...advisable];

function revokedAnswer(status: number, code: string): Defect['hooks'] {
  return answers('*', (answer, { authorization }, deployment) => {
    const presented = authorization[0]?.replace(/^bearer +/i, '');
    if (answer.status !== 401 || ofRevoked({ presented, deployment }) === undefined) return answer;
    return { ...answer, status, body: { error: { code, message: 'This key has been revoked.' } } };
  });
}
