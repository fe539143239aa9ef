/** The worker threads that carry out the trials, each taking the next one. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../package-root.ts';
import type { Deployment } from './trial.ts';
import type { Defect, DefectOutcome, DialectOutcome } from './types.ts';

/** What a worker is asked to try. */
export type Errand =
  | { readonly kind: 'dialect'; readonly dialect: string }
  | { readonly kind: 'defect'; readonly defect: Defect };

export type WorkerReply =
  | { readonly kind: 'dialect'; readonly outcome: DialectOutcome }
  | { readonly kind: 'defect'; readonly outcome: DefectOutcome };

/** What a worker knows of the mock: the module that its URL stands for. */
export interface MockSource {
  readonly startMock: (options: {
    readonly dialect?: string;
    readonly defect?: string;
  }) => Promise<Deployment>;
}

export interface WorkerSettings {
  readonly mockUrl: string;
  /** How many cases a defect is tried with beyond those of its fact; undefined for all. */
  readonly sampleSize: number | undefined;
}

/** Node 20 reads no TypeScript, so that a thread runs what was compiled, wherever this file was read from. */
const workerFile = pathToFileURL(join(packageRoot, 'dist', 'src', 'selftest', 'worker.js'));

/** One more than there are cores: a trial waits about as long as it computes. */
const lanes = availableParallelism() + 1;

/**
 * Carries out the errands, a few at a time, and tells of each reply as it comes. A trial that
 * brings its thread down is replied to with a fault of the suite, and the next one gets a new thread.
 */
export async function runErrands(
  errands: readonly Errand[],
  settings: WorkerSettings,
  onReply: (reply: WorkerReply) => void,
): Promise<void> {
  const queue = [...errands];
  const lane = async (): Promise<void> => {
    let worker: Worker | undefined;
    for (let errand = queue.shift(); errand !== undefined; errand = queue.shift()) {
      worker ??= new Worker(workerFile, { workerData: settings });
      try {
        onReply(await ask(worker, errand));
      } catch (error) {
        await worker.terminate();
        worker = undefined;
        onReply(fellThrough(errand, error));
      }
    }
    await worker?.terminate();
  };
  await Promise.all(Array.from({ length: Math.min(lanes, errands.length) }, lane));
}

function ask(worker: Worker, errand: Errand): Promise<WorkerReply> {
  return new Promise((resolve, reject) => {
    const onMessage = (reply: WorkerReply): void => settle(() => resolve(reply));
    const onError = (error: unknown): void => settle(() => reject(error));
    const onExit = (code: number): void => settle(() => reject(new Error(`the thread ended with ${code}`)));
    const settle = (done: () => void): void => {
      worker.off('message', onMessage).off('error', onError).off('exit', onExit);
      done();
    };
    worker.on('message', onMessage).on('error', onError).on('exit', onExit);
    worker.postMessage(errand);
  });
}

function fellThrough(errand: Errand, error: unknown): WorkerReply {
  const spent = {
    cases: 0,
    requests: 0,
    durationMs: 0,
    faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
  };
  return errand.kind === 'dialect'
    ? { kind: 'dialect', outcome: { dialect: errand.dialect, falseAlarms: [], ...spent } }
    : { kind: 'defect', outcome: { defect: errand.defect, fate: 'survived', red: [], ...spent } };
}
