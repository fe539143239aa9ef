/** Hooks of the second door that many of its defects share. */
import { objectOf, objectsOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { McpCall, McpHooks } from '../mcp/hooks.ts';
import type { Defect } from './defect.ts';
import { must, should } from './hooking.ts';

/** A defect of the second door that breaks a documented fact. */
export function mcpMust(
  id: string,
  fact: string,
  where: string,
  description: string,
  mcp: () => McpHooks,
): Defect {
  return must(`mcp-${id}`, fact, where, description, () => ({ mcp: mcp() }));
}

/** A defect of the second door that breaks what only the specification asks for. */
export function mcpShould(
  id: string,
  fact: string,
  where: string,
  description: string,
  mcp: () => McpHooks,
): Defect {
  return should(`mcp-${id}`, fact, where, description, () => ({ mcp: mcp() }));
}

/** Changes the value that an operation gives. */
export function values(
  where: string,
  change: (value: JsonObject, call: McpCall) => JsonObject,
): () => McpHooks {
  return () => ({
    perform: (call, run) => (isAt(where, call) ? change(run(call), call) : run(call)),
  });
}

/** Works on other arguments than those that were sent. */
export function inputs(
  where: string,
  change: (args: JsonObject, call: McpCall) => JsonObject,
): () => McpHooks {
  return () => ({
    perform: (call, run) =>
      run(isAt(where, call) ? { ...call, arguments: change(call.arguments, call) } : call),
  });
}

/** Changes the result of calls as the protocol has it. */
export function results(
  where: string,
  change: (result: JsonObject, call: McpCall) => JsonObject,
): () => McpHooks {
  return () => ({ result: (call, result) => (isAt(where, call) ? change(result, call) : result) });
}

/** Changes the items of a list. */
export function listed(
  method: string,
  change: (items: readonly JsonObject[], role: string) => readonly JsonObject[],
): () => McpHooks {
  return () => ({
    list: (asked, items, actor) => (asked === method ? change(items, actor.role) : items),
  });
}

/** Changes the entry of one tool. */
export function entry(tool: string, change: (item: JsonObject) => JsonObject): () => McpHooks {
  return listed('tools/list', (items) =>
    items.map((item) => (String(item['name']) === tool || tool === '*' ? change(item) : item)),
  );
}

/** Changes the rows that a search gives. */
export function rows(
  change: (runs: readonly JsonObject[], call: McpCall) => readonly JsonObject[],
): () => McpHooks {
  return values('search_runs', (value, call) => ({ ...value, runs: change(objectsOf(value['runs']), call) }));
}

/** Changes the body of an answer that is JSON, where it is asked by such a method. */
export function bodies(method: string, change: (body: JsonObject) => JsonObject): () => McpHooks {
  return () => ({
    async response(arrival, response) {
      const json = response.headers.get('content-type')?.includes('json') === true;
      if (!json || (method !== '*' && arrival.method !== method)) return response;
      const body: unknown = await response.json();
      const { status, headers } = response;
      return new Response(JSON.stringify(change(objectOf(body))), { status, headers });
    },
  });
}

/** Answers with another status where it holds. */
export function statuses(
  when: (method: string | undefined, status: number) => boolean,
  status: number,
): () => McpHooks {
  return () => ({
    response: (arrival, response) =>
      when(arrival.method, response.status)
        ? new Response(response.body, { status, headers: response.headers })
        : response,
  });
}

/** Whether a call is of an operation; `*` stands for all. */
export function isAt(where: string, { operation }: McpCall): boolean {
  return where === '*' || where === operation;
}
