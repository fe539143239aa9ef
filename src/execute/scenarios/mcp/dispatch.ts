/** Runs through both doors: one id, one run for a key, the same status. */
import { holdsText, memberAt, valuesOf } from '../../../check/members.ts';
import { describeTaken } from '../../../oracle/mcp.ts';
import { planAt } from '../../../plan/request.ts';
import { nameOf, schemasOf } from '../../../mcp/arguments.ts';
import { bodyOf, described, succeeded } from '../../case-context.ts';
import { Inconclusive, NotApplicable } from '../../stop.ts';
import { readAgain } from '../../sure-read.ts';
import { checkBelongs, dispatching, isTerminal, stateIn } from '../dispatch.ts';
import type { Scenario } from '../scenario.ts';
import { eventually } from '../../steady-compare.ts';
import { call, mcpOperation, runIdOf, stageOf, toolOf, valueOfReply, type Stage } from './stage.ts';

async function dispatched(
  stage: Stage,
  by: string,
  given: Readonly<Record<string, unknown>> = {},
): Promise<string> {
  const reply = await call(stage, mcpOperation(stage, 'run_workflow_now'), by, { optional: ['text'], given });
  const id = runIdOf(reply);
  if (reply.taken.kind === 'done' && id !== undefined) return id;
  throw new Inconclusive(
    `no run could be dispatched by ${by}: ${describeTaken(reply.taken)}`,
    'See the access cases of run_workflow_now.',
  );
}

/** What was dispatched over MCP is read over REST by its id, belongs to its workflow and is in its list. */
export const foundOverRest: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const workflow = await stage.workflow();
  const id = await dispatched(stage, planned.credential);
  const d = dispatching(context, { resource: 'run' }, planned.credential);
  const read = await readAgain(context, planAt(d.read, stage.highest, id));
  if (!succeeded(read)) {
    context.fail(
      'mcp-dispatch',
      'missing',
      'A run that was dispatched over MCP cannot be read over REST.',
      { expected: 'the run', actual: described(read) },
      read,
    );
    return;
  }
  await checkBelongs(context, d, workflow, id);
};

/** What was dispatched over REST is shown by search_runs and inspect_run. */
export const foundOverMcp: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const workflow = await stage.workflow();
  const d = dispatching(context, { resource: 'run' }, planned.credential);
  const { id } = await d.send(workflow, { reason: `conformance run ${context.marker}` });
  if (id === undefined) throw new Inconclusive('no run could be dispatched over REST', 'See dispatchRun.');
  let last: Awaited<ReturnType<typeof call>> | undefined;
  const there = await eventually(context, async () => {
    last = await call(stage, mcpOperation(stage, 'search_runs'), stage.highest, {
      given: { workflowId: workflow },
    });
    return holdsText(valueOfReply(last), id);
  });
  if (!there) {
    context.fail(
      'mcp-dispatch',
      'missing',
      'A run that was dispatched over REST is not found by search_runs.',
      { expected: `the run ${id}`, actual: 'runs without it' },
      last?.sent,
    );
  }
  const inspected = await call(stage, mcpOperation(stage, 'inspect_run'), stage.highest, {
    valueFor: async (content) => (content === 'run' ? id : stage.valueFor(content)),
  });
  if (inspected.taken.kind === 'done' && holdsText(valueOfReply(inspected), id)) return;
  context.fail(
    'mcp-dispatch',
    'missing',
    'A run that was dispatched over REST is not shown by inspect_run.',
    { expected: `the run ${id}`, actual: describeTaken(inspected.taken) },
    inspected.sent,
  );
};

/** The same key at the same moment is one run, as long as the run has not ended. */
export const idempotent: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const by = planned.credential;
  const operation = mcpOperation(stage, 'run_workflow_now');
  const { schemas } = schemasOf(await toolOf(stage, operation, by));
  const [, , argument] = Object.values(operation.arguments);
  const name =
    argument === undefined ? undefined : nameOf(argument, schemas, new Set(['workflowId', 'reason']));
  if (name === undefined) throw new NotApplicable('no argument of run_workflow_now is known as its key');
  const key = context.run.nextMarker();
  await stage.workflow();
  const ids = await Promise.all([0, 1].map(() => dispatched(stage, by, { [name]: key })));
  const [first = '', second = ''] = ids;
  if (first === second) return;
  const resource = context.run.contract.resources['run'];
  const read = context.run.operation(resource?.read ?? '');
  for (const id of ids) {
    const state = resource && stateIn(bodyOf(await readAgain(context, planAt(read, by, id))), resource);
    if (resource !== undefined && isTerminal(resource, state)) {
      context.note('a run had ended before the second dispatch could be judged');
      return;
    }
  }
  context.fail('mcp-dispatch-idempotent', 'id', 'The same idempotency key queued two runs.', {
    expected: 'one run',
    actual: `${first} and ${second}`,
  });
};

/** A finished run has the same status and a trace through both doors. */
export const finishedAlike: Scenario = async (context) => {
  const stage = await stageOf(context);
  const { run } = context;
  const id = await run.inventory.listedId('run', true);
  const resource = run.contract.resources['run'];
  const read = run.operation(resource?.read ?? '');
  const overRest =
    resource && stateIn(bodyOf(await readAgain(context, planAt(read, stage.highest, id))), resource);
  const inspected = await call(stage, mcpOperation(stage, 'inspect_run'), stage.highest, {
    valueFor: async (content) => (content === 'run' ? id : stage.valueFor(content)),
  });
  const value = valueOfReply(inspected);
  const [own] = [memberAt(value, 'status'), memberAt(value, 'run.status'), ...valuesOf(value, 'status', 2)];
  if (overRest === undefined || typeof own !== 'string' || own === overRest) return;
  context.fail(
    'mcp-dispatch',
    'disagreement',
    'A finished run has one status over REST and another over MCP.',
    { expected: overRest, actual: own },
    inspected.sent,
  );
};
