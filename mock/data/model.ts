/** The things that a deployment keeps, in its own words; what an answer shows of them is the dialect's choice. */

export type JsonObject = Readonly<Record<string, unknown>>;

export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  /** The features that the organization has. */
  readonly features: ReadonlySet<string>;
}

/** A source of tools under test: an MCP server or a command line. */
export interface Source {
  readonly id: string;
  readonly name: string;
  readonly transportType: string;
  readonly targetKind: string;
  readonly baseUrl: string | null;
  readonly categories: readonly string[];
  readonly environment: string;
  readonly connectionConfig: JsonObject;
  readonly networkPolicy: JsonObject;
  readonly hasAuthProfile: boolean;
  readonly createdAt: number;
}

/** The members of a workflow that a request can set, as they were sent. */
export type WorkflowMembers = JsonObject & {
  readonly name: string;
  readonly mcpServerId: string;
  readonly testerPrompt: string;
};

export interface Workflow {
  readonly id: string;
  readonly members: WorkflowMembers;
  readonly categories: readonly string[];
  /** Counts from 1; each update writes the next. */
  readonly version: number;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly archivedAt: number | null;
  /** A paused workflow is not dispatched by its schedule. */
  readonly paused: boolean;
}

export interface ToolCall {
  readonly tool: string;
  readonly arguments: JsonObject;
  readonly result: JsonObject;
  readonly failed: boolean;
  readonly durationMs: number;
}

export interface CriterionResult {
  readonly text: string;
  readonly required: boolean;
  readonly met: boolean;
  readonly excerpt: string;
}

/** A run carries its whole course: its status is a function of the clock, so no timer ever moves it. */
export interface Run {
  readonly id: string;
  readonly workflowId: string;
  /** The name that the workflow had when the run was queued. */
  readonly workflowName: string;
  readonly queuedAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
  /** The terminal status that it reaches at `endsAt`. */
  readonly verdict: string;
  readonly classification: string;
  readonly model: string;
  readonly trigger: 'api' | 'schedule';
  readonly reason: string | null;
  readonly baselineRunId: string | null;
  readonly costUsd: number;
  readonly judge: { readonly model: string; readonly score: number; readonly summary: string };
  readonly criteria: readonly CriterionResult[];
  readonly toolCalls: readonly ToolCall[];
}

export interface Topic {
  readonly id: string;
  readonly label: string;
  readonly isUnmetDemand: boolean;
  readonly archived: boolean;
  /** Sessions in the last 30 days. */
  readonly volume: number;
  /** 0 (content) to 1. */
  readonly frustration: number;
  /** Relative change against the period before. */
  readonly trend: number;
  readonly lastSeenAt: number;
  readonly sessionIds: readonly string[];
  readonly searchIds: readonly string[];
}

/** A cluster of searches that found no fitting tool. */
export interface FailedSearch {
  readonly id: string;
  readonly query: string;
  readonly variants: readonly string[];
  readonly count: number;
  readonly suggestedGap: string;
  readonly lastSeenAt: number;
}

export interface SessionEvent {
  readonly at: number;
  readonly tool: string | null;
  readonly runId: string | null;
  readonly failed: boolean;
}

export interface Session {
  readonly id: string;
  readonly key: string;
  readonly intent: string | null;
  readonly sourceId: string | null;
  readonly actorId: string | null;
  readonly client: string | null;
  readonly startedAt: number;
  readonly events: readonly SessionEvent[];
}

/** What one organization owns; nothing is ever looked up outside of it. */
export interface Tenant {
  readonly organization: Organization;
  readonly sources: Map<string, Source>;
  readonly workflows: Map<string, Workflow>;
  readonly runs: Map<string, Run>;
  readonly topics: Map<string, Topic>;
  readonly searches: Map<string, FailedSearch>;
  readonly sessions: Map<string, Session>;
  /** Run ids by workflow id and idempotency key. */
  readonly idempotency: Map<string, Map<string, string>>;
  /** Run ids by workflow id and reason, of dispatches without a key. */
  readonly reasons: Map<string, Map<string, string>>;
  /** Ids of runs and sessions that are so old that no list shows them any more. */
  readonly unlisted: Set<string>;
}
