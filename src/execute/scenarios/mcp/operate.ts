/** One operation over MCP, done with valid arguments, whatever kind it is of. */
import { memberAt } from '../../../check/members.ts';
import type { McpOperation } from '../../../contract/types.ts';
import type { Reply } from '../../../mcp/door.ts';
import { itemOf, listedBy, textOf } from '../../../mcp/listed.ts';
import { percentEncoded } from '../../request-builder.ts';
import { NotApplicable } from '../../stop.ts';
import { book, propose, proposed } from './proposals.ts';
import { call, nothingListed, type Stage } from './stage.ts';

/** Does an operation by a key, with valid arguments. Throws NotApplicable where the target has nothing to do it with. */
export async function operate(stage: Stage, operation: McpOperation, by: string): Promise<Reply> {
  switch (operation.kind) {
    case 'endpoint':
      return counted(stage, await open(stage, by));
    case 'resource':
      return readResource(stage, operation, by);
    case 'prompt':
      return getPrompt(stage, operation, by);
    case 'tool':
      return callTool(stage, operation, by);
  }
}

/** The handshake, or what stands for it where there is none. */
async function open({ door, context }: Stage, by: string): Promise<Reply> {
  const { era } = await door.require();
  if (era === 'modern') return door.ask(context, by, { method: 'server/discover', operation: 'endpoint' });
  return (await door.initialize(context, by)).reply;
}

async function callTool(stage: Stage, operation: McpOperation, by: string): Promise<Reply> {
  switch (operation.id) {
    case 'propose_workflow_patch':
      return propose(stage, by);
    case 'apply_workflow_change': {
      const { id } = await proposed(stage, stage.highest);
      const valueFor: Stage['valueFor'] = async (content) =>
        content === 'proposal' ? id : stage.valueFor(content);
      return call(stage, operation, by, { valueFor });
    }
    case 'run_workflow_now':
      return call(stage, operation, by, { optional: ['text'] });
    default: {
      const reply = await call(stage, operation, by);
      if (operation.effect === 'create') book(stage, reply, by);
      return reply;
    }
  }
}

/** The URI of a resource, its id filled in. Throws NotApplicable where no page and no list gives it. */
export async function uriOf(stage: Stage, operation: McpOperation, by: string, id?: string): Promise<string> {
  const uri = operation.uri ?? (await listedUri(stage, operation, by));
  if (!/\{[^}]*\}/.test(uri)) return uri;
  const [argument] = Object.values(operation.arguments);
  const value = id ?? (argument === undefined ? '' : await stage.valueFor(argument.is));
  return uri.replaceAll(/\{[^}]*\}/g, percentEncoded(String(value)));
}

async function listedUri({ door }: Stage, operation: McpOperation, by: string): Promise<string> {
  for (const method of ['resources/templates/list', 'resources/list'] as const) {
    const items = await listedBy(door, by, method).catch(nothingListed);
    const item = itemOf(operation, items, door.contract.operations);
    if (item === undefined) continue;
    const uri = textOf(item, method === 'resources/list' ? 'uri' : 'uriTemplate');
    if (uri !== '' && (uri.match(/\{/g) ?? []).length <= 1) return uri;
  }
  throw new NotApplicable(
    `no list names a resource that could be ${operation.summary}`,
    `Give ${operation.id} a uri in the matrix.`,
  );
}

/** A read of a resource by a key. @param id the id in its URI, where it is not what would be made up */
export async function readResource(
  stage: Stage,
  operation: McpOperation,
  by: string,
  id?: string,
): Promise<Reply> {
  const own = operation.id === 'proposal' ? (await proposed(stage, stage.highest)).id : undefined;
  const uri = await uriOf(stage, operation, by, id ?? own);
  return readUri(stage, uri, by, operation.id);
}

/** A read of a URI by a key. */
export async function readUri(stage: Stage, uri: string, by: string, operation: string): Promise<Reply> {
  const reply = await stage.door.ask(stage.context, by, {
    method: 'resources/read',
    params: { uri },
    operation,
  });
  return counted(stage, reply);
}

/** A fetch of a prompt by a key, what it requires filled in. */
export async function getPrompt(stage: Stage, operation: McpOperation, by: string): Promise<Reply> {
  const items = await listedBy(stage.door, by, 'prompts/list').catch(nothingListed);
  const prompt = itemOf(operation, items, stage.door.contract.operations);
  const listed = prompt?.['arguments'];
  const taken: readonly unknown[] = Array.isArray(listed) ? listed : [];
  const args: Record<string, string> = {};
  for (const argument of taken) {
    const [name, required] = [memberAt(argument, 'name'), memberAt(argument, 'required')];
    if (typeof name !== 'string' || required !== true) continue;
    args[name] = String(await promptValue(stage, name));
  }
  const reply = await stage.door.ask(stage.context, by, {
    method: 'prompts/get',
    params: { name: operation.id, arguments: args },
    operation: operation.id,
  });
  return counted(stage, reply);
}

async function promptValue(stage: Stage, name: string): Promise<unknown> {
  if (/workflow/i.test(name)) return stage.context.run.inventory.listedId('workflow');
  if (/run/i.test(name)) return stage.valueFor('run');
  if (/server|source/i.test(name)) return stage.context.run.inventory.listedId('mcp-server');
  return stage.valueFor('text');
}

function counted(stage: Stage, reply: Reply): Reply {
  stage.context.run.answers.count(reply.sent, reply.taken.kind === 'done' ? 'allowed' : undefined);
  return reply;
}
