/** A session is no key: with one session and two keys, each request has the rights of its own key at most. */
import { holdsText } from '../../../check/members.ts';
import { describeTaken } from '../../../oracle/mcp.ts';
import { NotApplicable } from '../../stop.ts';
import type { Scenario } from '../scenario.ts';
import { text } from '../scenario.ts';
import { call, mcpOperation, stageOf, type Stage } from './stage.ts';

async function sessionOf(stage: Stage): Promise<string> {
  const id = await stage.door.sessionOf(stage.highest);
  if (id !== undefined) return id;
  throw new NotApplicable('the target gives no session', undefined);
}

/** Without a key, or with a revoked one, the session of a good key brings HTTP 401. */
export const sessionWithoutKey: Scenario = async (context, _planned, parameters) => {
  const stage = await stageOf(context);
  const id = await sessionOf(stage);
  const presented = { credential: text(parameters, 'credential'), form: text(parameters, 'form') };
  for (const asked of [{ method: 'tools/list' }, { method: 'ping' }]) {
    const { taken, sent } = await stage.door.ask(context, presented, {
      ...asked,
      session: { id },
      operation: 'endpoint',
    });
    if (taken.kind === 'unauthenticated' || sent.outcome.kind !== 'answered') continue;
    context.fail(
      'mcp-session-no-key',
      'status',
      'A request without a good key is HTTP 401, whatever session it is in.',
      { expected: 'HTTP 401', actual: `HTTP ${sent.outcome.status}, ${describeTaken(taken)}` },
      sent,
    );
  }
};

/** The session of the highest role gives a lesser key nothing that it may not do. */
export const sessionOfAnother: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const id = await sessionOf(stage);
  const operation = mcpOperation(stage, 'run_workflow_now');
  const { taken, sent } = await call(stage, operation, planned.credential, {
    optional: ['text'],
    session: { id },
  });
  if (taken.kind !== 'done') return;
  context.fail(
    'mcp-session-no-key',
    'effect',
    'The session of a higher role lets a key do what it may not.',
    { expected: 'a refusal', actual: 'a result' },
    sent,
  );
};

/** The session of one organization shows the key of another nothing of it. */
export const sessionOfForeigner: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const id = await sessionOf(stage);
  const run = await context.run.inventory.listedId('run', true);
  const { taken, sent } = await stage.door.ask(context, planned.credential, {
    method: 'tools/call',
    params: { name: 'search_runs', arguments: { limit: 100 } },
    session: { id },
    operation: 'search_runs',
  });
  if (taken.kind !== 'done' || !holdsText(taken.result, run)) return;
  context.fail(
    'mcp-session-no-key',
    'leak',
    'The session of one organization shows another what it has.',
    { expected: 'nothing of the first organization', actual: `the run ${run}` },
    sent,
  );
};
