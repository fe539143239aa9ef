/** What resources, prompts and the transport keep: URIs without a query, and the rules of the revision. */
import { isObject } from '../../../check/members.ts';
import { schemaFault } from '../../../check/foreign-schema.ts';
import { describeTaken, parsed } from '../../../oracle/mcp.ts';
import type { CaseContext } from '../../case-context.ts';
import type { Scenario } from '../scenario.ts';
import { textOfResource } from './contents.ts';
import { readResource, readUri, uriOf } from './operate.ts';
import { mcpOperation, stageOf } from './stage.ts';

/** A URI with a query string is not the resource, and neither is one that nothing has. */
export const otherUris: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const uri = await uriOf(stage, mcpOperation(stage, 'models'), planned.credential);
  for (const other of [`${uri}?x=1`, `${uri}-that-is-not-there`]) {
    const reply = await readUri(stage, other, planned.credential, 'models');
    if (reply.taken.kind !== 'done') continue;
    context.fail(
      'mcp-resource',
      'status',
      'A URI that is not that of a resource is served as one.',
      { expected: 'an error', actual: `a success for ${other}` },
      reply.sent,
    );
  }
};

/** The schema of a workflow is a JSON Schema. */
export const workflowSchema: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const reply = await readResource(stage, mcpOperation(stage, 'workflow_schema'), planned.credential);
  const text = textOfResource(reply);
  if (text === undefined) return;
  const value = parsed(text);
  const fault = isObject(value) ? schemaFault(value) : 'it is no JSON object';
  if (fault === undefined) return;
  context.fail(
    'mcp-transport',
    'schema',
    `The schema of a workflow is no JSON Schema: ${fault}.`,
    {},
    reply.sent,
  );
};

/** A prompt that there is not is no success. */
export const unknownPrompt: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const { taken, sent } = await stage.door.ask(context, planned.credential, {
    method: 'prompts/get',
    params: { name: 'no_such_prompt', arguments: {} },
    operation: 'endpoint',
  });
  if (taken.kind === 'done')
    context.fail(
      'mcp-prompt',
      'status',
      'A prompt that there is not is fetched.',
      { expected: 'an error', actual: 'a success' },
      sent,
    );
};

function rule(
  context: CaseContext,
  message: string,
  expected: string,
  actual: string,
  sent: Parameters<CaseContext['fail']>[4],
): void {
  context.fail('mcp-transport', 'status', message, { expected, actual }, sent);
}

/** The rules of the revision that is spoken: unknown methods and tools, versions, notifications. */
export const transport: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const by = planned.credential;
  const { door } = stage;
  const found = await door.require();
  const method = await door.ask(context, by, { method: 'no/such/method', operation: 'endpoint' });
  if (method.answer.kind !== 'error' || method.answer.code !== -32601)
    rule(context, 'An unknown method is -32601.', '-32601', describeTaken(method.taken), method.sent);
  const tool = await door.ask(context, by, {
    method: 'tools/call',
    params: { name: 'no_such_tool', arguments: {} },
    operation: 'endpoint',
  });
  if (tool.taken.kind === 'done')
    rule(context, 'An unknown tool is called.', '-32602', 'a success', tool.sent);
  else if (tool.answer.kind !== 'error' || tool.answer.code !== -32602)
    rule(context, 'An unknown tool is -32602.', '-32602', describeTaken(tool.taken), tool.sent);
  const broken = await door.ask(context, by, { method: 'unparsable', raw: '{"', operation: 'endpoint' });
  if (broken.taken.kind === 'done')
    rule(context, 'A body that is no JSON succeeds.', '-32700', 'a success', broken.sent);
  else if (broken.answer.kind !== 'error' || broken.answer.code !== -32700)
    rule(context, 'A body that is no JSON is -32700.', '-32700', describeTaken(broken.taken), broken.sent);
  if (found.era === 'legacy') await legacyRules(context, by);
};

async function legacyRules(context: CaseContext, by: string): Promise<void> {
  const { door } = await stageOf(context);
  const { reply } = await door.initialize(context, by, '1999-01-01');
  if (reply.taken.kind !== 'done')
    rule(
      context,
      'A version that is not known is answered with one that is.',
      'a result',
      describeTaken(reply.taken),
      reply.sent,
    );
  const note = await door.ask(context, by, {
    method: 'notifications/initialized',
    notification: true,
    operation: 'endpoint',
  });
  const status = note.sent.outcome.kind === 'answered' ? note.sent.outcome.status : 0;
  if (status !== 202) rule(context, 'A notification is accepted with 202.', '202', String(status), note.sent);
  const version = await door.ask(context, by, {
    method: 'ping',
    operation: 'endpoint',
    headers: { 'mcp-protocol-version': '1999-01-01' },
  });
  const got = version.sent.outcome.kind === 'answered' ? version.sent.outcome.status : 0;
  if (got !== 400)
    rule(context, 'A request under a version that is not spoken is 400.', '400', String(got), version.sent);
}
