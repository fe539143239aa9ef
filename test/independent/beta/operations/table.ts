import type { Operation } from '../call.ts';
import { dispatchBody, sourceBody, topicPatch, workflowBody, workflowPatch } from '../checks/bodies.ts';
import { dispatchRun } from './dispatch.ts';
import { getOpenapi } from './openapi.ts';
import { getOrg } from './org.ts';
import { getOverview } from './overview.ts';
import { getEvaluation, getToolCalls, getTrace } from './run-parts.ts';
import { getRun, hasRun, listRuns } from './runs.ts';
import { getSearch, hasSearch, listSearches } from './searches.ts';
import { getSessionTrace, hasSession, listSessions } from './sessions.ts';
import { createSource, getSource, hasSource, listSources } from './sources.ts';
import { getTopic, hasTopic, listTopics, updateTopic } from './topics.ts';
import {
  archiveWorkflow,
  createWorkflow,
  getWorkflow,
  hasWorkflow,
  listWorkflows,
  updateWorkflow,
} from './workflows.ts';

type Rest = Omit<Operation, 'name' | 'path' | 'method' | 'write' | 'insights'>;

function read(name: Operation['name'], path: string, rest: Rest): Operation {
  return { name, method: 'GET', path, write: false, insights: path.startsWith('/insights/'), ...rest };
}

function write(name: Operation['name'], method: Operation['method'], path: string, rest: Rest): Operation {
  return { name, method, path, write: true, insights: path.startsWith('/insights/'), ...rest };
}

/** The 24 operations. */
export const operations: readonly Operation[] = [
  read('org.get', '/org', { run: getOrg }),
  read('sources.list', '/mcp-servers', { run: listSources }),
  write('sources.create', 'POST', '/mcp-servers', { shape: sourceBody, run: createSource }),
  read('sources.get', '/mcp-servers/{id}', { exists: hasSource, run: getSource }),
  read('workflows.list', '/workflows', { run: listWorkflows }),
  write('workflows.create', 'POST', '/workflows', { shape: workflowBody, run: createWorkflow }),
  read('workflows.get', '/workflows/{id}', { exists: hasWorkflow, run: getWorkflow }),
  write('workflows.update', 'PATCH', '/workflows/{id}', {
    shape: workflowPatch,
    exists: hasWorkflow,
    run: updateWorkflow,
  }),
  write('workflows.archive', 'DELETE', '/workflows/{id}', { exists: hasWorkflow, run: archiveWorkflow }),
  write('workflows.dispatch', 'POST', '/workflows/{id}/runs', {
    shape: dispatchBody,
    exists: hasWorkflow,
    run: dispatchRun,
  }),
  read('runs.list', '/runs', { run: listRuns }),
  read('runs.get', '/runs/{id}', { exists: hasRun, run: getRun }),
  read('runs.trace', '/runs/{id}/trace', { exists: hasRun, run: getTrace }),
  read('runs.evaluation', '/runs/{id}/evaluation', { exists: hasRun, run: getEvaluation }),
  read('runs.toolCalls', '/runs/{id}/tool-calls', { exists: hasRun, run: getToolCalls }),
  read('insights.overview', '/insights/overview', { run: getOverview }),
  read('topics.list', '/insights/topics', { run: listTopics }),
  read('topics.get', '/insights/topics/{id}', { exists: hasTopic, run: getTopic }),
  write('topics.update', 'PATCH', '/insights/topics/{id}', {
    shape: topicPatch,
    exists: hasTopic,
    run: updateTopic,
  }),
  read('searches.list', '/insights/searches', { run: listSearches }),
  read('searches.get', '/insights/searches/{id}', { exists: hasSearch, run: getSearch }),
  read('sessions.list', '/insights/sessions', { run: listSessions }),
  read('sessions.trace', '/insights/sessions/{id}/trace', { exists: hasSession, run: getSessionTrace }),
  read('openapi', '/openapi', { run: (call) => getOpenapi(call, operations) }),
];
