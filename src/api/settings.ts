/** The options of a run as a program gives them. */
import type { McpKind } from '../mcp/kinds.ts';
import type { Leavable, Permitted } from '../plan/promise.ts';
import type { Family, Profile } from '../plan/types.ts';
import type { HarScope } from '../report/har.ts';
import type { RunEvent } from '../run/run-event.ts';

/** Which cases a run sends, how, and how their outcome counts. What is left out is as on the command line. */
export interface RunSettings {
  /** Which effects the run may have on the target; `read` where it is left out. */
  readonly profile?: Profile;
  /** Needed for the profile `full` on a target that is not on this machine. */
  readonly allowFull?: boolean;
  /** The seed of request bodies: the same seed gives the same requests. */
  readonly seed?: number;
  /** Levels of conformance: only their cases are sent, and the run claims them. */
  readonly level?: readonly string[] | string;
  /** Globs on case ids; a leading `!` leaves out. */
  readonly filter?: readonly string[] | string;
  readonly surface?: readonly string[] | string;
  /** Ids of credentials. */
  readonly role?: readonly string[] | string;
  readonly family?: readonly Family[] | Family;
  /** Effects that no case may have. */
  readonly without?: readonly Leavable[] | Leavable;
  readonly with?: readonly Permitted[] | Permitted;
  /** How long an answer may take, in ms. */
  readonly timeoutMs?: number;
  /** The most requests at the same moment. */
  readonly concurrency?: number;
  /** How long the run waits in all because the target asks for it, in ms. */
  readonly maxWaitMs?: number;
  /** What the target speaks over MCP: `auto` where it is left out. */
  readonly mcp?: McpKind;
  /** Where its MCP endpoint is, where that is not beside the API. */
  readonly mcpUrl?: string;
  /** How long a list may take to show what was written, in ms, before that is a violation. */
  readonly listLagMs?: number;
  /** The path of a file of failures that do not fail the run. */
  readonly knownFailures?: string;
  /** Advisories count as violations. */
  readonly strict?: boolean;
  /** Cases that could not be judged do not fail the run. */
  readonly allowInconclusive?: boolean;
  /** Where results.json and the reports are written; nowhere where it is left out. */
  readonly reportDir?: string;
  /** The exchanges that exchanges.har holds. */
  readonly har?: HarScope | 'off';
}

/** What a program can ask of a run besides. */
export interface RunHooks {
  /** How often a failed case is repeated. */
  readonly repeatFailed?: number;
  /** Told of what happens while the run lasts. */
  readonly onEvent?: (event: RunEvent) => void;
  /** Aborting it ends the run after the cases in flight; what it made is removed. */
  readonly signal?: AbortSignal;
}
