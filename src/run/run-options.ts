/** What a run is told. */
import type { Contract } from '../contract/types.ts';
import type { RunConfig } from '../execute/run-state.ts';
import type { Selection } from '../plan/select.ts';
import type { Profile } from '../plan/types.ts';
import type { KnownFailure } from '../results/known-failures.ts';
import type { RunEvent } from './run-event.ts';

export interface RunOptions {
  readonly contract: Contract;
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
  readonly polite?: Pick<
    RunConfig,
    'rate' | 'maxWaitMs' | 'listLagMs' | 'network' | 'mcp' | 'headers' | 'secrets'
  >;
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
