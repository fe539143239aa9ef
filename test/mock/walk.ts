import type { Contract } from '../../src/contract/types.ts';
import type { Mock } from '../../mock/index.ts';
import { idOf, itemsOf, operationOf, send, type Reply, type Sending } from './client.ts';

/** Does every operation once, in an order that gives each the ids it needs. Gives the replies by operation id. */
export async function walk(mock: Mock, contract: Contract): Promise<ReadonlyMap<string, Reply>> {
  const replies = new Map<string, Reply>();
  const go = async (
    id: string,
    ids: Readonly<Record<string, string>> = {},
    sending: Sending = {},
  ): Promise<Reply> => {
    const operation = operationOf(contract, id);
    const path = operation.path.replace(/\{(\w+)\}/g, (_match, name: string) =>
      encodeURIComponent(ids[name] ?? ''),
    );
    const reply = await send(mock, `${path}${id === 'listRuns' ? '?range=30d&status=pass' : ''}`, {
      ...sending,
      method: operation.method,
    });
    replies.set(id, reply);
    return reply;
  };
  const firstOf = async (list: string, resource: string): Promise<string> => {
    const { body } = await go(list);
    const { items = [], idPaths = [] } = contract.resources[resource] ?? {};
    return idOf(itemsOf(body, items)[0], idPaths);
  };

  await go('getOrg');
  await go('getOpenapi');
  const mcpServerId = await firstOf('listMcpServers', 'mcp-server');
  await go('getMcpServer', { mcpServerId });
  await go('createMcpServer', {}, { body: { name: 'Walk', baseUrl: 'https://walk.example.com/mcp' } });
  await firstOf('listWorkflows', 'workflow');
  const workflow = { name: 'Walk', mcpServerId, testerPrompt: 'Walk once around.' };
  const created = await go('createWorkflow', {}, { body: workflow });
  const workflowId = idOf(created.body, contract.resources['workflow']?.idPaths ?? []);
  await go('getWorkflow', { workflowId });
  await go('updateWorkflow', { workflowId }, { body: { schedule: null, description: 'Once more.' } });
  await go('dispatchRun', { workflowId }, { body: { reason: 'walk' } });
  await go('archiveWorkflow', { workflowId });
  const runId = await firstOf('listRuns', 'run');
  for (const id of ['getRun', 'getRunTrace', 'getRunEvaluation', 'listRunToolCalls']) await go(id, { runId });
  await go('getInsightsOverview');
  const topicId = await firstOf('listTopics', 'topic');
  await go('getTopic', { topicId });
  await go('updateTopic', { topicId }, { body: { label: 'walked' } });
  await go('getSearch', { searchId: await firstOf('listSearches', 'search') });
  await go('getSessionTrace', { sessionId: await firstOf('listSessions', 'session') });
  return replies;
}
