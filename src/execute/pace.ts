/** Keeps a run below a number of requests per second: the user's, or less where the target asks for less. */
export interface Pacer {
  /**
   * Settles when the next request may go out; turns are given in the order they are asked for. Undefined where it may
   * go out at once.
   */
  turn(): Promise<void> | undefined;
  /** Goes slower from now on: the target limits the rate. Faster again, little by little, once it does not. */
  slowDown(): void;
}

/** Requests that left a gap apart can arrive closer together: the gap is this much longer than the rate asks for. */
const slack = 1.1;
/** What was limited is tried again at half the rate; requests in flight are limited together and count once. */
const slower = 0.5;
const oneAnswerMs = 500;
/** After so many ms without a limit the rate grows by this factor. */
const quietMs = 4_000;
const faster = 1.2;
/** A target that gives less is asked with --rate. */
const leastPerSecond = 5;

/**
 * A pacer that leaves equal gaps, so that no second holds more than the rate, not even the first.
 * @param most the most requests in any second; undefined for no limit of the user's
 */
export function createPacer(most: number | undefined): Pacer {
  let perSecond = most;
  let last = performance.now();
  let changed = -Infinity;
  let queue = Promise.resolve();
  let recent: number[] = [];
  const countRecent = (now: number): void => {
    if (recent.length > 0 && now - (recent[0] ?? now) > 2_000)
      recent = recent.filter((at) => now - at <= 1_000);
    recent.push(now);
  };
  const speedUp = (now: number): void => {
    if (perSecond === undefined || changed === -Infinity || now - changed < quietMs) return;
    perSecond = Math.min(perSecond * faster, most ?? Infinity);
    changed = now;
  };
  return {
    turn() {
      const asked = performance.now();
      speedUp(asked);
      if (perSecond === undefined) {
        countRecent(asked);
        return undefined;
      }
      queue = queue.then(async () => {
        await waitUntil(last + (1000 / (perSecond ?? Infinity)) * slack);
        // Taken after the wait: a late timer delays those behind it, it never lets two of them through together.
        last = performance.now();
      });
      return queue;
    },
    slowDown() {
      const now = performance.now();
      if (now - changed < oneAnswerMs) return;
      changed = now;
      const before = perSecond ?? recent.filter((at) => now - at <= 1_000).length;
      perSecond = Math.max(leastPerSecond, before * slower);
    },
  };
}

/** Settles at a time of `performance.now()`; timers may fire a little early. */
export async function waitUntil(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, Math.ceil(left)));
  }
}
