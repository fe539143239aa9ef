import type { JsonObject } from './json.ts';

/** The roles, lowest first. */
export type Role = 'viewer' | 'editor' | 'admin' | 'owner';

/** The names of the keys that a deployment hands out. */
export type KeyName = Role | 'revoked' | 'featureDisabled' | 'otherOrg';

/** A stored API key. */
export interface ApiKey {
  readonly id: string;
  readonly keyId: string;
  readonly name: string;
  readonly role: Role;
  readonly orgId: string;
  readonly salt: Buffer;
  readonly hash: Buffer;
  readonly revoked: boolean;
  readonly email: string | null;
  readonly profileId: string | null;
}

/** An MCP source. */
export interface Source {
  readonly id: string;
  name: string;
  transportType: string;
  targetKind: string;
  baseUrl: string | null;
  categories: string[];
  environment: string;
  active: boolean;
  createdAt: number;
  settings: JsonObject;
}

/** A workflow; `fields` holds what request bodies may set. */
export interface Workflow {
  readonly id: string;
  fields: JsonObject;
  categories: string[];
  version: number;
  archived: boolean;
  readonly createdAt: number;
  updatedAt: number;
}

/** One step of a run's life: from `after` milliseconds on, the run has this status. */
export interface Phase {
  readonly after: number;
  readonly status: string;
}

/** A run; its status follows from its phases and the time. */
export interface Run {
  readonly id: string;
  workflowId: string;
  readonly createdAt: number;
  phases: readonly Phase[];
  readonly startsAfter: number;
  readonly endsAfter: number;
  readonly model: string;
  readonly reason: string | null;
  readonly trigger: string;
  readonly idempotencyKey: string | null;
  readonly classification: string | null;
  readonly cost: number;
  readonly version: number;
  readonly by: string;
  hidden?: boolean;
}

/** A recurring topic. */
export interface Topic {
  readonly id: string;
  label: string;
  unmet: boolean;
  archived: boolean;
  readonly volume: number;
  readonly frustration: number;
  readonly trend: number;
  readonly lastSeen: number;
}

/** A cluster of failed searches. */
export interface Search {
  readonly id: string;
  readonly query: string;
  readonly count: number;
  readonly lastSeen: number;
  readonly suggestion: string | null;
}

/** A session seen by the insights feature. */
export interface Session {
  readonly id: string;
  readonly key: string;
  readonly intent: string | null;
  readonly sourceId: string | null;
  readonly actorId: string | null;
  readonly client: string | null;
  readonly ok: number;
  readonly errors: number;
  readonly at: number;
  readonly runId: string | null;
}

/** An organization with all it owns. */
export interface Org {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly insights: boolean;
  sources: Source[];
  workflows: Workflow[];
  runs: Run[];
  topics: Topic[];
  searches: Search[];
  sessions: Session[];
}

/** The kinds of things that have an id. */
export type Kind =
  | 'org'
  | 'key'
  | 'user'
  | 'mcp'
  | 'wf'
  | 'run'
  | 'topic'
  | 'search'
  | 'session'
  | 'span'
  | 'call'
  | 'dispatch';

/** Everything one deployment knows. */
export interface World {
  readonly orgs: readonly Org[];
  readonly keys: readonly ApiKey[];
  readonly tokens: Readonly<Record<KeyName, string>>;
  readonly verified: Map<string, ApiKey | undefined>;
  newId(kind: Kind): string;
  hasIdForm(id: string): boolean;
}

/** The status of a run at a moment. */
export function statusAt(run: Run, now: number): string {
  let status = 'pending';
  for (const phase of run.phases) if (now - run.createdAt >= phase.after) status = phase.status;
  return status;
}

/** When a run started, or null where it has not. */
export function startOf(run: Run, now: number): number | null {
  return now - run.createdAt >= run.startsAfter ? run.createdAt + run.startsAfter : null;
}

/** When a run ended, or null where it has not. */
export function endOf(run: Run, now: number): number | null {
  return now - run.createdAt >= run.endsAfter ? run.createdAt + run.endsAfter : null;
}
