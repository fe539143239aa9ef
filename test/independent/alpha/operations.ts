export interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly write: boolean;
  readonly insights: boolean;
  readonly success: number;
  readonly body: boolean;
}

function operation(name: string, method: string, path: string, success = 200): Operation {
  const write = method !== 'GET';
  const insights = path.startsWith('/insights');
  return { name, method, path, write, insights, success, body: write && method !== 'DELETE' };
}

export const operations: readonly Operation[] = [
  operation('org', 'GET', '/org'),
  operation('listSources', 'GET', '/mcp-servers'),
  operation('createSource', 'POST', '/mcp-servers', 201),
  operation('readSource', 'GET', '/mcp-servers/{id}'),
  operation('listWorkflows', 'GET', '/workflows'),
  operation('createWorkflow', 'POST', '/workflows', 201),
  operation('readWorkflow', 'GET', '/workflows/{id}'),
  operation('updateWorkflow', 'PATCH', '/workflows/{id}'),
  operation('archiveWorkflow', 'DELETE', '/workflows/{id}'),
  operation('dispatch', 'POST', '/workflows/{id}/runs', 202),
  operation('listRuns', 'GET', '/runs'),
  operation('readRun', 'GET', '/runs/{id}'),
  operation('readTrace', 'GET', '/runs/{id}/trace'),
  operation('readEvaluation', 'GET', '/runs/{id}/evaluation'),
  operation('readToolCalls', 'GET', '/runs/{id}/tool-calls'),
  operation('overview', 'GET', '/insights/overview'),
  operation('listTopics', 'GET', '/insights/topics'),
  operation('readTopic', 'GET', '/insights/topics/{id}'),
  operation('updateTopic', 'PATCH', '/insights/topics/{id}'),
  operation('listSearches', 'GET', '/insights/searches'),
  operation('readSearch', 'GET', '/insights/searches/{id}'),
  operation('listSessions', 'GET', '/insights/sessions'),
  operation('readSessionTrace', 'GET', '/insights/sessions/{id}/trace'),
  operation('openapi', 'GET', '/openapi'),
];

const templates = operations.map((each) => ({ each, parts: each.path.split('/') }));

export interface Match {
  readonly operation: Operation | undefined;
  readonly allowed: readonly string[];
  readonly id: string;
}

/** Finds the operation for a method and a path below the base, with the methods that the path knows. */
export function match(method: string, path: string): Match {
  const parts = path.split('/');
  const fitting = templates.filter(
    ({ parts: wanted }) =>
      wanted.length === parts.length &&
      wanted.every((part, at) => (part === '{id}' ? parts[at] !== '' : part === parts[at])),
  );
  const verb = method === 'HEAD' ? 'GET' : method;
  const found = fitting.find(({ each }) => each.method === verb);
  const place = (found ?? fitting[0])?.parts.indexOf('{id}') ?? -1;
  return {
    operation: found?.each,
    allowed: fitting.map(({ each }) => each.method),
    id: place < 0 ? '' : decode(parts[place] ?? ''),
  };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
