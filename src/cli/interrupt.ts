import { exitCodes } from '../results/verdict.ts';

/** Ctrl-C, what ends a process, and a terminal that is closed. */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
type Listener = (...values: readonly unknown[]) => void;

/**
 * Does a piece of work that Ctrl-C can end in order: the first signal aborts it, so that it can clean up and tell
 * what it has; the second leaves at once. Gives what the work gives; `say` tells the user what happens.
 * @param leftBehind what there is to say of what is left where it is left at once
 */
export async function interruptible<T>(
  work: (signal: AbortSignal) => Promise<T>,
  say: (text: string) => void,
  leftBehind: () => readonly string[] = () => [],
): Promise<T> {
  const controller = new AbortController();
  const release = listen(() => {
    if (controller.signal.aborted) {
      for (const line of leftBehind()) say(line);
      process.exit(exitCodes.interrupted);
    }
    say('Interrupted: cleaning up and writing what is known. Once more leaves at once.');
    controller.abort();
  });
  try {
    return await work(controller.signal);
  } finally {
    release();
  }
}

/** Waits until the user or the system ends the process. */
export function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    // A pending promise alone does not keep a process alive.
    const alive = setInterval(() => undefined, 2 ** 30);
    const release = listen(() => {
      clearInterval(alive);
      release();
      resolve();
    });
  });
}

/**
 * Listens for the signals, alone: vitest and vite leave the process on a signal of their own accord, before anything
 * is cleaned up or written. Gives a function that ends it.
 */
function listen(onSignal: () => void): () => void {
  const keepAlone = (event: string | symbol, listener: Listener): void => {
    const signal = signals.find((name) => name === event);
    if (signal === undefined || listener === onSignal) return;
    // The listener is added right after this event.
    queueMicrotask(() => process.removeListener(signal, listener));
  };
  for (const signal of signals) process.on(signal, onSignal);
  process.on('newListener', keepAlone);
  return () => {
    process.removeListener('newListener', keepAlone);
    for (const signal of signals) process.removeListener(signal, onSignal);
  };
}
