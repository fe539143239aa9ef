/** Who may do what over MCP: a role that may gets its result, and one that may not is refused without effect. */
import { canonicalJson } from '../../../check/members.ts';
import type { McpOperation } from '../../../contract/types.ts';
import { blamesArguments, canBeRoleRefusal, describeTaken, type Taken } from '../../../oracle/mcp.ts';
import { doorOf, type Reply } from '../../../mcp/door.ts';
import { itemOf, listedBy } from '../../../mcp/listed.ts';
import type { CaseContext } from '../../case-context.ts';
import { permanentSlot, planAt } from '../../fixtures.ts';
import { notDispatched } from '../../dispatch-proof.ts';
import { bodyOf } from '../../evidence.ts';
import { Inconclusive } from '../../stop.ts';
import { readAgain } from '../../sure-read.ts';
import { text, type Scenario } from '../scenario.ts';
import { operate } from './operate.ts';
import { proposed } from './proposals.ts';
import { checkResource, checkPrompt } from './contents.ts';
import { checkResult } from './results.ts';
import { call, mcpOperation, nothingListed, stageOf, toolOf, versionOf, type Stage } from './stage.ts';

/** The slot of what the cases of access share: they take turns at it. */
const sharedSlot = 'mcp/shared';

/** A role that may do an operation gets its result. */
export const allowed: Scenario = async (context, planned, parameters) => {
  const { run } = context;
  const by = planned.credential;
  startCell(context, by, 'allowed');
  if (await lacksClaimed(context)) return;
  const stage = await stageOf(context, sharedSlot);
  const operation = mcpOperation(stage, text(parameters, 'operation'));
  const reads = operation.effect === 'read' && operation.id !== 'proposal';
  const carry = (): Promise<void> => judgeAllowed(stage, operation, by);
  if (reads) await carry();
  else await run.fixtures.alone(sharedSlot, carry);
};

/** Whether the target lacks the endpoint that it is said to have: that is a violation, told by each role's case. */
async function lacksClaimed(context: CaseContext): Promise<boolean> {
  const door = doorOf(context.run);
  const found = await door.look();
  if (door.choice.speaks !== 'generation-1' || found.kind === 'served') return false;
  context.fail(
    'mcp-same-keys',
    'missing',
    'The deployment does not serve the MCP endpoint that it is said to have.',
    { expected: 'an MCP endpoint', actual: found.why },
  );
  return true;
}

async function judgeAllowed(stage: Stage, operation: McpOperation, by: string): Promise<void> {
  const { context, door } = stage;
  const reply = await operate(stage, operation, by);
  const { taken } = reply;
  if (taken.kind === 'done') {
    context.cell = cellOf(context, by, 'allowed', undefined);
    const found = await door.require();
    if (operation.kind === 'tool') {
      checkResult(context, reply, await toolOf(stage, operation, by), found.revision);
    } else if (operation.kind === 'resource') checkResource(context, reply);
    else if (operation.kind === 'prompt') checkPrompt(context, reply);
    return;
  }
  if (taken.kind === 'unauthenticated') return failKey(context, by, reply);
  if (taken.kind === 'unclear') return failAccess(stage, operation, by, reply);
  const other = await doneByAnother(stage, operation, by);
  if (other !== undefined) return failAccess(stage, operation, by, reply, other);
  if (mustSucceed(operation, taken)) return failAccess(stage, operation, by, reply);
  throw new Inconclusive(
    `${operation.id} is done for no given key: ${describeTaken(taken)}`,
    operation.effect === 'read'
      ? `See what ${operation.id} asks for: its arguments are not documented.`
      : 'Does the plan of the organization allow writes, and can the target be reached that is worked on?',
  );
}

/** The first other role that gets its result for the same; undefined where none does. */
async function doneByAnother(stage: Stage, operation: McpOperation, by: string): Promise<string | undefined> {
  const { context } = stage;
  const others = context.run
    .givenRoles()
    .toReversed()
    .filter(
      (id) => id !== by && operation.roles[context.run.contract.credentials[id]?.role ?? ''] === 'allowed',
    );
  for (const other of others) {
    if (operation.effect !== 'read') context.run.meter.excuse(operation.effect, 1);
    if (['apply_workflow_change', 'proposal'].includes(operation.id)) context.run.meter.excuse('create', 1);
    const reply = await operate(stage, operation, other);
    if (reply.taken.kind === 'done') return other;
  }
  return undefined;
}

/** What is read by documented names alone, of things that are there, has nothing that could be wrong with it. */
function mustSucceed(operation: McpOperation, taken: Taken): boolean {
  const open = Object.values(operation.arguments).some(
    ({ name, optional }) => name === undefined && optional !== true,
  );
  return operation.effect === 'read' && operation.find === undefined && !open && !blamesArguments(taken);
}

function failKey(context: CaseContext, by: string, { sent }: Reply): void {
  context.fail(
    'mcp-same-keys',
    'status',
    'A key that counts over REST does not count over MCP.',
    { expected: `the key of ${by} is taken, as REST takes it`, actual: 'HTTP 401' },
    sent,
  );
}

