/** A run from its options to its results: plan, select, reach, execute in vitest, conclude. */
import { join } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import { createVitest } from 'vitest/node';
import type { RunConfig } from '../execute/run-state.ts';
import { packageRoot } from '../package-root.ts';
import type { Results } from '../results/types.ts';
import { createCollector, type Collected } from './collector.ts';
import { prepareRun } from './prepare.ts';
import type { RunEvent } from './run-event.ts';
import type { RunOptions } from './run-options.ts';
import { settingsKey, type SuiteSettings } from './settings.ts';
import { vitestSetup } from './vitest-setup.ts';

/**
 * Tests a target and gives the results. Throws UsageError for a selection that matches nothing and UnreachableError
 * where nothing answers; every other trouble is in the results.
 */
export async function runConformance(options: RunOptions): Promise<Results> {
  const { config, conclude } = await prepareRun(options);
  return conclude(await executeInVitest(options, config, options.onEvent ?? (() => undefined)));
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
    ...vitestSetup(config.concurrency),
    root: packageRoot,
    dir: packageRoot,
    include: [suites],
    reporters: [reporter],
    provide: { [settingsKey]: settings },
    passWithNoTests: false,
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
  // Its last test always tells how it ended, unless it could not even be loaded.
  if (collected.footer === undefined && collected.faults.length === 0) {
    collected.faults.push({ message: 'The suite did not come to its end in vitest.' });
  }
  return collected;
}
