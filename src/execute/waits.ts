/** Waits that all end at once when a run is halted. */
export interface Waits {
  /** Settles as the promise does, or once the waits are ended. */
  orEnded(due: Promise<void>): Promise<void>;
  /** Ends those under way. */
  end(): void;
}

const ignore = (): void => undefined;

/**
 * No waits yet. Each is forgotten when it is over: what Promise.race leaves at a promise that lives as long as the run
 * would be kept for every request.
 */
export function createWaits(): Waits {
  const underWay = new Set<() => void>();
  return {
    async orEnded(due) {
      let wake: () => void = ignore;
      const woken = new Promise<void>((resolve) => {
        wake = resolve;
      });
      underWay.add(wake);
      try {
        await Promise.race([due, woken]);
      } finally {
        underWay.delete(wake);
      }
    },
    end() {
      for (const wake of underWay) wake();
    },
  };
}
