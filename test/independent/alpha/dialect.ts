import type { IdForm } from './ids.ts';

export type Check = 'role' | 'feature' | 'existence' | 'validation';
export type ListKind = 'workflows' | 'runs' | 'toolCalls' | 'topics' | 'searches';
export type RecordKind =
  | 'source'
  | 'createdSource'
  | 'workflow'
  | 'createdWorkflow'
  | 'run'
  | 'topic'
  | 'search'
  | 'overview'
  | 'trace'
  | 'evaluation';

/** How a deployment uses what the API leaves open. */
export interface DialectOptions {
  readonly id: string;
  readonly freedoms: readonly string[];
  readonly ids: IdForm;
  /** Name of the array member, `a.b` for a nested one, an empty text for a bare array. */
  readonly lists: Readonly<Record<ListKind, string>>;
  /** Name of the member around a record, an empty text for none. */
  readonly wraps: Readonly<Record<RecordKind, string>>;
  readonly order: readonly Check[];
  readonly invalidCode: string;
  readonly missingCode: string;
  readonly details: 'list' | 'object' | 'text' | 'absent';
  readonly extras: boolean;
  readonly optionals: 'null' | 'absent';
  readonly workflowCategories: 'slugs' | 'objects' | 'absent';
  readonly stdioUrl: boolean;
  readonly wrongMethod: 404 | 405 | 400;
  readonly wrongMethodAuthFirst: boolean;
  readonly gzip: 'never' | 'asked' | 'unless-refused';
  readonly chunked: boolean;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: boolean;
  readonly advisories: boolean;
  readonly anyCaseScheme: boolean;
  readonly delay: readonly [number, number];
  readonly pageSize: number;
  readonly maxPageSize: number;
  readonly firstPage: 0 | 1;
  readonly ascending: boolean;
  readonly extraStatuses: boolean;
  readonly pendingMs: number;
  readonly runningMs: number;
  readonly replayStatus: 200 | 202;
  readonly forgetsKeys: boolean;
  readonly dedupInFlight: boolean;
  readonly firstWindow: boolean;
  readonly archivedReadable: boolean;
  readonly archivedDispatch: boolean;
  readonly secondArchive: 200 | 404;
  readonly refusesUnknownValues: boolean;
  readonly refusesUnknownMembers: boolean;
  readonly refusesOptionalNull: boolean;
  readonly refusesEmptyText: boolean;
  readonly refusesInnerTypes: boolean;
  readonly otherContentType: 415 | 400 | 'accepted';
  readonly bodyLimit: number;
  readonly oddId: 400 | 404;
  readonly missingReference: 400 | 404;
  readonly allCategories: boolean;
  readonly listsOtherEnvironments: boolean;
  readonly version: 'number' | 'string' | 'object';
  readonly versionBeside: boolean;
  readonly dispatched: 'runId' | 'run_id' | 'run' | 'id' | 'decoy';
  readonly runWorkflow: 'workflowId' | 'workflow_id' | 'workflow';
  readonly splitInsights: boolean;
  readonly topicText: 'label' | 'title';
  readonly archivedTopicsListed: boolean;
  readonly searchesIn: 'reason' | 'workflow';
  readonly sessionsRange: '24h' | '90d';
  readonly otherTenantInsights: boolean;
  readonly featureDisabledRole: 'viewer' | 'editor' | 'owner';
  readonly otherRole: 'editor' | 'owner';
  readonly secretAlphabet: 'hex' | 'base64url';
  readonly document: 'plain' | 'prefixed';
}
