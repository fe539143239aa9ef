/** The lists of the endpoint: what a key may use is in them, and each entry is what it should be. */
import { isObject } from '../../../check/members.ts';
import { schemaFault } from '../../../check/foreign-schema.ts';
import type { McpOperation } from '../../../contract/types.ts';
import { itemOf, textOf, wholeList, type Listed } from '../../../mcp/listed.ts';
import type { Reply } from '../../../mcp/door.ts';
import type { CaseContext } from '../../case-context.ts';
import type { Scenario } from '../scenario.ts';
import { stageOf, type Stage } from './stage.ts';

/** Every tool that a key may call is in its list, if the target has it. */
export const toolsListed: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const { door } = stage;
  const by = planned.credential;
  const role = context.run.contract.credentials[by]?.role ?? '';
  const { items, replies } = await wholeList(door, context, by, 'tools/list');
  const last = replies.at(-1);
  const everywhere = new Map<McpOperation, boolean>();
  for (const operation of toolsOf(stage)) everywhere.set(operation, await isListedForAny(stage, operation));
  const claimed = door.choice.speaks === 'generation-1';
  for (const [operation, there] of everywhere) {
    if (operation.roles[role] !== 'allowed' || (!there && !claimed)) continue;
    if (itemOf(operation, items, door.contract.operations) !== undefined) continue;
    context.fail(
      'mcp-listed',
      'missing',
      `${operation.id} may be called by ${role} and is not in its list of tools.`,
      { expected: operation.id, actual: `${items.length} tools without it` },
      last?.sent,
    );
  }
};

function toolsOf({ door }: Stage): readonly McpOperation[] {
  return door.contract.operations.filter(({ kind }) => kind === 'tool');
}

async function isListedForAny({ door, context }: Stage, operation: McpOperation): Promise<boolean> {
  for (const by of context.run.givenRoles().toReversed()) {
    const { items } = await wholeList(door, context.run.support, by, 'tools/list');
    if (itemOf(operation, items, door.contract.operations) !== undefined) return true;
  }
  return false;
}

/** Each documented tool says of itself what the documentation says. */
export const toolEntries: Scenario = async (context) => {
  const stage = await stageOf(context);
  const { items, replies } = await wholeList(stage.door, context, stage.highest, 'tools/list');
  const last = replies.at(-1);
  for (const operation of toolsOf(stage)) {
    const item = itemOf(operation, items, stage.door.contract.operations);
    if (item === undefined) continue;
    checkHints(context, operation, item, last);
    checkTelemetry(context, operation, item, last);
  }
  checkDefinitions(context, items, last);
};

function checkHints(
  context: CaseContext,
  { id, hints }: McpOperation,
  item: Listed,
  last: Reply | undefined,
): void {
  const annotations = isObject(item['annotations']) ? item['annotations'] : {};
  const { readOnlyHint, destructiveHint, openWorldHint } = annotations;
  const wrong =
    hints === 'reads'
      ? readOnlyHint !== true || openWorldHint !== false
      : hints === 'dispatches'
        ? readOnlyHint === true || destructiveHint === false || openWorldHint === false
        : false;
  if (!wrong) return;
  context.fail(
    'mcp-annotations',
    'schema',
    `The annotations of ${id} are not what the documentation says.`,
    {
      expected:
        hints === 'reads'
          ? 'readOnlyHint true and openWorldHint false'
          : 'readOnlyHint not true, destructiveHint and openWorldHint not false',
      actual: JSON.stringify(annotations),
    },
    last?.sent,
  );
}

function checkTelemetry(
  context: CaseContext,
  { id }: McpOperation,
  { inputSchema }: Listed,
  last: Reply | undefined,
): void {
  const schema = isObject(inputSchema) ? inputSchema : {};
  const properties = isObject(schema['properties']) ? schema['properties'] : {};
  const { telemetry } = properties;
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : [];
  const isObjectType = isObject(telemetry) && telemetry['type'] === 'object';
  const isReference = isObject(telemetry) && typeof telemetry['$ref'] === 'string';
  if ((isObjectType || isReference) && !required.includes('telemetry')) return;
  context.fail(
    'mcp-telemetry',
    'schema',
    `${id} does not take an optional telemetry of type object.`,
    {
      expected: 'an optional property telemetry of type object',
      actual: required.includes('telemetry') ? 'it is required' : JSON.stringify(telemetry ?? null),
    },
    last?.sent,
  );
}

/** What the specification asks of each definition (revision 2025-11-25, tools). */
function checkDefinitions(context: CaseContext, items: readonly Listed[], last: Reply | undefined): void {
  const names = items.map((item) => textOf(item, 'name'));
  const faults = [
    ...names.filter((name) => !/^[\w.-]{1,128}$/.test(name)).map((name) => `the name "${name}"`),
    ...names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name} twice`),
    ...items.flatMap((item) => {
      const { inputSchema } = item;
      if (!isObject(inputSchema) || inputSchema['type'] !== 'object')
        return [`${textOf(item, 'name')}: inputSchema is not of type object`];
      const fault = schemaFault(inputSchema);
      return fault === undefined ? [] : [`${textOf(item, 'name')}: ${fault}`];
    }),
  ];
  for (const fault of faults.slice(0, 5)) {
    context.fail(
      'mcp-transport',
      'schema',
      `A tool is not defined as the specification has it: ${fault}.`,
      {},
      last?.sent,
    );
  }
}

/** Both prompts are in the list, for every role. */
export const promptsListed: Scenario = async (context, planned) => {
  const { door } = await stageOf(context);
  const { items, replies } = await wholeList(door, context, planned.credential, 'prompts/list');
  for (const { id, kind } of door.contract.operations) {
    if (kind !== 'prompt' || items.some((item) => textOf(item, 'name') === id)) continue;
    context.fail(
      'mcp-prompt',
      'missing',
      `The prompt ${id} is not in the list.`,
      { expected: id, actual: `${items.length} prompts without it` },
      replies.at(-1)?.sent,
    );
  }
};
