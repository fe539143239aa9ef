/** Ends a run whose target has gone away, instead of calling every further case a violation. */
import type { Fault, Outcome } from '../check/answer.ts';
import type { Halt } from './halt.ts';

/** So many requests without an answer, one after the other, and the target is asked whether it is there at all. */
const suspicious = 8;

/** The faults of a connection; the others show that somebody is there. */
const connectionFaults: ReadonlySet<Fault> = new Set(['timeout', 'refused', 'reset', 'tls', 'network']);

/** True where nobody answered, not even wrongly. */
export function isSilence(outcome: Outcome): boolean {
  return outcome.kind === 'unanswered' && connectionFaults.has(outcome.fault);
}

/** True where an answer began that did not end in time: of a target of which none ends nothing can be judged. */
export function isUnended(outcome: Outcome): boolean {
  return outcome.kind === 'unanswered' && outcome.late === true;
}

export interface Breaker {
  /** Books the outcome of a request of a case. */
  saw(outcome: Outcome, caseId: string): Promise<void>;
  /** Whether the target answers a request that has nothing to do with a case; the run is halted where it does not. */
  answers(): Promise<boolean>;
  /** Called when there is nothing more to send: also a short silence is then looked into. */
  finish(): Promise<void>;
}

/** What a look at the target found: an answer of the API, one of something in front of it, or none. */
export type Look = 'answer' | 'gateway' | 'silence';

/**
 * A breaker that is closed as long as the target answers.
 * @param lookAt what an outcome shows
 * @param ask asks the target for anything at all
 * @param halt ends the run
 */
export function createBreaker(
  lookAt: (outcome: Outcome) => Look,
  ask: () => Promise<Look>,
  halt: (halt: Halt) => void,
): Breaker {
  const unanswered = new Set<string>();
  let inARow = 0;
  let lastAnswered: string | undefined;
  let why: string | undefined;
  let looking: Promise<boolean> | undefined;
  const close = (): void => {
    inARow = 0;
    unanswered.clear();
  };
  const look = async (): Promise<boolean> => {
    const after = lastAnswered;
    const found = await ask();
    if (found === 'answer') {
      close();
      return true;
    }
    halt({
      kind: found === 'gateway' ? 'not-the-api' : 'unreachable',
      ...(after === undefined ? {} : { after }),
      ...(why === undefined ? {} : { why }),
      unanswered: [...unanswered],
    });
    return false;
  };
  const lookOnce = async (): Promise<boolean> => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  return {
    async saw(outcome, caseId) {
      if (lookAt(outcome) === 'answer') {
        close();
        if (outcome.kind === 'answered') lastAnswered = caseId;
        return;
      }
      inARow++;
      unanswered.add(caseId);
      why = outcome.kind === 'unanswered' && isUnended(outcome) ? outcome.message : undefined;
      if (inARow >= suspicious) await lookOnce();
    },
    answers: lookOnce,
    async finish() {
      if (inARow > 0) await lookOnce();
    },
  };
}
