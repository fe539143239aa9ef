/** A run from its options to its results: plan, select, reach, execute in vitest, conclude. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { createVitest } from 'vitest/node';
import type { Contract } from '../contract/types.ts';
import type { RunConfig } from '../execute/run-state.ts';
import { packageRoot, packageVersion } from '../package-root.ts';
import { digestOf, planCases } from '../plan/plan.ts';
import { selectCases, type LeftOut, type Selection } from '../plan/select.ts';
import type { Case, Profile } from '../plan/types.ts';
import type { CaseResult, Results } from '../results/types.ts';
import { coverageOf } from '../results/coverage.ts';
import { conclude } from '../results/verdict.ts';
import { createCollector, type Collected } from './collector.ts';
import { credentialFacts, observedOperations } from './contract-facts.ts';
import { reachTarget } from './reach.ts';
import { settingsKey, userAgent, type SuiteSettings } from './settings.ts';

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
  readonly selection: Selection;
  /** Whose exchanges the results keep: by default those of cases with findings alone. */
  readonly evidence?: 'findings' | 'all';
  readonly strict: boolean;
  readonly allowInconclusive: boolean;
  readonly onEvent?: (event: RunEvent) => void;
  /** Aborting it ends the run after the cases in flight. */
  readonly signal?: AbortSignal;
}

export type RunEvent =
  | {
      readonly kind: 'planned';
      readonly total: number;
      readonly leftOut: readonly {
        readonly count: number;
        readonly reason: string;
        readonly remedy: string;
      }[];
    }
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
  const cases = planCases(contract, { seed, profile });
  const { selected, skipped } = selectCases(
    cases,
    { ...selection, profile, keys: Object.keys(keys) },
    contract,
  );
  onEvent({ kind: 'planned', total: selected.length, leftOut: countLeftOut(skipped) });
  const config: RunConfig = {
    runId: randomBytes(4).toString('hex'),
    baseUrl: options.baseUrl,
    keys,
    profile,
    seed,
    timeoutMs: options.timeoutMs,
    concurrency: options.concurrency,
    userAgent,
    evidence: options.evidence ?? 'findings',
  };
  onEvent({ kind: 'preflight', lines: await reachTarget(contract, config) });
  const collected = await executeInVitest(options, config, onEvent);
  return toResults(options, config, { cases, selected, skipped, collected, started });
}

function countLeftOut(skipped: readonly LeftOut[]): { count: number; reason: string; remedy: string }[] {
  const byReason = new Map<string, { count: number; reason: string; remedy: string }>();
  for (const { reason, remedy } of skipped) {
    const known = byReason.get(reason) ?? { count: 0, reason, remedy };
    known.count++;
    byReason.set(reason, known);
  }
  return [...byReason.values()];
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

interface Ended {
  readonly cases: readonly Case[];
  readonly selected: readonly Case[];
  readonly skipped: readonly LeftOut[];
  readonly collected: Collected;
  readonly started: Date;
}

function toResults(options: RunOptions, config: RunConfig, ended: Ended): Results {
  const { contract, strict, allowInconclusive } = options;
  const interrupted = options.signal?.aborted === true;
  const { collected, started } = ended;
  const references = contract.references;
  const left = new Map(ended.skipped.map((one) => [one.case.id, one]));
  const results = ended.cases.map((one): CaseResult => {
    const known = collected.results.get(one.id);
    if (known !== undefined) return known;
    const why = left.get(one.id);
    const { check: _check, keys: _keys, footprint: _footprint, profile: _profile, ...plain } = one;
    return {
      ...plain,
      reference: references[one.reference] ?? one.reference,
      status: why === undefined ? 'inconclusive' : 'skipped',
      reason: why?.reason ?? (interrupted ? 'the run was interrupted before it' : 'the run ended before it'),
      remedy: why?.remedy ?? 'Run it again.',
      findings: [],
      durationMs: 0,
    };
  });
  const operations = observedOperations(contract, collected.footer?.answers ?? {});
  const conclusion = conclude({
    cases: results,
    suiteFaults: collected.faults,
    interrupted,
    strict,
    allowInconclusive,
  });
  return {
    schemaVersion: 1,
    tool: { name: 'armature-conformance', version: packageVersion },
    contract: { title: contract.api.title, version: contract.api.version, digest: contract.digest },
    target: {
      baseUrl: options.baseUrl,
      ...(options.targetName === undefined ? {} : { name: options.targetName }),
    },
    profile: config.profile,
    strict,
    allowInconclusive,
    seed: config.seed,
    runId: config.runId,
    planDigest: digestOf(ended.cases),
    startedAt: started.toISOString(),
    durationMs: Math.round(Date.now() - started.getTime()),
    requests: collected.footer?.requests ?? 0,
    ...conclusion,
    cases: results,
    operations,
    credentials: credentialFacts(contract),
    coverage: coverageOf(results, operations),
    timings: collected.footer?.timings ?? [],
    leftovers: collected.footer?.leftovers ?? [],
    suiteFaults: collected.faults,
  };
}
