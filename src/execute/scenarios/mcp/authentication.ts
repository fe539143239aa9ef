/** No request over MCP gets by without a good key of its own, whatever it asks. */
import type { Asked } from '../../../mcp/door.ts';
import { newestLegacy } from '../../../mcp/door.ts';
import { describeTaken } from '../../../oracle/mcp.ts';
import { text, type Scenario } from '../scenario.ts';
import { stageOf } from './stage.ts';

/** What is asked with a bad key, by the word of the plan; nothing of it could do harm. */
const requests: Readonly<Record<string, Asked>> = {
  initialize: {
    method: 'initialize',
    params: {
      protocolVersion: newestLegacy,
      capabilities: {},
      clientInfo: { name: 'armature-conformance', version: '1' },
    },
  },
  ping: { method: 'ping' },
  'tools-list': { method: 'tools/list' },
  'resources-list': { method: 'resources/list' },
  'templates-list': { method: 'resources/templates/list' },
  'prompts-list': { method: 'prompts/list' },
  'tools-call': { method: 'tools/call', params: { name: 'search_runs', arguments: {} } },
  'unknown-tool': { method: 'tools/call', params: { name: 'no_such_tool', arguments: {} } },
  'resources-read': { method: 'resources/read', params: { uri: 'armature://catalog/models' } },
  'prompts-get': { method: 'prompts/get', params: { name: 'design_workflow_suite' } },
  notification: { method: 'notifications/initialized', notification: true },
  'unknown-method': { method: 'no/such/method' },
  'unparsable-body': { method: 'unparsable', raw: '{"' },
  'empty-body': { method: 'empty', raw: '' },
};

/** The words of what is asked with a bad key. */
export const unauthenticatedRequests = Object.keys(requests);

/** A request with a bad key is HTTP 401. */
export const unauthenticated: Scenario = async (context, planned, parameters) => {
  const stage = await stageOf(context);
  const asked = requests[text(parameters, 'asked')];
  if (asked === undefined) throw new Error('the plan asks for an unknown request');
  const presented = { credential: text(parameters, 'credential'), form: text(parameters, 'form') };
  const { sent, taken } = await stage.door.ask(context, presented, {
    ...asked,
    session: 'none',
    operation: 'endpoint',
  });
  if (taken.kind === 'unauthenticated') return;
  if (sent.outcome.kind !== 'answered') return;
  context.fail(
    planned.facts[0] ?? 'mcp-auth',
    'status',
    'A request over MCP without a good key is answered with HTTP 401.',
    { expected: 'HTTP 401', actual: `HTTP ${sent.outcome.status}, ${describeTaken(taken)}` },
    sent,
  );
};

/** GET and DELETE without a good key bring nothing: 401, 404 and 405 are all lawful. */
export const otherMethods: Scenario = async (context, _planned, parameters) => {
  const stage = await stageOf(context);
  const httpMethod = text(parameters, 'method') === 'GET' ? 'GET' : 'DELETE';
  const presented = { credential: text(parameters, 'credential'), form: text(parameters, 'form') };
  const { sent } = await stage.door.ask(context, presented, {
    method: httpMethod,
    httpMethod,
    session: 'none',
    operation: 'endpoint',
  });
  if (sent.outcome.kind !== 'answered' || sent.outcome.status >= 300) return;
  context.fail(
    'mcp-auth',
    'status',
    `A ${httpMethod} without a good key does not succeed.`,
    { expected: '401, 404 or 405', actual: String(sent.outcome.status) },
    sent,
  );
};
