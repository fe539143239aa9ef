/** What the cases of one run share: the target, the keys, and a count of what was sent. */
import type { Contract } from '../contract/types.ts';
import { createValidate, type Validate } from '../check/schema.ts';
import type { Profile } from '../plan/types.ts';
import type { SuiteFault } from '../results/types.ts';
import { createClient, type HttpClient } from './client.ts';
import { createKeyring, type Keyring } from './keyring.ts';

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
  /** Whose exchanges the results keep: those of cases with findings alone, or of all. */
  readonly evidence?: 'findings' | 'all';
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
  /** A text that no other request of any run bears. */
  nextMarker(): string;
  count: number;
}

/** The state of a run before its first request. */
export function createRunState(contract: Contract, config: RunConfig, signal?: AbortSignal): RunState {
  const url = new URL(config.baseUrl);
  let markers = 0;
  return {
    contract,
    config,
    client: createClient({
      origin: url.origin,
      timeoutMs: config.timeoutMs,
      concurrency: config.concurrency,
      ...(signal === undefined ? {} : { signal }),
    }),
    keyring: createKeyring(contract, config.keys, config.seed),
    validate: createValidate(contract),
    origin: url.origin,
    basePath: url.pathname.replace(/\/+$/, ''),
    durations: new Map(),
    faults: [],
    nextMarker() {
      markers++;
      return `cf-${config.runId}-${markers}`;
    },
    count: 0,
  };
}
