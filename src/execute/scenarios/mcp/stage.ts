/** What the steps of a case over MCP have at hand: the door, what the run made to aim at, and calls of operations. */
import { memberAt, valuesOf } from '../../../check/members.ts';
import type { McpContent, McpOperation } from '../../../contract/types.ts';
import { argumentsOf } from '../../../mcp/arguments.ts';
import { doorOf, type McpDoor, type Reply } from '../../../mcp/door.ts';
import { itemOf, listedBy, type Listed } from '../../../mcp/listed.ts';
import { requestOf } from '../../../plan/request.ts';
import { bodyOf, type CaseContext } from '../../case-context.ts';
import { permanentSlot, planAt } from '../../fixtures.ts';
import { itemsWithIds, widestQuery } from '../../listing.ts';
import { Inconclusive, NotApplicable } from '../../stop.ts';
import { readAgain } from '../../sure-read.ts';

/** One case over MCP. */
export interface Stage {
  readonly context: CaseContext;
  readonly door: McpDoor;
  /** The id of the run's own workflow for this case. */
  readonly workflow: () => Promise<string>;
  /** The id of the run's own source. */
  readonly source: () => Promise<string>;
  /** What stands in an argument. */
  readonly valueFor: (content: McpContent) => Promise<unknown>;
  /** The highest role's key that is given. */
  readonly highest: string;
}

/** The stage of a case whose target has the endpoint. Throws NotApplicable where it has none. */
export async function stageOf(context: CaseContext, slot = context.id): Promise<Stage> {
  const { run } = context;
  const door = doorOf(run);
  await door.require();
  const highest = run.givenRoles().at(-1);
  if (highest === undefined) throw new NotApplicable('no role key is given', 'Give the key of a role.');
  const workflow = async (): Promise<string> => (await run.fixtures.inSlot(slot, 'workflow')).id;
  const source = async (): Promise<string> => (await run.fixtures.inSlot(permanentSlot, 'mcp-server')).id;
  return {
    context,
    door,
    workflow,
    source,
    highest,
    async valueFor(content) {
      switch (content) {
        case 'run':
          return run.inventory.listedId('run', true);
        case 'other-run':
          return otherRun(context);
        case 'failed-run':
          return failedRun(context);
        case 'workflow':
          return workflow();
        case 'mcp-server':
          return run.inventory.listedId('mcp-server');
        case 'text':
          return `conformance ${context.marker}`;
        case 'changes':
          return { description: `conformance ${context.marker}` };
        case 'key':
          return context.marker;
        case 'limit':
          return 5;
        case 'status':
          return 'pass';
        case 'proposal':
          throw new Error('a proposal has to be staged first');
        case 'version':
        case 'before':
        case 'after':
          return new Date().toISOString();
      }
    },
  };
}

/** The operation of an id. Throws where the contract has none, which is a fault of the suite. */
export function mcpOperation({ door }: Pick<Stage, 'door'>, id: string): McpOperation {
  const found = door.contract.operations.find((one) => one.id === id);
  if (found === undefined) throw new Error(`the contract has no ${id} over MCP`);
  return found;
}

/** A finished run other than the one that is taken first; the same where there is no other. */
async function otherRun({ run }: CaseContext): Promise<string> {
  const first = await run.inventory.listedId('run', true);
  const terminal = run.contract.resources['run']?.states?.terminal ?? [];
  const items = await run.inventory.items('run');
  const other = items.find(
    ({ id, value }) => id !== first && terminal.includes(String(memberAt(value, 'status'))),
  );
  return other?.id ?? first;
}

/** A run that failed, as REST shows one. Throws NotApplicable where there is none. */
async function failedRun({ run }: CaseContext): Promise<string> {
  const resource = run.contract.resources['run'];
  const asker = run.givenRoles().at(-1);
  if (resource?.list !== undefined && asker !== undefined) {
    const list = run.operation(resource.list);
    const query = [...widestQuery(list), ['status', 'fail'] as const];
    const sent = await readAgain(run.support, requestOf(list, asker, { query }));
    const failed = itemsWithIds(bodyOf(sent), resource).find(
      ({ value }) => memberAt(value, 'status') === 'fail',
    );
    if (failed !== undefined) return failed.id;
  }
  throw new NotApplicable('there is no failed run on the target', 'Seed the target with a run that failed.');
}

/**
 * The tool that an operation stands for, as a key that may call it lists it, else as any key does. Throws NotApplicable
 * where no key lists it.
 */
