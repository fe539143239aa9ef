/** From what a run is told to what its requests are made with. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ledgerFileName } from '../execute/ledger-file.ts';
import type { RunConfig } from '../execute/run-state.ts';
import type { RunOptions } from './run-options.ts';
import { userAgent } from './settings.ts';

/** What of the options of a run its requests depend on. */
export type Configured = Pick<
  RunOptions,
  | 'baseUrl'
  | 'keys'
  | 'profile'
  | 'seed'
  | 'timeoutMs'
  | 'concurrency'
  | 'evidence'
  | 'polite'
  | 'selection'
  | 'ledgerDir'
>;

/** The configuration of one run, under an id of its own. */
export function runConfigOf(options: Configured): RunConfig {
  const { baseUrl, keys, profile, seed, timeoutMs, concurrency, selection, ledgerDir } = options;
  const runId = randomBytes(4).toString('hex');
  return {
    runId,
    baseUrl,
    keys,
    profile,
    seed,
    timeoutMs,
    concurrency,
    userAgent,
    evidence: options.evidence ?? 'findings',
    ...options.polite,
    ...(selection.without === undefined ? {} : { without: selection.without }),
    ...(ledgerDir === undefined ? {} : { ledgerFile: join(ledgerDir, ledgerFileName(runId)) }),
  };
}
