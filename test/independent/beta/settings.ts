import type { Role } from './model.ts';

/** The checks whose order a deployment is free to choose. */
export type Step = 'role' | 'feature' | 'existence' | 'body';

/** The undocumented choices that tell one dialect from another. */
export interface Settings {
  readonly ids: 'prefix' | 'uuid' | 'integer' | 'opaque' | 'short';
  readonly order: readonly Step[];
  readonly codes: { readonly invalid: string; readonly missing: string; readonly method: string };
  readonly details: 'none' | 'list' | 'object' | 'text' | 'null';
  readonly errorExtras: boolean;
  /** The member that holds a list; an empty name makes a bare array. */
  readonly lists: Readonly<Record<'workflows' | 'runs' | 'toolCalls' | 'topics' | 'searches', string>>;
  readonly pageInfo: 'none' | 'flat' | 'nested';
  /** The member that holds a record; an empty name leaves it bare. */
  readonly wraps: Readonly<Record<'source' | 'workflow' | 'run' | 'trace' | 'topic' | 'search', string>>;
  readonly created: 'record' | 'decoy' | 'bare';
  readonly names: 'camel' | 'snake';
  readonly times: 'iso' | 'offset' | 'epoch';
  readonly extras: boolean;
  readonly empties: 'null' | 'absent';
  readonly otherMethod: { readonly status: number; readonly authFirst: boolean; readonly allow: boolean };
  readonly gzip: 'never' | 'asked' | 'always';
  readonly chunked: boolean;
  readonly contentType: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly etag: boolean;
  readonly challenge: boolean;
  readonly schemeAnyCase: boolean;
  readonly pageSize: number;
  readonly maxPageSize: number;
  readonly firstPage: 0 | 1;
  readonly badPage: 'refuse' | 'ignore';
  readonly runOrder: 'newest' | 'oldest' | 'id';
  readonly rangeBy: 'created' | 'ended';
  readonly delay: readonly [number, number];
  readonly furtherStatuses: boolean;
  readonly replayStatus: 200 | 202;
  readonly keyForgotten: boolean;
  readonly inFlightDedup: boolean;
  /** Whether a forced run with a key becomes the run that the key stands for. */
  readonly forceTakesKey: boolean;
  readonly firstWindowRun: boolean;
  readonly archivedReadable: boolean;
  readonly archivedDispatch: boolean;
  readonly archivedTopicListed: boolean;
  readonly secondArchive: 200 | 404;
  readonly unknownEnum: 'refuse' | 'ignore' | 'nothing';
  readonly unknownMember: 'refuse' | 'ignore';
  readonly emptyText: 'refuse' | 'accept';
  readonly optionalNull: 'refuse' | 'accept';
  readonly innerTypes: boolean;
  readonly longText: number;
  readonly oddId: 400 | 404;
  readonly missingReference: 400 | 404;
  readonly category: 'any' | 'all';
  readonly workflowCategories: 'slugs' | 'objects' | 'absent';
  readonly otherEnvironments: boolean;
  readonly version: 'number' | 'text' | 'object';
  readonly versionBeside: boolean;
  readonly updateBody: 'record' | 'versionOnly';
  readonly topicUpdateBody: 'record' | 'ok';
  readonly dispatchBody: 'runId' | 'run_id' | 'run' | 'id' | 'decoy';
  readonly workflowRef: 'workflowId' | 'workflow_id' | 'workflow';
  readonly otherOrgInsights: boolean;
  readonly otherOrgRole: Role;
  readonly disabledRole: Role;
  readonly disabledId: 403 | 404;
  readonly otherContentType: 'accept' | 400 | 415;
  readonly maxBody: number;
  readonly emptyDispatchBody: 'accept' | 'refuse';
  readonly openapi: { readonly prefixed: boolean; readonly perOperation: boolean; readonly version: string };
}

/** The plain dialect that the others start from. */
export const baseline: Settings = {
  ids: 'prefix',
  order: ['role', 'feature', 'existence', 'body'],
  codes: { invalid: 'validation_failed', missing: 'not_found', method: 'method_not_allowed' },
  details: 'list',
  errorExtras: false,
  lists: { workflows: 'rows', runs: 'rows', toolCalls: 'rows', topics: 'topics', searches: 'searches' },
  pageInfo: 'flat',
  wraps: { source: '', workflow: '', run: '', trace: '', topic: 'topic', search: 'search' },
  created: 'record',
  names: 'camel',
  times: 'iso',
  extras: false,
  empties: 'null',
  otherMethod: { status: 405, authFirst: true, allow: true },
  gzip: 'never',
  chunked: false,
  contentType: 'application/json; charset=utf-8',
  headers: {},
  etag: false,
  challenge: true,
  schemeAnyCase: true,
  pageSize: 20,
  maxPageSize: 200,
  firstPage: 1,
  badPage: 'refuse',
  runOrder: 'newest',
  rangeBy: 'created',
  delay: [0, 0],
  furtherStatuses: false,
  replayStatus: 202,
  keyForgotten: false,
  inFlightDedup: false,
  forceTakesKey: false,
  firstWindowRun: false,
  archivedReadable: true,
  archivedDispatch: false,
  archivedTopicListed: false,
  secondArchive: 200,
  unknownEnum: 'refuse',
  unknownMember: 'ignore',
  emptyText: 'refuse',
  optionalNull: 'accept',
  innerTypes: true,
  longText: 200_000,
  oddId: 404,
  missingReference: 400,
  category: 'any',
  workflowCategories: 'slugs',
  otherEnvironments: false,
  version: 'number',
  versionBeside: false,
  updateBody: 'record',
  topicUpdateBody: 'record',
  dispatchBody: 'runId',
  workflowRef: 'workflowId',
  otherOrgInsights: true,
  otherOrgRole: 'owner',
  disabledRole: 'owner',
  disabledId: 403,
  otherContentType: 'accept',
  maxBody: 2_000_000,
  emptyDispatchBody: 'accept',
  openapi: { prefixed: false, perOperation: false, version: '3.0.3' },
};
