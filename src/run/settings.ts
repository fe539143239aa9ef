/** What a run hands to the vitest suites: plain data, the same for the command line and for `npx vitest run`. */
import type { ProvidedContext } from 'vitest';
import type { Contract } from '../contract/types.ts';
import { packageVersion } from '../package-root.ts';
import type { RunConfig } from '../execute/run-state.ts';
import type { FootprintPromise } from '../plan/promise.ts';
import type { RunFooter } from '../execute/finish.ts';
import type { CaseResult } from '../results/types.ts';

export interface SuiteSettings {
  readonly contract: Contract;
  readonly config: RunConfig;
  /** What the run sends at most. */
  readonly promise: FootprintPromise;
  /** How often a failed case is repeated. */
  readonly repeatFailed?: number;
}

/** What a test leaves in its meta for the reporter. */
export interface CaseMeta {
  readonly result?: CaseResult;
  readonly requests?: number;
  readonly fault?: string;
  readonly footer?: RunFooter;
}

/** The key under which settings are provided to the suites. */
export const settingsKey = 'armatureConformance' satisfies keyof ProvidedContext;

/** What every request says of who sends it. */
export const userAgent = `armature-conformance/${packageVersion}`;

declare module 'vitest' {
  interface ProvidedContext {
    armatureConformance: SuiteSettings;
  }
  interface TaskMeta {
    conformance?: CaseMeta;
  }
}
