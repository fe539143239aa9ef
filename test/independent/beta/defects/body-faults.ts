import { asText } from '../json.ts';
import type { Call, OperationName } from '../call.ts';
import { reply } from '../call.ts';
import { invalid } from '../checks/refusals.ts';
import type { Problem } from '../checks/shape.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function refuses(
  id: string,
  fact: string,
  name: OperationName,
  where: string,
  when: (call: Call) => boolean,
): Seed {
  return plant(id, fact, where, {
    instead: (call) =>
      on(call, name) && call.problems.length === 0 && call.actor.role !== 'viewer' && when(call)
        ? invalid(call, [{ path: 'body', kind: 'type' }])
        : undefined,
  });
}

function fails(id: string, where: string, when: (call: Call) => boolean): Seed {
  return plant(id, facts.no5xx, where, {
    instead: (call) =>
      call.operation.write && when(call)
        ? reply(500, { error: { code: 'internal', message: 'Oops.' } })
        : undefined,
  });
}

const problem = (call: Call, kind: Problem['kind']): boolean =>
  call.problems.some((found) => found.kind === kind);

/** Defects in which good bodies are refused, or bodies break the server. */
export const bodyFaultSeeds: readonly Seed[] = [
  fails(
    'malformed-500',
    'a body that is not JSON: 500',
    (call) => problem(call, 'json') && call.raw.length > 0,
  ),
  fails('null-body-500', 'a body that is not an object: 500', (call) => problem(call, 'body')),
  fails('wrong-item-500', 'a wrong item within an array: 500', (call) =>
    call.problems.some(({ path }) => path.includes('[')),
  ),
  fails('long-text-500', 'a text above 255 characters in `name` or `label`: 500', (call) =>
    [call.body['name'], call.body['label']].some((text) => typeof text === 'string' && text.length > 255),
  ),
  fails('nul-text-500', 'a NUL in a text: 500', (call) => JSON.stringify(call.body).includes('\\u0000')),
  fails('surrogate-500', 'a lone surrogate in a text: 500', (call) =>
    /\\ud[89a-f]/.test(JSON.stringify(call.body)),
  ),
  fails('astral-500', 'an emoji in a text: 500', (call) =>
    /[\u{10000}-\u{10ffff}]/u.test(JSON.stringify(call.body)),
  ),
  fails('missing-source-500', 'an `mcpServerId` that does not exist: 500', (call) => {
    const id = call.body['mcpServerId'];
    return typeof id === 'string' && !call.org.sources.some((source) => source.id === id);
  }),
  fails('missing-baseline-500', 'a `baselineRunId` that does not exist: 500', (call) => {
    const id = call.body['baselineRunId'];
    return typeof id === 'string' && !call.org.runs.some((run) => run.id === id);
  }),
  refuses(
    'update-null-schedule-refused',
    facts.patchNull,
    'workflows.update',
    '`schedule: null` is 400',
    (call) => call.body['schedule'] === null,
  ),
  refuses(
    'update-needs-name',
    facts.optional,
    'workflows.update',
    'a body without `name` is 400',
    (call) => !('name' in call.body),
  ),
  refuses(
    'dispatch-needs-reason',
    facts.optional,
    'workflows.dispatch',
    'an object without `reason` is 400',
    (call) => call.raw.length > 0 && !('reason' in call.body),
  ),
  refuses(
    'topic-archive-refused',
    facts.topicPatch,
    'topics.update',
    '`archived` alone is 400',
    (call) => Object.keys(call.body).join() === 'archived',
  ),
  refuses(
    'source-sse-refused',
    '`transportType` = `streamable_http` | `sse` | `stdio_hosted`',
    'sources.create',
    '`sse` is 400',
    (call) => call.body['transportType'] === 'sse',
  ),
  refuses(
    'source-cli-refused',
    '`targetKind` = `mcp` | `cli`',
    'sources.create',
    '`cli` is 400',
    (call) => call.body['targetKind'] === 'cli',
  ),
  refuses(
    'source-query-refused',
    '`baseUrl` URI string',
    'sources.create',
    'a baseUrl with a port or a query is 400',
    (call) => /:\d+|\?/.test(asText(call.body['baseUrl'] ?? '')),
  ),
  refuses(
    'workflow-schedule-needed',
    '`schedule` object (left out: manual-only)',
    'workflows.create',
    'a body without `schedule` is 400',
    (call) => !('schedule' in call.body),
  ),
];
