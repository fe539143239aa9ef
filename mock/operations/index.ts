import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import { dispatchRun } from './dispatch.ts';
import { getInsightsOverview } from './insights-overview.ts';
import { createMcpServer, getMcpServer, listMcpServers } from './mcp-servers.ts';
import { getOrg } from './org.ts';
import { getRun, getRunEvaluation, getRunTrace, listRuns, listRunToolCalls } from './runs.ts';
import { getSearch, listSearches } from './searches.ts';
import { getSessionTrace, listSessions } from './sessions.ts';
import { getTopic, listTopics, updateTopic } from './topics.ts';
import { archiveWorkflow, createWorkflow, getWorkflow, listWorkflows, updateWorkflow } from './workflows.ts';

/** Does an operation for a request that passed every check. Throws Refused for a reference that leads nowhere. */
export type Operate = (call: EnteredCall, deployment: Deployment) => Outcome;

/** The operations that need a key, by their id in the contract. */
export const operations: Readonly<Record<string, Operate>> = {
  getOrg,
  listMcpServers,
  createMcpServer,
  getMcpServer,
  listWorkflows,
  createWorkflow,
  getWorkflow,
  updateWorkflow,
  archiveWorkflow,
  dispatchRun,
  listRuns,
  getRun,
  getRunTrace,
  getRunEvaluation,
  listRunToolCalls,
  getInsightsOverview,
  listTopics,
  getTopic,
  updateTopic,
  listSearches,
  getSearch,
  listSessions,
  getSessionTrace,
};
