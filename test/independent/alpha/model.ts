/** The things that a deployment keeps, without any regard to how they look on the wire. */
export type Obj = Record<string, unknown>;
export type Role = 'viewer' | 'editor' | 'admin' | 'owner';

export interface Organization {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly insights: boolean;
}

export interface ApiKey {
  readonly id: string;
  readonly name: string;
  readonly publicPart: string;
  readonly salt: Buffer;
  readonly digest: Buffer;
  readonly org: Organization;
  readonly role: Role;
  readonly userProfileId: string | null;
  readonly email: string | null;
  readonly revoked: boolean;
}

export interface Owned {
  readonly id: string;
  readonly orgId: string;
}

export interface Source extends Owned {
  name: string;
  transportType: string;
  baseUrl: string | null;
  categories: string[];
  environment: string;
  rest: Obj;
  createdAt: number;
}

export interface Workflow extends Owned {
  name: string;
  description: string | null;
  sourceId: string;
  testerPrompt: string;
  schedule: Obj | null;
  rest: Obj;
  version: number;
  archived: boolean;
  createdAt: number;
}

export interface Run extends Owned {
  workflowId: string;
  /** Where the run ends, or stays. */
  status: string;
  /** Set for a run that was dispatched while the deployment runs: it moves with the time since then. */
  live: boolean;
  createdAt: number;
  model: string;
  cost: number;
  classification: string;
  reason: string | null;
  dispatchedWith: string | null;
}

export interface Topic extends Owned {
  label: string;
  unmet: boolean;
  archived: boolean;
  volume: number;
  frustration: number;
  trend: number;
  seenAt: number;
}

export interface FailedSearch extends Owned {
  query: string;
  count: number;
  gap: string | null;
  seenAt: number;
  topicId: string;
}

export interface SessionEvent {
  readonly tool: string | undefined;
  readonly runId: string | undefined;
}

export interface Session extends Owned {
  sessionKey: string;
  intent: string | null;
  sourceId: string | null;
  actorId: string | null;
  clientName: string | null;
  ok: number;
  failed: number;
  startedAt: number;
  events: readonly SessionEvent[];
}

export interface World {
  readonly main: Organization;
  readonly organizations: Organization[];
  readonly keys: ApiKey[];
  readonly tokens: Record<
    'viewer' | 'editor' | 'admin' | 'owner' | 'revoked' | 'featureDisabled' | 'otherOrg',
    string
  >;
  readonly sources: Map<string, Source>;
  readonly workflows: Map<string, Workflow>;
  readonly runs: Map<string, Run>;
  readonly topics: Map<string, Topic>;
  readonly searches: Map<string, FailedSearch>;
  readonly sessions: Map<string, Session>;
  /** workflow id + key -> run id */
  readonly idempotency: Map<string, string>;
}

const ranks: Readonly<Record<Role, number>> = { viewer: 0, editor: 1, admin: 2, owner: 3 };

/** Whether a role may write. */
export function mayWrite(role: Role): boolean {
  return ranks[role] >= ranks.editor;
}

/** Whether a value is a JSON object (no array, no null). */
export function isObj(value: unknown): value is Obj {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A member as text, whatever it is. */
export function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? 'undefined');
}