function failAccess(
  { context }: Stage,
  operation: McpOperation,
  by: string,
  { taken, sent }: Reply,
  other?: string,
): void {
  const role = context.run.contract.credentials[by]?.role ?? by;
  context.fail(
    operation.kind === 'endpoint' ? 'mcp-same-keys' : `${operation.id}/roles`,
    'status',
    `${operation.id} is allowed for ${role}, and was not done.`,
    {
      expected: other === undefined ? 'a result' : `a result, as ${other} gets it`,
      actual: describeTaken(taken),
    },
    sent,
  );
}

/** A role that may not do an operation is refused, and nothing happens. */
export const denied: Scenario = async (context, planned, parameters) => {
  const by = planned.credential;
  startCell(context, by, 'denied');
  const stage = await stageOf(context);
  const operation = mcpOperation(stage, text(parameters, 'operation'));
  switch (operation.effect) {
    case 'dispatch':
      return deniedDispatch(stage, operation, by);
    case 'update':
      return operation.id === 'apply_workflow_change'
        ? deniedApply(stage, operation, by)
        : deniedSync(stage, operation, by);
    default:
      throw new Error(`no proof is known that ${operation.id} had no effect`);
  }
};

async function deniedApply(stage: Stage, operation: McpOperation, by: string): Promise<void> {
  const { context } = stage;
  const workflow = await stage.workflow();
  const { id } = await proposed(stage, by);
  const before = await versionOf(stage, workflow);
  const valueFor: Stage['valueFor'] = async (content) =>
    content === 'proposal' ? id : stage.valueFor(content);
  const reply = await call(stage, operation, by, { valueFor });
  const after = await versionOf(stage, workflow);
  if (canonicalJson(before) !== canonicalJson(after))
    failEffect(context, 'a new version of the workflow', reply);
  await judgeDenied(stage, operation, by, reply, () => call(stage, operation, stage.highest, { valueFor }));
}

async function deniedDispatch(stage: Stage, operation: McpOperation, by: string): Promise<void> {
  const { context } = stage;
  const resource = context.run.contract.resources['run'];
  if (resource === undefined) throw new Error('the contract has no runs');
  const look = await notDispatched(context, resource, await stage.workflow());
  let last: Reply | undefined;
  await look(async () => {
    const reply: Reply = await call(stage, operation, by, { optional: ['text'] });
    last ??= reply;
    return reply.sent;
  });
  if (last === undefined) return;
  await judgeDenied(stage, operation, by, last, () =>
    call(stage, operation, stage.highest, { optional: ['text'] }),
  );
}

async function deniedSync(stage: Stage, operation: McpOperation, by: string): Promise<void> {
  const { context } = stage;
  const { run } = context;
  const read = run.operation(run.contract.resources['mcp-server']?.read ?? '');
  const { id } = await run.fixtures.inSlot(permanentSlot, 'mcp-server');
  const look = async (): Promise<string> =>
    canonicalJson(bodyOf(await readAgain(run.support, planAt(read, stage.highest, id))) ?? null);
  await run.fixtures.alone('mcp/sync', async () => {
    const before = await look();
    const reply = await call(stage, operation, by);
    if (before !== (await look())) failEffect(context, 'a change of the source', reply);
    await judgeDenied(stage, operation, by, reply, () => call(stage, operation, stage.highest));
  });
}

/** @param control the same call by a role that may: it shows that nothing but the role was in the way */
async function judgeDenied(
  stage: Stage,
  operation: McpOperation,
  by: string,
  reply: Reply,
  control: () => Promise<Reply>,
): Promise<void> {
  const { context } = stage;
  const { taken, sent } = reply;
  if (taken.kind === 'unauthenticated') return failKey(context, by, reply);
  if (taken.kind !== 'failed') {
    context.fail(
      `${operation.id}/roles`,
      'status',
      `${operation.id} is denied to this role, and was not refused.`,
      {
        expected: 'a refusal: HTTP 403, a JSON-RPC error, or a result with isError',
        actual: describeTaken(taken),
      },
      sent,
    );
    return;
  }
  context.run.answers.count(sent, 'denied');
  if (context.findings.some(({ level }) => level === 'must')) return;
  const items = await listedBy(stage.door, by, 'tools/list').catch(nothingListed);
  const isListed = itemOf(operation, items, stage.door.contract.operations) !== undefined;
  const again = await control();
  const told = describeTaken(again.taken);
  // What fails for the role that may, too, is proven by its failing otherwise alone.
  const apart =
    again.taken.kind === 'done' || (again.taken.kind === 'failed' && told !== describeTaken(taken));
  const because = !apart
    ? `it fails for a role that may as well: ${told}`
    : canBeRoleRefusal(taken, isListed)
      ? undefined
      : 'it says that there is no such tool, which its list shows';
  context.cell = cellOf(context, by, 'denied', because);
}

function failEffect(context: CaseContext, what: string, { sent }: Reply): void {
  context.fail(
    'mcp-no-effect',
    'effect',
    `The refused call had an effect all the same: ${what}.`,
    { expected: 'REST shows no change', actual: what },
    sent,
  );
}

function startCell(context: CaseContext, by: string, decision: 'allowed' | 'denied'): void {
  context.cell = cellOf(context, by, decision, 'no answer came that could be judged');
}

function cellOf(
  { run }: CaseContext,
  by: string,
  decision: 'allowed' | 'denied',
  because: string | undefined,
): NonNullable<CaseContext['cell']> {
  const role = run.contract.credentials[by]?.role ?? by;
  return because === undefined
    ? { role, decision, standing: 'proven' }
    : { role, decision, standing: 'not-proven', because };
}
