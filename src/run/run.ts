/** A run from its options to its results: plan, select, reach, execute in vitest, conclude. */
import { join } from 'node:path';
import { createVitest, type CliOptions } from 'vitest/node';
import { packageRoot } from '../package-root.ts';
import { inParts } from '../plan/parts.ts';
import { inPhases } from '../plan/phases.ts';
import type { Results } from '../results/types.ts';
import { createCollector, type Collected } from './collector.ts';
import { prepareRun, type PreparedRun } from './prepare.ts';
import { giveParts, type GivingEnd } from './run-channel.ts';
import type { RunOptions } from './run-options.ts';
import { settingsKey, type SuiteSettings } from './settings.ts';
import { vitestSetup } from './vitest-setup.ts';

/**
 * Tests a target and gives the results. Throws UsageError for a selection that matches nothing and UnreachableError
 * where nothing answers; every other trouble is in the results.
 */
export async function runConformance(options: RunOptions): Promise<Results> {
  const begun = await begin(options);
  return begun.conclude(await executeInVitest(options, begun));
}

/** What of a prepared run is needed while it lasts: not its cases as objects. */
interface BegunRun extends Pick<PreparedRun, 'config' | 'conclude' | 'promise'> {
  readonly giving: GivingEnd;
}

async function begin(options: RunOptions): Promise<BegunRun> {
  const { config, conclude, selected, promise } = await prepareRun(options);
  return { config, conclude, promise, giving: giveParts(config.runId, inParts(inPhases(selected))) };
}

/** The suites stand beside this file's own tree: as TypeScript in a checkout, compiled in the package. */
const suites = import.meta.url.endsWith('.ts')
  ? join(packageRoot, 'suites', '*.suite.ts')
  : join(packageRoot, 'dist', 'suites', '*.suite.js');

async function executeInVitest(
  options: RunOptions,
  { config, promise, giving }: BegunRun,
): Promise<Collected> {
  const { onEvent = () => undefined, signal } = options;
  const settings: SuiteSettings = {
    contract: options.contract,
    config,
    promise,
    ...(options.repeatFailed === undefined ? {} : { repeatFailed: options.repeatFailed }),
  };
  const { reporter, collected } = createCollector((result, requests) =>
    onEvent({ kind: 'case', result, requests }),
  );
  if (signal?.aborted === true) giving.stop();
  signal?.addEventListener('abort', giving.stop, { once: true });
  const exitCode = process.exitCode;
  try {
    await runSuites(giving.count, {
      ...vitestSetup(config.concurrency),
      reporters: [reporter],
      provide: { [settingsKey]: settings },
    });
  } finally {
    signal?.removeEventListener('abort', giving.stop);
    giving.close();
    // vitest sets the exit code of the process; the verdict alone decides it.
    process.exitCode = exitCode;
  }
  // Its last test always tells how it ended, unless it could not even be loaded.
  if (collected.footer === undefined && collected.faults.length === 0) {
    collected.faults.push({ message: 'The suite did not come to its end in vitest.' });
  }
  return collected;
}

/** Runs the suite in vitest, once for each part of the run; to vitest each is a file of its own. */
async function runSuites(parts: number, options: CliOptions): Promise<void> {
  const vitest = await createVitest('test', {
    ...options,
    root: packageRoot,
    dir: packageRoot,
    include: [suites],
    // What is compiled needs no work of vite: a checkout loads it as an installed package does.
    server: { deps: { external: [/\/dist\/(?:src|suites)\//] } },
    passWithNoTests: false,
  });
  try {
    const found = await vitest.globTestSpecifications();
    const specifications = found.flatMap((one) =>
      Array.from({ length: parts }, (_, index) =>
        index === 0 ? one : one.project.createSpecification(`${one.moduleId}?part=${index + 1}`),
      ),
    );
    await vitest.runTestSpecifications(specifications, true);
  } finally {
    await vitest.close();
  }
}
