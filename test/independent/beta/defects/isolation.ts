import { type Call, type OperationName } from '../call.ts';
import { forbidden, refusal } from '../checks/refusals.ts';
import { listIn } from '../json.ts';
import { runRow } from '../views/run.ts';
import { sourceRow } from '../views/source.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function leak(
  id: string,
  where: string,
  names: readonly OperationName[],
  when: (call: Call) => boolean = () => true,
): Seed {
  return plant(id, facts.e404, where, { widens: (call) => on(call, ...names) && when(call) });
}

const isMain = (call: Call): boolean => call.org === call.world.orgs[0];
const foreign = (call: Call): boolean =>
  call.world.orgs.some(
    (org) =>
      org !== call.org &&
      [org.sources, org.workflows, org.runs].some((shelf) => shelf.some(({ id }) => id === call.id)),
  );

/** Defects of the walls between organizations. */
export const isolationSeeds: readonly Seed[] = [
  leak('leak-run', 'GET /runs/{id}', ['runs.get']),
  leak(
    'leak-run-from-main',
    "GET /runs/{id}: only the other tenant sees the main organization's",
    ['runs.get'],
    (call) => !isMain(call),
  ),
  leak('leak-trace', 'GET /runs/{id}/trace', ['runs.trace']),
  leak('leak-evaluation', 'GET /runs/{id}/evaluation', ['runs.evaluation']),
  leak('leak-tool-calls', 'GET /runs/{id}/tool-calls', ['runs.toolCalls']),
  leak('leak-workflow', 'GET /workflows/{id}, only from the main organization', ['workflows.get'], isMain),
  leak(
    'leak-source',
    'GET /mcp-servers/{id}, viewer',
    ['sources.get'],
    (call) => call.actor.role === 'viewer',
  ),
  leak('leak-source-owner', 'GET /mcp-servers/{id}, owner and admin', ['sources.get'], (call) =>
    ['owner', 'admin'].includes(call.actor.role),
  ),
  leak('leak-topic', 'GET /insights/topics/{id}', ['topics.get']),
  leak('leak-search', 'GET /insights/searches/{id}', ['searches.get']),
  leak('leak-session-trace', 'GET /insights/sessions/{id}/trace', ['sessions.trace']),
  leak(
    'leak-runs-list',
    'GET /runs, only with range=30d',
    ['runs.list'],
    (call) => call.query.get('range') === '30d',
  ),
  leak('leak-runs-search', 'GET /runs with `search`', ['runs.list'], (call) => call.query.has('search')),
  leak('leak-runs-workflow', "GET /runs with another tenant's workflowId", ['runs.list'], (call) =>
    call.query.has('workflowId'),
  ),
  leak(
    'leak-runs-page',
    'GET /runs, the second page',
    ['runs.list'],
    (call) => Number(call.query.get('page') ?? '1') > 1,
  ),
  leak('leak-runs-status', 'GET /runs with `status`', ['runs.list'], (call) => call.query.has('status')),
  leak('leak-workflows-category', 'GET /workflows with `category`', ['workflows.list'], (call) =>
    call.query.has('category'),
  ),
  leak(
    'leak-sources',
    'GET /mcp-servers for a key without insights',
    ['sources.list'],
    (call) => !call.org.insights,
  ),
  leak('leak-sessions-intent', 'GET /insights/sessions with `intent`', ['sessions.list'], (call) =>
    call.query.has('intent'),
  ),
  leak(
    'leak-topics',
    'GET /insights/topics with sort=trend',
    ['topics.list'],
    (call) => call.query.get('sort') === 'trend',
  ),
  leak('leak-overview', 'GET /insights/overview', ['insights.overview']),
  leak('leak-update', "PATCH of another tenant's workflow", ['workflows.update']),
  leak('leak-archive', "DELETE of another tenant's workflow", ['workflows.archive']),
  leak('leak-dispatch', "dispatch of another tenant's workflow", ['workflows.dispatch']),
  leak('leak-topic-update', "PATCH of another tenant's topic", ['topics.update']),
  leak(
    'leak-at-times',
    'every fourth request for a single run',
    ['runs.get'],
    (call) => call.number % 4 === 0,
  ),
  plant('leak-run-row', facts.e404, "GET /runs: one row of another tenant's at the end", {
    reply: (call, { status, body }) => {
      const other = call.world.orgs.find((org) => org !== call.org);
      const run = other?.runs[3];
      if (status === 200 && on(call, 'runs.list') && run && call.query.size === 0)
        listIn(body).push(runRow(call, run));
    },
  }),
  plant(
    'leak-made-source',
    facts.e404,
    'GET /mcp-servers: sources made by any tenant since the start are listed',
    {
      reply: (call, { status, body }) => {
        if (status !== 200 || !on(call, 'sources.list')) return;
        const made = call.world.orgs
          .filter((org) => org !== call.org)
          .flatMap(({ sources }) => sources.filter(({ createdAt }) => call.now - createdAt < 3.6e6));
        listIn(body).push(...made.map((source) => sourceRow(call.settings, source)));
      },
    },
  ),
  plant('foreign-403', facts.e404, "another tenant's run, workflow or source is 403, not 404", {
    reply: (call, { status }) =>
      status === 404 && foreign(call)
        ? refusal(call, 403, 'forbidden_organization', 'Not yours.')
        : undefined,
  }),
  plant('foreign-write-403', facts.e404, "PATCH and DELETE of another tenant's workflow are 403", {
    reply: (call, { status }) =>
      status === 404 && on(call, 'workflows.update', 'workflows.archive') && foreign(call)
        ? forbidden(call)
        : undefined,
  }),
];
