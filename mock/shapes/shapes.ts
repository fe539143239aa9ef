import { objectOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Dialect, Shape } from '../dialects/dialect.ts';
import { besideIn, listIn } from './lists.ts';
import { idNamed, membersIn, unchanged } from './members.ts';
import { bare, inMember, renaming, rewritten, sequence, without, type Rewrite } from './rewrite.ts';
import { dispatchedIn, runRecordIn, runRowIn, spans, verdicts } from './runs.ts';

/** How a dialect lays out the answers, by operation id. What the documentation pins is the same in all. */
export function shapesOf(dialect: Dialect): Readonly<Record<string, Shape>> {
  return { ...pinnedShapes(dialect), ...recordShapes(dialect), ...listShapes(dialect) };
}

function pinnedShapes(dialect: Dialect): Readonly<Record<string, Shape>> {
  const more = dialect.records.more === 'none' ? unchanged : membersOnly;
  const links = dialect.lists.beside === 'links';
  return {
    getOrg: rewritten(
      (record) => (more === unchanged ? record : { ...record, plan: 'scale', seats: [] }),
      bare,
    ),
    listMcpServers: rewritten(
      more,
      pinnedList(dialect, 'rows', links ? { facets: [{ slug: 'payments' }] } : {}),
    ),
    archiveWorkflow: bare,
    listSessions: rewritten(more, pinnedList(dialect, 'sessions', links ? { clients: ['cursor'] } : {})),
    getSessionTrace: bare,
  };
}

/** Members beyond the documented ones, of which none has another name or value. */
const membersOnly: Rewrite = (row) => ({ ...row, object: 'row', flags: [], internal_revision: 7 });

function pinnedList(dialect: Dialect, member: string, more: JsonObject): Shape {
  return (outcome) =>
    outcome.kind === 'list'
      ? { [member]: outcome.items, ...besideIn(dialect, outcome.beside), ...more }
      : outcome.record;
}

function recordShapes(dialect: Dialect): Readonly<Record<string, Shape>> {
  const { records, names } = dialect;
  const record = membersIn(dialect, 'record');
  return {
    createMcpServer: created(dialect, records.createdSource, names.createdSourceId, 'mcpServer'),
    getMcpServer: wrapped(dialect, records.source, 'mcpServer', record),
    createWorkflow: created(dialect, records.createdWorkflow, names.createdWorkflowId, 'workflow'),
    getWorkflow: wrapped(dialect, records.workflow, 'workflow', record),
    updateWorkflow:
      records.updatedWorkflow === 'only-version'
        ? rewritten(record, onlyMember('currentVersion'))
        : wrapped(dialect, records.updatedWorkflow, 'workflow', record),
    dispatchRun: dispatchedIn(dialect),
    getRun: wrapped(dialect, records.run, 'run', runRecordIn(dialect)),
    getRunTrace: records.trace === 'spans' ? spans : wrapped(dialect, records.trace, 'trace', unchanged),
    getRunEvaluation:
      records.evaluation === 'verdicts'
        ? verdicts
        : wrapped(dialect, records.evaluation, 'evaluation', unchanged),
    getInsightsOverview: wrapped(dialect, records.overview, 'overview', unchanged),
    getTopic: wrapped(dialect, records.topic, 'topic', record),
    updateTopic:
      dialect.topics.updateBody === 'record'
        ? wrapped(dialect, records.topic, 'topic', record)
        : topicAnswer(dialect),
    getSearch: wrapped(dialect, records.search, 'search', record),
  };
}

/** An id has another name only where nothing wraps it: an object that does would have to hold an `id`. */
function created(dialect: Dialect, wrap: string, idName: string, own: string): Shape {
  const named = wrap === 'bare' ? idNamed(idName) : unchanged;
  if (wrap === `${own}-beside-an-id`)
    return rewritten(membersIn(dialect, 'record'), inMember(own, { id: 'operation_17' }));
  if (wrap === 'only-id') return rewritten(idNamed(idName), onlyMember(idName));
  return wrapped(dialect, wrap, own, sequence(membersIn(dialect, 'record'), named));
}

function wrapped(dialect: Dialect, wrap: string, own: string, rewrite: Rewrite): Shape {
  const beside = dialect.lists.beside === 'links' ? { links: { self: '/here' }, warnings: [] } : {};
  switch (wrap) {
    case 'bare':
      return rewritten(rewrite, bare);
    case 'version-beside':
      return rewritten(rewrite, (outcome) => {
        if (outcome.kind === 'list') return outcome.items;
        const { currentVersion, schedule } = outcome.record;
        return {
          [own]: without('currentVersion', 'schedule')(outcome.record),
          ...(currentVersion === undefined ? {} : { currentVersion }),
          ...(schedule === undefined ? {} : { schedule }),
        };
      });
    default:
      return rewritten(rewrite, inMember(wrap, beside));
  }
}

function onlyMember(name: string): Shape {
  return (outcome) =>
    outcome.kind === 'record' && name in outcome.record ? { [name]: outcome.record[name] } : {};
}

function topicAnswer({ topics }: Dialect): Shape {
  return (outcome) => {
    if (topics.updateBody === 'null') return null;
    if (topics.updateBody === 'ok' || outcome.kind === 'list') return { ok: true };
    const { label, is_unmet_demand: flag, archived } = objectOf(outcome.record);
    return { updated: { label, is_unmet_demand: flag, archived } };
  };
}

function listShapes(dialect: Dialect): Readonly<Record<string, Shape>> {
  const { lists, names } = dialect;
  const row = membersIn(dialect, 'row');
  const lean = without('description', 'mcpServerId', 'categories', 'schedule', 'currentVersion', 'updatedAt');
  const workflowRow = sequence(
    lists.workflowRows === 'lean' ? lean : unchanged,
    row,
    idNamed(names.workflowRowId),
  );
  const toolCall =
    names.toolCall === 'plain'
      ? row
      : sequence(renaming({ toolName: 'tool', durationMs: 'duration_ms' }), row);
  return {
    listWorkflows: listIn(dialect, lists.workflows, 'workflows', workflowRow),
    listRuns: listIn(dialect, lists.runs, 'runs', runRowIn(dialect)),
    listRunToolCalls: listIn(dialect, lists.toolCalls, 'tool_calls', toolCall),
    listTopics: groupsWhere(dialect, listIn(dialect, lists.topics, 'topics', row)),
    listSearches: listIn(dialect, lists.searches, 'searches', row),
  };
}

/** The groups of unmet demand behind the topics, or before them. */
function groupsWhere({ topics }: Dialect, shape: Shape): Shape {
  if (topics.groups === 'behind') return shape;
  return (outcome) => {
    const body = shape(outcome);
    if (Array.isArray(body) || typeof body !== 'object' || body === null) return body;
    return Object.fromEntries(Object.entries(body).toReversed());
  };
}
