/** One call, read or fetch: role, arguments and existence looked at, then done. What it throws is told by the server. */
import { isObject } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { McpFailure } from './failure.ts';
import type { McpCall } from './hooks.ts';
import { promptsOf } from './prompts.ts';
import { resourceAt } from './resources.ts';
import { resourceResult, toolResult } from './shapes.ts';
import { toolsOf, type Tool } from './tools.ts';

/** A call that the role of the key may not make. */
export class McpDenied extends McpFailure {}

/** Whether the role of a key may do an operation. */
export function mayDo({ contract, hooks }: Deployment, operation: string, role: string): boolean {
  const known = contract.mcp?.operations.find(({ id }) => id === operation);
  const allowed = known === undefined || known.roles[role] === 'allowed';
  return hooks.mcp?.allows?.(operation, role, allowed) ?? allowed;
}

/** The answer to a call of a tool. Throws McpFailure for what is not done. */
export function callTool(call: McpCall, deployment: Deployment): JsonObject {
  const { hooks, dialect } = deployment;
  const tool = toolsOf(deployment).find(({ name }) => name === call.asked);
  const run = (asked: McpCall): JsonObject => {
    const { telemetry: _told, ...args } = asked.arguments;
    if (tool === undefined) return {};
    return tool.run(args, { tenant: asked.tenant, deployment });
  };
  const role = (): void => requireRole(call, deployment, run);
  const args = (): void => requireArguments(tool, call.arguments);
  if (dialect.mcp.order === 'role') role();
  args();
  refuseSecrets(call.arguments, deployment);
  if (dialect.mcp.order === 'arguments') role();
  if (dialect.mcp.order === 'existence') role();
  const value = hooks.mcp?.perform === undefined ? run(call) : hooks.mcp.perform(call, run, deployment);
  const result = toolResult(value, dialect);
  return hooks.mcp?.result?.(call, result) ?? result;
}

/** The answer to a read of a resource. Throws McpFailure where there is none. */
export function readResource(call: McpCall, deployment: Deployment): JsonObject {
  const { hooks, dialect } = deployment;
  const run = (asked: McpCall): JsonObject => {
    const found = resourceAt(asked.asked);
    if (found === undefined) throw new McpFailure('not_found', 'There is no such resource.');
    return found.resource.read(found.id, { tenant: asked.tenant, deployment });
  };
  requireRole(call, deployment, run);
  const value = hooks.mcp?.perform === undefined ? run(call) : hooks.mcp.perform(call, run, deployment);
  const result = resourceResult(call.asked, value, dialect);
  return hooks.mcp?.result?.(call, result) ?? result;
}

/** The messages of a prompt. Throws McpFailure where there is none. */
export function getPrompt(call: McpCall, deployment: Deployment): JsonObject {
  const { hooks, dialect } = deployment;
  const run = (asked: McpCall): JsonObject => {
    const prompt = promptsOf(dialect).find(({ name }) => name === asked.asked);
    if (prompt === undefined) throw new McpFailure('not_found', 'There is no such prompt.');
    const missing = prompt.arguments.find(
      ({ name, required }) => required === true && asked.arguments[String(name)] === undefined,
    );
    if (missing !== undefined)
      throw new McpFailure('validation_failed', `${String(missing['name'])} is missing.`);
    const text = `Do this: ${prompt.steps.join(', ')}. ${Object.values(asked.arguments).map(String).join(' ')}`;
    return { messages: [{ role: 'user', content: { type: 'text', text } }] };
  };
  requireRole(call, deployment, run);
  const result = hooks.mcp?.perform === undefined ? run(call) : hooks.mcp.perform(call, run, deployment);
  return hooks.mcp?.result?.(call, result) ?? result;
}

function requireRole(call: McpCall, deployment: Deployment, run: (call: McpCall) => JsonObject): void {
  if (mayDo(deployment, call.operation, call.actor.role)) return;
  deployment.hooks.mcp?.refused?.(call, run);
  const code = deployment.dialect.mcp.refusal === 'without-code' ? 'not_found' : 'forbidden_role';
  throw new McpDenied(code, `The role ${call.actor.role} may not do this.`);
}

function requireArguments(tool: Tool | undefined, args: JsonObject): void {
  if (tool === undefined) throw new McpFailure('unknown_tool', 'There is no such tool.');
  for (const name of tool.required) {
    if (args[name] === undefined) throw new McpFailure('validation_failed', `${name} is missing.`);
  }
  for (const [name, value] of Object.entries(args)) {
    const { type } = tool.properties[name] ?? {};
    const types = Array.isArray(type) ? type : [type];
    if (type !== undefined && !types.includes(typeOf(value)))
      throw new McpFailure('validation_failed', `${name} has the wrong type.`);
  }
}

function typeOf(value: unknown): string {
  if (Array.isArray(value)) return 'array';
  return isObject(value) ? 'object' : typeof value;
}

/** Arguments must hold no secrets. */
function refuseSecrets(args: JsonObject, { contract, hooks }: Deployment): void {
  const { keyPrefix = 'key' } = contract.api;
  if (hooks.mcp?.allows?.('secrets', '', false) === true) return;
  if (new RegExp(`\\b${keyPrefix}_[A-Za-z0-9-]+_[\\w-]{20,}`).test(JSON.stringify(args)))
    throw new McpFailure('secret_in_arguments', 'An argument looks like a secret.');
}
