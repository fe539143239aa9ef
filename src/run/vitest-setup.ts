/** How a run sets vitest up, whatever its suites are. */
import type { CliOptions } from 'vitest/node';
import { casesBegun } from '../execute/places.ts';

/**
 * The options of vitest that every run has in common.
 * @param concurrency the most requests at the same moment
 */
export function vitestSetup(concurrency: number): CliOptions {
  return {
    config: false,
    exclude: [],
    watch: false,
    cache: false,
    // One worker: the cases share what the run knows of the target, and they wait far more than they compute.
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    fileParallelism: false,
    maxConcurrency: casesBegun(concurrency),
    testTimeout: 0,
    hookTimeout: 0,
    // Standard output is the report's.
    silent: true,
  };
}
