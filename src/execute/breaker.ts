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

export interface Breaker {
  /** Books the outcome of a request of a case. */
  saw(outcome: Outcome, caseId: string): Promise<void>;
  /** Called when there is nothing more to send: also a short silence is then looked into. */
  finish(): Promise<void>;
}

/**
 * A breaker that is closed as long as anything answers.
 * @param answers asks the target for anything at all
 * @param halt ends the run
 */
export function createBreaker(answers: () => Promise<boolean>, halt: (halt: Halt) => void): Breaker {
  const unanswered = new Set<string>();
  let inARow = 0;
  let lastAnswered: string | undefined;
  let looking: Promise<void> | undefined;
  const close = (): void => {
    inARow = 0;
    unanswered.clear();
  };
  const look = async (): Promise<void> => {
    const after = lastAnswered;
    if (await answers()) {
      close();
      return;
    }
    halt({
      kind: 'unreachable',
      ...(after === undefined ? {} : { after }),
      unanswered: [...unanswered],
    });
  };
  const lookOnce = async (): Promise<void> => {
    looking ??= look().finally(() => {
      looking = undefined;
    });
    await looking;
  };
  return {
    async saw(outcome, caseId) {
      if (!isSilence(outcome)) {
        close();
        if (outcome.kind === 'answered') lastAnswered = caseId;
        return;
      }
      inARow++;
      unanswered.add(caseId);
      if (inARow >= suspicious) await lookOnce();
    },
    async finish() {
      if (inARow > 0) await lookOnce();
    },
  };
}
