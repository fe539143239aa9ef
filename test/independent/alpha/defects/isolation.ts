import { asked, type Exchange } from '../exchange.ts';
import type { Hooks, Seeded } from '../hooks.ts';
import { answering, defect, failure } from './build.ts';
import { facts } from './facts.ts';

/** Shows the things of the main organization to the other tenant, or the other way round. */
function shows(towards: 'other' | 'main' | 'plain', fits: (x: Exchange, orgId: string) => boolean): Hooks {
  return {
    visible: (x, orgId, visible) => {
      const { main, organizations } = x.site.world;
      const plain = organizations[1];
      const other = organizations[2];
      const reader = towards === 'main' ? main : towards === 'other' ? other : plain;
      const owner = towards === 'main' ? other : main;
      return visible || (x.key?.org === reader && orgId === owner?.id && fits(x, orgId));
    },
  };
}

function leak(towards: 'other' | 'main' | 'plain', operation: string): Seeded {
  const whom = {
    other: 'the other tenant',
    main: 'the main organization',
    plain: 'the organization without insights',
  }[towards];
  return defect(
    `leak-${towards}-${operation}`,
    facts.notFound,
    `${operation}: ${whom} reaches what is not its own`,
    shows(towards, (x) => asked(x) === operation),
  );
}

/** A leak that only an additional condition opens. */
function narrow(id: string, where: string, fits: (x: Exchange) => boolean): Seeded {
  return defect(id, facts.notFound, where, shows('other', fits));
}

export const isolationDefects: readonly Seeded[] = [
  ...['readSource', 'readWorkflow', 'readRun', 'readTrace', 'readEvaluation', 'readToolCalls'].map((name) =>
    leak('other', name),
  ),
  ...['readTopic', 'readSearch', 'readSessionTrace', 'listSources', 'listWorkflows', 'listRuns'].map((name) =>
    leak('other', name),
  ),
  ...['updateWorkflow', 'archiveWorkflow', 'dispatch', 'updateTopic', 'listTopics', 'listSearches'].map(
    (name) => leak('other', name),
  ),
  ...[
    'readWorkflow',
    'readRun',
    'readSource',
    'listRuns',
    'listWorkflows',
    'readToolCalls',
    'updateWorkflow',
    'dispatch',
  ].map((name) => leak('main', name)),
  ...['readRun', 'listSources', 'readTrace', 'readWorkflow'].map((name) => leak('plain', name)),
  narrow(
    'leak-by-workflow-filter',
    "GET /runs?workflowId= of the main organization's workflow",
    (x) => asked(x) === 'listRuns' && x.query.has('workflowId'),
  ),
  narrow(
    'leak-by-status-filter',
    'GET /runs?status=fail',
    (x) => asked(x) === 'listRuns' && x.query.get('status') === 'fail',
  ),
  narrow(
    'leak-by-search',
    'GET /runs?range=30d',
    (x) => asked(x) === 'listRuns' && x.query.get('range') === '30d',
  ),
  narrow(
    'leak-by-category',
    'GET /mcp-servers?category=',
    (x) => asked(x) === 'listSources' && x.query.has('category'),
  ),
  narrow(
    'leak-by-slug',
    'GET /workflows?categorySlug=',
    (x) => asked(x) === 'listWorkflows' && x.query.has('categorySlug'),
  ),
  narrow(
    'leak-by-page',
    'GET /runs from the second page on',
    (x) => asked(x) === 'listRuns' && Number(x.query.get('page') ?? 0) > x.site.dialect.firstPage,
  ),
  defect(
    'leak-sessions-by-intent',
    facts.notFound,
    'GET /insights/sessions?intent= of the main organization, asked by the other tenant',
    shows('other', (x) => asked(x) === 'listSessions' && x.query.has('intent')),
  ),
  defect(
    'leak-cached-detail',
    facts.notFound,
    'a run or workflow that its owner has read before is readable for all',
    {
      visible: (x, orgId, visible) => {
        if (visible && /^read(Run|Workflow)$/.test(asked(x)) && orgId === x.site.world.main.id)
          x.site.memory.set(x.path, true);
        return visible || (/^read(Run|Workflow)$/.test(asked(x)) && x.site.memory.get(x.path) === true);
      },
    },
  ),
  defect('foreign-is-403', facts.notFound, "403 for another organization's workflow", {
    reply: (x, reply) => {
      const there = x.site.world.workflows.get(x.id);
      return reply.status === 404 && there !== undefined && there.orgId !== x.key?.org.id
        ? failure(403, 'forbidden_role', 'Not yours.')
        : reply;
    },
  }),
  defect(
    'foreign-is-empty',
    facts.notFound,
    "200 and an empty record for another organization's run",
    answering(404, (reply, x) =>
      asked(x) === 'readRun' && x.site.world.runs.has(x.id) ? { status: 200, body: {} } : reply,
    ),
  ),
  defect('foreign-archive-done', facts.notFound, 'DELETE by the other tenant: 404, but archived', {
    refused: (x, reply) =>
      reply.status === 404 && asked(x) === 'archiveWorkflow' ? x.carryOut() : undefined,
  }),
  defect('foreign-update-done', facts.notFound, 'PATCH by the other tenant: 404, but updated', {
    refused: (x, reply) => (reply.status === 404 && asked(x) === 'updateWorkflow' ? x.carryOut() : undefined),
  }),
  defect('foreign-dispatch-done', facts.notFound, 'dispatch by the other tenant: 404, but queued', {
    refused: (x, reply) => (reply.status === 404 && asked(x) === 'dispatch' ? x.carryOut() : undefined),
  }),
  defect('foreign-topic-done', facts.notFound, 'PATCH of a topic by the other tenant: 404, but renamed', {
    refused: (x, reply) =>
      x.key?.org !== x.site.world.main && reply.status >= 403 && asked(x) === 'updateTopic'
        ? x.carryOut()
        : undefined,
  }),
];
