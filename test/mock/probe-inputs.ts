import type { Operation } from '../../src/contract/types.ts';

/** A mutation of each JSON type, for members that have another one. */
export const values: readonly unknown[] = [7, 'text', [], { a: 1 }, null, true];

/** Members of request bodies beyond those of the samples. */
export const requestMembers = [
  'description',
  'criteria',
  'testerModelIds',
  'testerPrompt',
  'testerTargets',
  'retryPolicy',
  'toolPolicy',
  'metadata',
  'connectionConfig',
  'networkPolicy',
  'authProfile',
  'forceNewRun',
  'idempotencyKey',
  'archived',
  'is_unmet_demand',
];
/** Members with a value that is documented, and seldom sent. */
export const documentedValues: readonly (readonly [string, unknown])[] = [
  ['transportType', 'sse'],
  ['targetKind', 'cli'],
  ['criteria', [{ criterionText: 'Done.', isRequired: true }]],
  ['label', 'Größe'],
];

/** A body that an operation takes. */
export function sampleBody(
  operation: Operation,
  own: Readonly<Record<string, string>>,
): Readonly<Record<string, unknown>> {
  switch (operation.id) {
    case 'createMcpServer':
      return { name: 'Probe' };
    case 'createWorkflow':
      return { name: 'Probe', mcpServerId: own['mcpServerId'], testerPrompt: 'Try.' };
    case 'updateWorkflow':
      return { name: 'Probed', description: 'By a probe.' };
    case 'dispatchRun':
      return { reason: 'probe' };
    default:
      return { label: 'probed' };
  }
}

/** Authorizations that resemble a good one. */
export function oddAuthorizations(key: string, viewer: string): readonly string[] {
  return [
    'Bearer ',
    `Bearer ${key.slice(0, -1)}`,
    `Bearer ${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`,
    `Bearer ${key}x`,
    `Bearer ${key.toUpperCase()}`,
    `Bearer xyz${key.slice(3)}`,
    `Bearer ${viewer.slice(0, 21)}${key.slice(21)}`,
    `Bearer amt_nothing`,
    `Token ${key}`,
    `bearer ${key}`,
    key,
    `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
    `Bearer nonsense, Bearer ${key}`,
  ];
}
