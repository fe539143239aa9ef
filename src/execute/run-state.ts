/** What the cases of one run share: the target, the keys, and a count of what was sent. */
import type { Contract } from '../contract/types.ts';
import { validateFor, type Validate } from '../check/schema.ts';
import type { McpKind } from '../mcp/kinds.ts';
import type { Leavable } from '../plan/promise.ts';
import type { Profile } from '../plan/types.ts';
import type { Manners, SuiteFault } from '../results/types.ts';
import { createClient, type HttpClient } from './client.ts';
import type { Network } from './dispatchers.ts';
import { createKeyring, type Keyring } from './keyring.ts';
import { createMarkers } from './marker.ts';

/** What a target is said to speak over MCP, and where. */
export interface McpChoice {
  readonly speaks: McpKind;
  /** Where it stands, where that is not beside the API. */
  readonly url?: string;
}

export interface RunConfig {
  readonly runId: string;
  readonly baseUrl: string;
  readonly keys: Readonly<Record<string, string>>;
  readonly profile: Profile;
  readonly seed: number;
  /** ms for one whole answer. */
  readonly timeoutMs: number;
  readonly concurrency: number;
  readonly userAgent: string;
  /** The most requests in any second; undefined for no limit. */
  readonly rate?: number;
  /** ms that the run waits at most in all because the target asks for it. */
  readonly maxWaitMs?: number;
  /** ms by which lists may lag behind writes, and what differs between looks that agree otherwise. */
  readonly listLagMs?: number;
  readonly network?: Network;
  /** Headers that every request bears. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Texts that are masked as the keys are. */
  readonly secrets?: readonly string[];
  /** What the target is said to have of an MCP endpoint; by default it is looked for. */
  readonly mcp?: McpChoice;
  /** Effects that the run is kept from, beyond its profile. */
  readonly without?: readonly Leavable[];
  /** Where the ledger is kept while the run lasts. */
  readonly ledgerFile?: string;
  /** Whose exchanges the results keep: those of cases with findings alone, or of all. */
  readonly evidence?: 'findings' | 'all';
  /** What the look before the run sent and waited already: it counts as the run's. */
  readonly spent?: Spent;
}

/** What was sent and waited. */
export interface Spent extends Manners {
  readonly requests: number;
}

export interface RunState {
  readonly contract: Contract;
  readonly config: RunConfig;
  readonly client: HttpClient;
  readonly keyring: Keyring;
  readonly validate: Validate;
  readonly origin: string;
  /** Path of the base URL, without a slash at its end. */
  readonly basePath: string;
  /** Durations in ms by operation id. */
  readonly durations: Map<string, number[]>;
  readonly faults: SuiteFault[];
  /** A text that no other request of any run bears, and that is in none of theirs. */
  readonly nextMarker: () => string;
  count: number;
  /** Requests that were sent again because their connection broke. */
  repeats: number;
}

/** The state of a run before its first request. */
export function createRunState(contract: Contract, config: RunConfig, signal?: AbortSignal): RunState {
  const url = new URL(config.baseUrl);
  return {
    contract,
    config,
    client: createClient({
      origin: url.origin,
      timeoutMs: config.timeoutMs,
      concurrency: config.concurrency,
      ...(config.network === undefined ? {} : { network: config.network }),
      ...(signal === undefined ? {} : { signal }),
    }),
    keyring: createKeyring(contract, config.keys, config.seed, config.secrets),
    validate: validateFor(contract),
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ''),
    durations: new Map(),
    faults: [],
    nextMarker: createMarkers(config.runId, new Date()),
    count: config.spent?.requests ?? 0,
    repeats: config.spent?.repeated ?? 0,
  };
}
