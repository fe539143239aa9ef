/** A bounded number of places, for requests in flight and for cases under way. */
export interface Places {
  /**
   * Settles when there is a place. Those that wait are served first come, first served, but what goes on before what
   * begins: else each step of a chain would wait for everything that was begun meanwhile.
   * @param goesOn whether it is a step of something that has begun
   */
  take(goesOn?: boolean): Promise<void>;
  give(): void;
}

/** So many places, all of them free. */
export function createPlaces(count: number): Places {
  let free = count;
  const going: (() => void)[] = [];
  const beginning: (() => void)[] = [];
  return {
    async take(goesOn = false) {
      if (free > 0) {
        free--;
        return;
      }
      await new Promise<void>((resolve) => (goesOn ? going : beginning).push(resolve));
    },
    give() {
      const next = going.shift() ?? beginning.shift();
      if (next === undefined) free++;
      else next();
    },
  };
}

/** Does something in a place, once there is one. */
export async function inPlace<T>(places: Places, work: () => Promise<T>): Promise<T> {
  await places.take();
  try {
    return await work();
  } finally {
    places.give();
  }
}

/**
 * How many cases are begun at the same time: as many as may be under way (twice the requests in flight), and so many
 * more that those which wait for their turn keep no others from beginning.
 * @param concurrency the most requests at the same moment
 */
export function casesBegun(concurrency: number): number {
  return casesUnderWay(concurrency) + mostWaiting;
}

/** How many cases may be under way: one that waits for an answer to another holds no request. */
export function casesUnderWay(concurrency: number): number {
  return concurrency * 2;
}

const mostWaiting = 256;
