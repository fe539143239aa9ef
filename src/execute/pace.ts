/** Keeps a run below a number of requests per second. */
export interface Pacer {
  /**
   * Settles when the next request may go out; turns are given in the order they are asked for. Undefined where it may
   * go out at once.
   */
  turn(): Promise<void> | undefined;
}

/** Requests that left a gap apart can arrive closer together: the gap is this much longer than the rate asks for. */
const slack = 1.1;

/**
 * A pacer that leaves equal gaps, so that no second holds more than the rate, not even the first.
 * @param perSecond the most requests in any second; undefined for no limit
 */
export function createPacer(perSecond: number | undefined): Pacer {
  if (perSecond === undefined) return { turn: () => undefined };
  const gapMs = (1000 / perSecond) * slack;
  let last = performance.now();
  let queue = Promise.resolve();
  return {
    turn() {
      queue = queue.then(async () => {
        await waitUntil(last + gapMs);
        // Taken after the wait: a late timer delays those behind it, it never lets two of them through together.
        last = performance.now();
      });
      return queue;
    },
  };
}

/** Settles at a time of `performance.now()`; timers may fire a little early. */
export async function waitUntil(due: number): Promise<void> {
  for (let left = due - performance.now(); left > 0; left = due - performance.now()) {
    await new Promise((resolve) => setTimeout(resolve, Math.ceil(left)));
  }
}
