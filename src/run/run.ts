/** A run from its options to its results: plan, select, reach, execute in vitest, conclude. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { createVitest } from 'vitest/node';
import type { Contract } from '../contract/types.ts';
import { ledgerFileName } from '../execute/ledger-file.ts';
import type { RunConfig } from '../execute/run-state.ts';
import { packageRoot } from '../package-root.ts';
import type { Selection } from '../plan/select.ts';
import type { Profile } from '../plan/types.ts';
import type { KnownFailure } from '../results/known-failures.ts';
import type { CaseResult, Results } from '../results/types.ts';
import { requireKnownCases } from './known-cases.ts';
import { createCollector, type Collected } from './collector.ts';
import { planRun, previewOf, type Preview } from './preview.ts';
import { reachTarget } from './reach.ts';
import { settingsKey, userAgent, type SuiteSettings } from './settings.ts';
import { toResults } from './to-results.ts';

export interface RunOptions {
  readonly contract: Contract;
  /** The files that the contract was read from, where they are not the package's own. */
  readonly matrix?: string;
  readonly specs?: string;
  readonly baseUrl: string;
  readonly targetName?: string;
  /** Keys by the ids of their credentials. */
  readonly keys: Readonly<Record<string, string>>;
  readonly profile: Profile;
  readonly seed: number;
  /** ms for one whole answer. */
  readonly timeoutMs: number;
  /** The most requests at the same moment. */
  readonly concurrency: number;
  readonly polite?: Pick<RunConfig, 'rate' | 'maxWaitMs' | 'network' | 'headers' | 'secrets'>;
  /** The folder in which the ledger is kept while the run lasts. */
  readonly ledgerDir?: string;
  readonly selection: Selection;
  /** How often a failed case is repeated. */
  readonly repeatFailed?: number;
  readonly knownFailures?: readonly KnownFailure[];
  /** Whose exchanges the results keep: by default those of cases with findings alone. */
  readonly evidence?: 'findings' | 'all';
  readonly strict: boolean;
  readonly allowInconclusive: boolean;
  readonly onEvent?: (event: RunEvent) => void;
  /** Aborting it ends the run after the cases in flight. */
  readonly signal?: AbortSignal;
}

export type RunEvent =
  | ({ readonly kind: 'planned' } & Preview)
  | { readonly kind: 'preflight'; readonly lines: readonly string[] }
  | { readonly kind: 'case'; readonly result: CaseResult; readonly requests: number }
  | { readonly kind: 'requests'; readonly count: number };

/**
 * Tests a target and gives the results. Throws UsageError for a selection that matches nothing and UnreachableError
 * where nothing answers; every other trouble is in the results.
 */
export async function runConformance(options: RunOptions): Promise<Results> {
  const started = new Date();
  const { contract, selection, profile, seed, keys, onEvent = () => undefined } = options;
  const { cases, selected, skipped } = planRun(options);
  requireKnownCases(options.knownFailures ?? [], cases);
  onEvent({ kind: 'planned', ...previewOf(options, { selected, skipped }) });
  const runId = randomBytes(4).toString('hex');
  const config: RunConfig = {
    runId,
    baseUrl: options.baseUrl,
    keys,
    profile,
    seed,
    timeoutMs: options.timeoutMs,
    concurrency: options.concurrency,
    userAgent,
    evidence: options.evidence ?? 'findings',
    ...options.polite,
    ...(selection.without === undefined ? {} : { without: selection.without }),
    ...(options.ledgerDir === undefined
      ? {}
      : { ledgerFile: join(options.ledgerDir, ledgerFileName(runId)) }),
  };
  onEvent({ kind: 'preflight', lines: await reachTarget(contract, config) });
  const collected = await executeInVitest(options, config, onEvent);
  return toResults({
    contract,
    config,
    ...(options.targetName === undefined ? {} : { targetName: options.targetName }),
    strict: options.strict,
    allowInconclusive: options.allowInconclusive,
    interrupted: options.signal?.aborted === true,
    ...(selection.levels === undefined ? {} : { claims: selection.levels }),
    cases,
    skipped,
    collected,
    started,
    knownFailures: options.knownFailures ?? [],
  });
}

/** The suites stand beside this file's own tree: as TypeScript in a checkout, compiled in the package. */
const suites = import.meta.url.endsWith('.ts')
  ? join(packageRoot, 'suites', '*.suite.ts')
  : join(packageRoot, 'dist', 'suites', '*.suite.js');

async function executeInVitest(
  options: RunOptions,
  config: RunConfig,
  onEvent: (event: RunEvent) => void,
): Promise<Collected> {
  const channelName = `armature-conformance-${config.runId}`;
  const settings: SuiteSettings = {
    ...(options.matrix === undefined ? {} : { matrix: options.matrix }),
    ...(options.specs === undefined ? {} : { specs: options.specs }),
    config,
    selection: options.selection,
    channel: channelName,
    ...(options.repeatFailed === undefined ? {} : { repeatFailed: options.repeatFailed }),
  };
  const { reporter, collected } = createCollector((result, requests) =>
    onEvent({ kind: 'case', result, requests }),
  );
  const channel = new BroadcastChannel(channelName);
  let repeating: NodeJS.Timeout | undefined;
  // Said again and again: the worker may not have begun to listen when it is said first.
  const stop = (): void => {
    repeating = setInterval(() => channel.postMessage('stop'), 50);
  };
  if (options.signal?.aborted === true) stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  const vitest = await createVitest('test', {
    config: false,
    root: packageRoot,
    dir: packageRoot,
    include: [suites],
    exclude: [],
    watch: false,
    cache: false,
    // One worker: the cases share what the run knows of the target, and they wait far more than they compute.
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    fileParallelism: false,
    maxConcurrency: config.concurrency * 2,
    testTimeout: 0,
    hookTimeout: 0,
    reporters: [reporter],
    provide: { [settingsKey]: settings },
    passWithNoTests: false,
    // Standard output is the report's.
    silent: true,
  });
  const exitCode = process.exitCode;
  try {
    await vitest.start();
  } finally {
    await vitest.close();
    options.signal?.removeEventListener('abort', stop);
    clearInterval(repeating);
    channel.close();
    // vitest sets the exit code of the process; the verdict alone decides it.
    process.exitCode = exitCode;
  }
  return collected;
}
