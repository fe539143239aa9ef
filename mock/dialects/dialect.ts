import type { IdForm } from '../data/ids.ts';
import type { JsonObject } from '../data/model.ts';
import type { Outcome } from '../deployment/outcome.ts';

/** A check that a request must pass before it is done; which comes first is left open. */
export type Check = 'role' | 'feature' | 'existence' | 'validation';

/** A choice that the documentation leaves open, and what this dialect makes of it. */
export interface Freedom {
  /** The sentence of the documentation, or its gap. */
  readonly open: string;
  readonly choice: string;
}

export interface DialectInfo {
  readonly id: string;
  readonly description: string;
  readonly freedoms: readonly Freedom[];
}

/** How an operation's outcome is laid out as the body of its answer. */
export type Shape = (outcome: Outcome) => unknown;

/** A lawful reaction to an input of which the documentation says nothing. */
export type Tolerance = 'accepted' | 'refused';

export interface ErrorStyle {
  readonly invalidCode: string;
  readonly notFoundCode: string;
  /** What `error.details` holds; undefined leaves it out. */
  readonly details: (problems: readonly Problem[]) => unknown;
  /** Members beside `error`, and beside `code` and `message`. */
  readonly beside: JsonObject;
  readonly within: JsonObject;
}

/** One thing that is wrong with a request. */
export interface Problem {
  /** JSON Pointer into the body, or the name of a parameter. */
  readonly at: string;
  readonly message: string;
}

export interface TransportStyle {
  readonly contentType: string;
  readonly compression: 'never' | 'when-asked' | 'always';
  readonly framing: 'length' | 'chunked';
  readonly keepAlive: boolean;
  readonly etag: boolean;
  readonly headers: Readonly<Record<string, string>>;
  /** How long an answer takes, in milliseconds, from and to. */
  readonly latencyMs: readonly [number, number];
  readonly largestBody: number;
}

export interface AuthenticationStyle {
  /** False only in dialects that disregard an RFC: the break of a SHOULD. */
  readonly challenge: boolean;
  readonly schemeAnyCase: boolean;
  /** Where a key-id stands to the `apiKeyId` that `GET /org` shows. */
  readonly keyIdOf: (apiKeyId: string) => string;
}

export interface MethodStyle {
  /** The answer to a method that is not documented for a path. */
  readonly status: 400 | 404 | 405;
  readonly allow: boolean;
  /** Whether the key is looked at before the method. */
  readonly keyFirst: boolean;
  readonly head: 'as-get' | 'refused';
  readonly options: 'preflight' | 'refused';
}

export interface RunStyle {
  readonly statusOf: (course: RunMoment) => string;
  /** Terminal statuses beyond the documented ones. */
  readonly extraTerminal: readonly string[];
  readonly order: 'newest' | 'oldest' | 'by-id';
  readonly pageBase: 0 | 1;
  readonly defaultPageSize: number;
  readonly largestPageSize: number;
  /** The timestamp that `range` counts from. */
  readonly rangeCounts: 'queued' | 'ended';
  /** What `search` looks through. */
  readonly searchThrough: 'workflow-name' | 'all-texts';
  /** What trace, evaluation and tool calls of a run that is not over answer. */
  readonly unfinished: 'empty' | 'not-found';
}

/** Where a run stands in its course; the shares are of the time it is queued for. */
export type RunMoment =
  | { readonly phase: 'queued'; readonly share: number }
  | { readonly phase: 'running' }
  | { readonly phase: 'over'; readonly verdict: string };

export interface DispatchStyle {
  readonly replayStatus: 200 | 202;
  readonly forgetsKeyAfterRun: boolean;
  /** Whether a dispatch without a key joins the run that is in flight. */
  readonly joinsInFlight: boolean;
  readonly emptyBody: Tolerance;
  /** Whether the first dispatch window of a new workflow makes a run, and after how many milliseconds. */
  readonly firstWindow: { readonly kind: 'none' } | { readonly kind: 'run'; readonly delayMs: number };
}

export interface ArchiveStyle {
  readonly readable: boolean;
  readonly dispatch: 'accepted' | 400 | 404;
  readonly again: 200 | 404;
}

export interface InputStyle {
  readonly unknownValue: Tolerance;
  readonly unknownMember: Tolerance;
  readonly emptyString: Tolerance;
  readonly nullForOptional: Tolerance;
  readonly otherContentType: 'accepted' | 400 | 415;
  readonly missingReference: 'accepted' | 400 | 404;
  readonly oddId: 400 | 404;
  readonly longestText: number;
}

export interface ListStyle {
  readonly categories: 'any' | 'all';
  readonly otherEnvironments: 'listed' | 'unlisted';
  readonly defaultSessionRange: string;
}

/** One conformant way to be an Armature deployment: a choice for everything that the documentation leaves open. */
export interface Dialect extends DialectInfo {
  readonly ids: IdForm;
  /** What stands between the origin and the documented base path: the path of the dashboard. */
  readonly mount: string;
  /** `feature` and the others in the order in which they are checked; authentication comes before all. */
  readonly order: readonly Check[];
  readonly errors: ErrorStyle;
  readonly transport: TransportStyle;
  readonly authentication: AuthenticationStyle;
  readonly methods: MethodStyle;
  readonly runs: RunStyle;
  readonly dispatch: DispatchStyle;
  readonly archive: ArchiveStyle;
  readonly input: InputStyle;
  readonly lists: ListStyle;
  /** Features of the other tenant. */
  readonly otherTenantFeatures: 'all' | 'none';
  /** What `base_url` shows for a source that the deployment hosts itself. */
  readonly hostedBaseUrl: 'null' | 'shown';
  /** Shapes by operation id. */
  readonly shapes: Readonly<Record<string, Shape>>;
}
