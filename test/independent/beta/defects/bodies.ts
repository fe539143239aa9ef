import { reply, type Call, type OperationName, type Reply } from '../call.ts';
import { asText, isObject, listIn, recordIn, rowsIn, type Json, type JsonObject } from '../json.ts';
import { facts } from './facts.ts';
import { on, plant, rename } from './hooks.ts';
import type { Seed } from './seed.ts';

function rows(
  id: string,
  fact: string,
  name: OperationName,
  where: string,
  change: (row: JsonObject, index: number, call: Call) => void,
  when: (call: Call) => boolean = () => true,
): Seed {
  return plant(id, fact, where, {
    reply: (call, made) => {
      if (!on(call, name) || made.status !== 200 || !when(call)) return;
      rowsIn(made.body).forEach((row, index) => change(row, index, call));
    },
  });
}

function whole(
  id: string,
  fact: string,
  name: OperationName,
  where: string,
  change: (body: Json, call: Call) => Json | void,
): Seed {
  return plant(id, fact, where, {
    reply: (call, made): Reply | undefined => {
      if (!on(call, name) || made.status !== 200 || made.body === undefined) return undefined;
      const changed = change(made.body, call);
      return changed === undefined ? undefined : reply(200, changed);
    },
  });
}

function workflowRef(row: JsonObject): void {
  for (const name of ['workflowId', 'workflow_id', 'workflow', 'workflowName', 'workflow_name'])
    delete row[name];
}

const secondPage = (call: Call): boolean => Number(call.query.get('page') ?? '1') >= 2;