export async function toolOf(
  { door, context }: Stage,
  operation: McpOperation,
  by?: string,
): Promise<Listed> {
  const givenRoles = context.run.givenRoles().toReversed();
  for (const credential of by === undefined ? givenRoles : [by, ...givenRoles]) {
    const items = await listedBy(door, credential, 'tools/list').catch(nothingListed);
    const tool = itemOf(operation, items, door.contract.operations);
    if (tool !== undefined) return tool;
  }
  throw new NotApplicable(
    `no key lists the tool ${operation.id}`,
    'Say --mcp generation-1 where it should be there.',
  );
}

/** A list that does not come is told by the cases of the endpoint. */
export function nothingListed(error: unknown): readonly Listed[] {
  if (error instanceof Inconclusive) return [];
  throw error;
}

/** What a call is made with beyond what the contract says. */
export interface CallOptions {
  /** Arguments in place of those that would be made up, by name. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** Optional arguments that are given too. */
  readonly optional?: readonly McpContent[];
  readonly valueFor?: Stage['valueFor'];
  readonly session?: { readonly id: string };
}

/** A call of a tool by a key, with valid arguments. What it writes to is the run's own. */
export async function call(
  stage: Stage,
  operation: McpOperation,
  by: string,
  options: CallOptions = {},
): Promise<Reply> {
  const tool = await toolOf(stage, operation, by);
  const { valueFor = stage.valueFor } = options;
  const writes = operation.effect !== 'read';
  const ownFor: Stage['valueFor'] = async (content) =>
    writes && content === 'mcp-server' ? stage.source() : valueFor(content);
  const made = await argumentsOf(operation, tool, ownFor, options.optional);
  const args = { ...made, ...options.given };
  requireOwn(stage, operation, args);
  const reply = await stage.door.ask(stage.context, by, {
    method: 'tools/call',
    params: { name: tool['name'], arguments: args },
    operation: operation.id,
    effect: operation.effect,
    ...(options.session === undefined ? {} : { session: options.session }),
  });
  const { taken, sent } = reply;
  if (taken.kind === 'done' && operation.effect === 'dispatch') bookRun(stage, reply, by);
  stage.context.run.answers.count(sent, taken.kind === 'done' ? 'allowed' : undefined);
  return reply;
}

/** Nothing but what the run made is ever applied to, dispatched or synchronised, or an id that nothing has. */
function requireOwn(
  { context: { run } }: Stage,
  { id, effect }: McpOperation,
  args: Readonly<Record<string, unknown>>,
): void {
  if (effect === 'read' || effect === 'create') return;
  const owned = run.ledger.entries;
  const aims = Object.values(args).filter((value) => owned.some((entry) => entry.id === value));
  if (aims.length === 0) throw new Error(`${id} would be called on something that the run did not make`);
}

/** Enters a run that a call queued into the ledger. */
function bookRun({ context: { run } }: Stage, reply: Reply, by: string): void {
  const id = runIdOf(reply);
  if (id !== undefined && !run.ledger.holds('run', id))
    run.ledger.find({ resource: 'run', id, name: '', by });
}

/** The id of the run that a result names. */
export function runIdOf(reply: Reply): string | undefined {
  const value = valueOfReply(reply);
  const ids = ['runId', 'run_id', 'id'].flatMap((name) => valuesOf(value, name, 3));
  return ids.find((id): id is string => typeof id === 'string');
}

/** The value of a successful call: its structuredContent, else the JSON in its text. */
export function valueOfReply({ taken }: Reply): unknown {
  if (taken.kind !== 'done') return undefined;
  const { structuredContent, content } = taken.result;
  if (structuredContent !== undefined) return structuredContent;
  const texts = Array.isArray(content) ? content.map((one) => memberAt(one, 'text')) : [];
  for (const text of texts) {
    try {
      if (typeof text === 'string') return JSON.parse(text) as unknown;
    } catch {
      // Prose beside the value.
    }
  }
  return undefined;
}

/** The current version of a workflow as REST tells it; undefined where it cannot be read. */
export async function versionOf({ context, highest }: Stage, workflow: string): Promise<unknown> {
  const { run } = context;
  const read = run.operation(run.contract.resources['workflow']?.read ?? '');
  const sent = await readAgain(run.support, planAt(read, highest, workflow));
  const [version] = valuesOf(bodyOf(sent), run.contract.resources['workflow']?.version ?? '', 2);
  return version;
}

/** A workflow as REST shows it. */
export async function workflowOverRest({ context, highest }: Stage, workflow: string): Promise<unknown> {
  const { run } = context;
  const read = run.operation(run.contract.resources['workflow']?.read ?? '');
  return bodyOf(await readAgain(run.support, planAt(read, highest, workflow)));
}
