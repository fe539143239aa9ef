/** The worker threads that carry out the trials, each taking the next one. */
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import { packageRoot } from '../package-root.ts';
import type { Profile } from '../plan/types.ts';
import type { Point } from './points.ts';
import type { Deployment } from './trial.ts';
import type { Defect, DefectOutcome, DialectOutcome, Miss, On, Setup } from './types.ts';

/** What a worker is asked to do. */
export type Errand =
  /** To try a conformant deployment with all that its profile sends. */
  | { readonly kind: 'dialect'; readonly setup: Setup }
  | {
      readonly kind: 'defect';
      readonly defect: Defect;
      readonly on: On;
      readonly profiles: readonly Profile[];
    }
  /** To find the fewest choices that bring the alarms of a deployment about. */
  | {
      readonly kind: 'alarms';
      readonly outcome: DialectOutcome;
      readonly point: Point;
      /** Causes of alarms that are known already. */
      readonly causes: readonly Point[];
    }
  /** To find the fewest choices that hide a defect. */
  | { readonly kind: 'miss'; readonly outcome: DefectOutcome; readonly point: Point };

export type WorkerReply =
  | { readonly kind: 'dialect'; readonly outcome: DialectOutcome }
  | { readonly kind: 'defect'; readonly outcomes: readonly DefectOutcome[] }
  | { readonly kind: 'alarms'; readonly outcome: DialectOutcome }
  | { readonly kind: 'miss'; readonly miss: Miss }
  /** The errand brought its thread down. */
  | { readonly kind: 'fault'; readonly errand: Errand; readonly fault: string };

/** What a worker knows of the mock: the module that its URL stands for. */
export interface MockSource {
  readonly startMock: (options: {
    readonly dialect?: string;
    readonly defect?: string;
    readonly colleague?: number;
  }) => Promise<Deployment>;
}

export interface WorkerSettings {
  readonly mockUrl: string;
  /** How many cases a defect is tried with in `full` beyond those of its fact; undefined for all. */
  readonly sampleSize: number | undefined;
}

/** Node 20 reads no TypeScript, so that a thread runs what was compiled, wherever this file was read from. */
const workerFile = pathToFileURL(join(packageRoot, 'dist', 'src', 'selftest', 'worker.js'));

/** One more than there are cores: a trial waits about as long as it computes. */
const lanes = availableParallelism() + 1;

/**
 * Carries out the errands, a few at a time, and tells of each reply as it comes. After an errand that brings its
 * thread down, the next one gets a new thread.
 * @param next gives the next errand; undefined where there is none left
 */
export async function runErrands(
  next: () => Errand | undefined,
  settings: WorkerSettings,
  onReply: (reply: WorkerReply) => void,
): Promise<void> {
  const lane = async (): Promise<void> => {
    let worker: Worker | undefined;
    for (let errand = next(); errand !== undefined; errand = next()) {
      worker ??= new Worker(workerFile, { workerData: settings });
      try {
        onReply(await ask(worker, errand));
      } catch (error) {
        await worker.terminate();
        worker = undefined;
        const fault = error instanceof Error ? (error.stack ?? error.message) : String(error);
        onReply({ kind: 'fault', errand, fault });
      }
    }
    await worker?.terminate();
  };
  await Promise.all(Array.from({ length: lanes }, lane));
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