/** Defects of sources, workflows and runs as they are shown. */
export const bodySeeds: readonly Seed[] = [
  rows('source-camel', facts.sources, 'sources.list', '`transportType` in place of `transport_type`', (row) =>
    rename(row, 'transport_type', 'transportType'),
  ),
  rows(
    'source-url-absent',
    facts.sources,
    'sources.list',
    '`base_url` absent where it would be null',
    (row) => {
      if (row['base_url'] === null) delete row['base_url'];
    },
  ),
  rows('source-url-null', facts.sources, 'sources.list', '`base_url` null for sse', (row) => {
    if (row['transport_type'] === 'sse') row['base_url'] = null;
  }),
  rows(
    'source-categories-null',
    facts.sources,
    'sources.list',
    '`categories` null where there are none (a new source)',
    (row) => {
      if (listIn(row['categories']).length === 0) row['categories'] = null;
    },
  ),
  rows('source-categories-objects', facts.sources, 'sources.list', '`categories` of objects', (row) => {
    row['categories'] = listIn(row['categories']).map((slug) => ({ slug }));
  }),
  rows(
    'source-categories-text',
    facts.sources,
    'sources.list',
    '`categories` a text where there is one',
    (row) => {
      const slugs = listIn(row['categories']);
      if (slugs.length === 1) row['categories'] = slugs[0] ?? '';
    },
  ),
  rows(
    'source-name-absent',
    facts.sources,
    'sources.list',
    'the last row has no `name`',
    (row, index, call) => {
      if (index === call.org.sources.length - 2) delete row['name'];
    },
  ),
  whole('source-bare-array', facts.sources, 'sources.list', 'a bare array in place of `rows`', (body) =>
    listIn(body),
  ),
  whole(
    'source-rows-by-id',
    facts.sources,
    'sources.list',
    '`rows` an object where `category` is asked',
    (body, call) => (call.query.has('category') ? { rows: { items: listIn(body) } } : undefined),
  ),
  rows(
    'source-id-number',
    facts.sources,
    'sources.list',
    '`id` a number for viewers',
    (row, index) => {
      row['id'] = 1000 + index;
    },
    (call) => call.actor.role === 'viewer',
  ),
  whole(
    'source-other-record',
    facts.sourceFull,
    'sources.get',
    'the record of the first source, whatever id is asked',
    (body, call) => {
      const first = call.org.sources[0];
      if (first) Object.assign(recordIn(body), { id: first.id, name: first.name });
    },
  ),
  whole('source-list-of-one', facts.sourceFull, 'sources.get', 'an empty record for stdio_hosted', (body) =>
    recordIn(body)['transport_type'] === 'stdio_hosted' ? {} : undefined,
  ),
  whole(
    'workflow-schedule-absent',
    facts.workflowFull,
    'workflows.get',
    '`schedule` absent where manual-only',
    (body) => {
      const record = recordIn(body);
      if (record['schedule'] === null) delete record['schedule'];
    },
  ),
  whole(
    'workflow-version-null',
    facts.workflowFull,
    'workflows.get',
    '`currentVersion` null at version 1',
    (body) => {
      const record = recordIn(body);
      if (record['currentVersion'] === 1) record['currentVersion'] = null;
    },
  ),
  whole('workflow-version-absent', facts.workflowFull, 'workflows.get', '`currentVersion` absent', (body) => {
    delete recordIn(body)['currentVersion'];
    if (isObject(body)) delete body['currentVersion'];
  }),
  whole(
    'workflow-version-snake',
    facts.workflowFull,
    'workflows.get',
    '`current_version` for viewers',
    (body, call) => {
      if (call.actor.role === 'viewer') rename(recordIn(body), 'currentVersion', 'current_version');
    },
  ),
  whole(
    'workflow-other-record',
    facts.workflowFull,
    'workflows.get',
    'name and id of the next workflow',
    (body, call) => {
      const { workflows } = call.org;
      const next = workflows[workflows.findIndex(({ id }) => id === call.id) + 1];
      if (next) Object.assign(recordIn(body), { id: next.id, name: next.fields['name'] ?? null });
    },
  ),
  whole('workflow-list-null', facts.workflows, 'workflows.list', 'null where nothing matches', (body) =>
    listIn(body).length === 0 ? null : undefined,
  ),
  whole(
    'workflow-list-object',
    facts.workflows,
    'workflows.list',
    'an object by id in place of an array',
    (body) => ({
      rows: Object.fromEntries(rowsIn(body).map((row) => [asText(row['id']), row])),
    }),
  ),
  rows(
    'run-status-number',
    facts.runs,
    'runs.list',
    '`status` a number on the second page',
    (row) => {
      row['status'] = 1;
    },
    secondPage,
  ),
  rows('run-status-absent', facts.runs, 'runs.list', '`status` absent for pending runs', (row) => {
    if (row['status'] === 'pending') delete row['status'];
  }),
  rows('run-status-upper', facts.run, 'runs.list', '`status` in capitals in the list', (row) => {
    row['status'] = asText(row['status']).toUpperCase();
  }),
  rows('run-workflow-absent', facts.runs, 'runs.list', 'the third row names no workflow', (row, index) => {
    if (index === 2) workflowRef(row);
  }),
  rows(
    'run-workflow-null',
    facts.runs,
    'runs.list',
    'the workflow is null where `status` is asked',
    (row) => {
      workflowRef(row);
      row['workflowId'] = null;
    },
    (call) => call.query.has('status'),
  ),
  rows(
    'run-workflow-of-others',
    facts.runs,
    'runs.list',
    'the first row names a workflow that is not its own',
    (row, index, call) => {
      const other = call.org.workflows.find(({ id }) => id !== row['workflowId']);
      if (index === 0 && other && row['workflowId'] !== undefined) row['workflowId'] = other.id;
    },
  ),
  rows(
    'run-id-absent',
    facts.runs,
    'runs.list',
    '`run_id` in place of `id` for viewers',
    (row) => rename(row, 'id', 'run_id'),
    (call) => call.actor.role === 'viewer',
  ),
  rows(
    'run-id-unknown',
    facts.runs,
    'runs.list',
    'the ids of the second page lead nowhere',
    (row) => {
      row['id'] = `${asText(row['id'])}0`;
    },
    secondPage,
  ),
  whole('runs-null', facts.runs, 'runs.list', 'rows null where nothing is found', (body) =>
    listIn(body).length === 0 ? { rows: null, total: 0 } : undefined,
  ),
  whole('run-thin', facts.run, 'runs.get', 'no timestamps, model, evaluator output or cost', (body) => {
    const { id, status, workflowId } = recordIn(body);
    return { id: id ?? '', status: status ?? '', workflowId: workflowId ?? '' };
  }),
  whole('run-status-word', facts.run, 'runs.get', '`completed` in place of `pass`', (body) => {
    const record = recordIn(body);
    if (record['status'] === 'pass') record['status'] = 'completed';
  }),
  whole('run-status-object', facts.run, 'runs.get', '`status` an object', (body) => {
    const record = recordIn(body);
    record['status'] = { name: record['status'] ?? '' };
  }),
  whole(
    'run-partial-as-fail',
    facts.run,
    'runs.get',
    '`fail` in the summary where the list says `partial`',
    (body) => {
      const record = recordIn(body);
      if (record['status'] === 'partial') record['status'] = 'fail';
    },
  ),
  whole('run-other-workflow', facts.run, 'runs.get', 'another workflow than in the list', (body, call) => {
    const record = recordIn(body);
    const other = call.org.workflows.find(({ id }) => id !== record['workflowId']);
    if (other) record['workflowId'] = other.id;
  }),
  whole('trace-empty', facts.trace, 'runs.trace', 'an empty object', () => ({})),
  whole('trace-null', facts.trace, 'runs.trace', 'null for a run that waits', (body, call) =>
    JSON.stringify(body).includes('"spans":[]') && call.id !== '' ? null : undefined,
  ),
  whole('evaluation-empty', facts.evaluation, 'runs.evaluation', 'an empty object', () => ({})),
  whole('evaluation-text', facts.evaluation, 'runs.evaluation', 'a bare text', () => 'pass'),
  whole('tool-calls-texts', facts.toolCalls, 'runs.toolCalls', 'rows that are texts', (body) => ({
    rows: listIn(body).map((row) => JSON.stringify(row)),
  })),
  whole(
    'tool-calls-object',
    facts.toolCalls,
    'runs.toolCalls',
    'no list but an object by number',
    (body) => ({
      rows: Object.fromEntries(listIn(body).map((row, index) => [String(index), row])),
    }),
  ),
  whole('tool-calls-hollow', facts.toolCalls, 'runs.toolCalls', 'rows are empty objects', (body) => ({
    rows: listIn(body).map(() => ({})),
  })),
];
