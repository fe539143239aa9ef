import type { Defect } from './defect.ts';
import { must } from './hooking.ts';
import { blindTo, invalidStatus, objectNotNeeded, refusing } from './request-hooks.ts';

const sources: readonly Defect[] = [
  must(
    'source-without-name',
    'createMcpServer/request',
    'createMcpServer',
    'A source needs no name.',
    blindTo('createMcpServer', 'name', 'Unnamed'),
  ),
  must(
    'source-any-transport',
    'createMcpServer/request',
    'createMcpServer',
    'Any text is a transport.',
    blindTo('createMcpServer', 'transportType'),
  ),
  must(
    'source-any-target',
    'createMcpServer/request',
    'createMcpServer',
    'Any text is a kind of target.',
    blindTo('createMcpServer', 'targetKind'),
  ),
  must(
    'source-any-url',
    'createMcpServer/request',
    'createMcpServer',
    'A URL need not be a URI.',
    blindTo('createMcpServer', 'baseUrl'),
  ),
  must(
    'source-any-config',
    'createMcpServer/request',
    'createMcpServer',
    'A connectionConfig need not be an object.',
    blindTo('createMcpServer', 'connectionConfig'),
  ),
  must(
    'source-any-policy',
    'createMcpServer/request',
    'createMcpServer',
    'A networkPolicy need not be an object.',
    blindTo('createMcpServer', 'networkPolicy'),
  ),
  must(
    'source-any-auth',
    'createMcpServer/request',
    'createMcpServer',
    'An authProfile need not be an object.',
    blindTo('createMcpServer', 'authProfile'),
  ),
  must(
    'source-any-environment',
    'createMcpServer/request',
    'createMcpServer',
    'An environment need not be a text.',
    blindTo('createMcpServer', 'environment'),
  ),
  must(
    'source-body-array',
    'createMcpServer/request',
    'createMcpServer',
    'An array is taken for a source.',
    objectNotNeeded('createMcpServer', { name: 'Unnamed' }),
  ),
  must(
    'source-422',
    'createMcpServer/request',
    'createMcpServer',
    'A source that is not valid is 422.',
    invalidStatus('createMcpServer', 422),
  ),
  must(
    'source-sse-refused',
    'createMcpServer/request',
    'createMcpServer',
    'The transport `sse` is refused.',
    refusing('createMcpServer', 'transportType', (value) => value === 'sse'),
  ),
  must(
    'source-cli-refused',
    'createMcpServer/request',
    'createMcpServer',
    'The target `cli` is refused.',
    refusing('createMcpServer', 'targetKind', (value) => value === 'cli'),
  ),
  must(
    'source-environment-needed',
    'createMcpServer/request',
    'createMcpServer',
    'A source without an environment is refused.',
    refusing('createMcpServer', 'environment', (value) => value === undefined),
  ),
];

const runsAndTopics: readonly Defect[] = [
  must(
    'dispatch-any-force',
    'dispatchRun/request',
    'dispatchRun',
    'forceNewRun may be a text.',
    blindTo('dispatchRun', 'forceNewRun'),
  ),
  must(
    'dispatch-any-key',
    'dispatchRun/request',
    'dispatchRun',
    'An idempotencyKey may be a number.',
    blindTo('dispatchRun', 'idempotencyKey'),
  ),
  must(
    'dispatch-any-reason',
    'dispatchRun/request',
    'dispatchRun',
    'A reason may be an object.',
    blindTo('dispatchRun', 'reason'),
  ),
  must(
    'dispatch-body-array',
    'dispatchRun/request',
    'dispatchRun',
    'A body that is no object is taken for an empty one.',
    objectNotNeeded('dispatchRun', {}),
  ),
  must(
    'dispatch-reason-needed',
    'dispatchRun/request',
    'dispatchRun',
    'A dispatch without a reason is refused.',
    refusing('dispatchRun', 'reason', (value) => value === undefined),
  ),
  must(
    'dispatch-force-refused',
    'dispatchRun/request',
    'dispatchRun',
    'forceNewRun is refused.',
    refusing('dispatchRun', 'forceNewRun', (value) => value === true),
  ),
  must(
    'topic-any-label',
    'updateTopic/request',
    'updateTopic',
    'A label may be a number.',
    blindTo('updateTopic', 'label'),
  ),
  must(
    'topic-any-archived',
    'updateTopic/request',
    'updateTopic',
    '`archived` may be a text.',
    blindTo('updateTopic', 'archived'),
  ),
  must(
    'topic-any-flag',
    'updateTopic/request',
    'updateTopic',
    'is_unmet_demand may be a number.',
    blindTo('updateTopic', 'is_unmet_demand'),
  ),
  must(
    'topic-body-text',
    'updateTopic/request',
    'updateTopic',
    'A body that is no object changes nothing and succeeds.',
    objectNotNeeded('updateTopic', {}),
  ),
  must(
    'topic-label-needed',
    'updateTopic/request',
    'updateTopic',
    'An update without a label is refused.',
    refusing('updateTopic', 'label', (value) => value === undefined),
  ),
];

/** Defects of which bodies of sources, dispatches and topics are accepted and which are refused. */
export const requestDefects: readonly Defect[] = [...sources, ...runsAndTopics];
