import type { Check } from '../dialects/dialect.ts';
import { operations } from '../operations/index.ts';
import { authenticate } from './authentication.ts';
import type { Arrival, Call, EnteredCall } from './call.ts';
import { refuseLargeBody } from './body-check.ts';
import { runCheck } from './checks.ts';
import type { Deployment } from './deployment.ts';
import { errorAnswer } from './errors.ts';
import type { Answer, Outcome } from './outcome.ts';
import { checkReferences } from './references.ts';
import { Refused } from './refusal.ts';

/** Answers a request to an operation. Never throws on account of what was sent. */
export function handle(call: Call, deployment: Deployment): Answer {
  const run = (asked: Call): Answer => answerOrRefuse(asked, deployment);
  const { hooks } = deployment;
  return hooks.answer === undefined ? run(call) : hooks.answer(call, run, deployment);
}

/** The answer to a request whose key is not good; undefined where it is. */
export function refuseKey(call: Arrival, deployment: Deployment): Answer | undefined {
  try {
    authenticate(call, deployment);
    return undefined;
  } catch (error) {
    return refusalAnswer(error, deployment);
  }
}

function answerOrRefuse(call: Call, deployment: Deployment): Answer {
  try {
    return call.operation.keyless ? keylessAnswer(call, deployment) : keyedAnswer(call, deployment);
  } catch (error) {
    return refusalAnswer(error, deployment);
  }
}

function refusalAnswer(error: unknown, { contract, dialect }: Deployment): Answer {
  if (error instanceof Refused) return errorAnswer(error.reason, contract, dialect);
  throw error;
}

/** The document is the same for everybody, whatever key is sent. */
function keylessAnswer({ operation }: Call, { document }: Deployment): Answer {
  return { status: operation.success.status, headers: {}, body: document };
}

function keyedAnswer(call: Call, deployment: Deployment): Answer {
  const { dialect, shapes } = deployment;
  if (dialect.limits.bodyOrder === 'size-first') refuseLargeBody(call);
  const entered = enter(call, deployment);
  const { order, references } = dialect.checks;
  if (references === 'first') checkReferences(entered, deployment);
  for (const check of order) {
    carryOut(check, entered, deployment);
    if (check === 'validation' && references === 'with-body') checkReferences(entered, deployment);
  }
  if (references === 'last') checkReferences(entered, deployment);
  const outcome = perform(entered, deployment);
  const shape = shapes[call.operation.id];
  if (shape === undefined) throw new Error(`No shape for ${call.operation.id}.`);
  const status = outcome.status ?? call.operation.success.status;
  return { status, headers: {}, body: status === 204 ? undefined : shape(outcome) };
}

function carryOut(check: Check, call: EnteredCall, deployment: Deployment): void {
  const { hooks } = deployment;
  const run = (): void => runCheck(check, call, deployment);
  if (hooks.check === undefined) run();
  else hooks.check(check, call, run, deployment);
}

function enter(call: Call, deployment: Deployment): EnteredCall {
  const { hooks, tenants } = deployment;
  const actor = authenticate(call, deployment);
  const own = tenants.get(actor.organizationId);
  if (own === undefined) throw new Error('A key without an organization.');
  const tenant = hooks.enter === undefined ? own : hooks.enter(call, actor, own, deployment);
  return { ...call, actor, tenant };
}

/** Does the operation, without checks: what a defect of the checks may do in spite of a refusal. */
export function perform(call: EnteredCall, deployment: Deployment): Outcome {
  const operation = operations[call.operation.id];
  if (operation === undefined) throw new Error(`No implementation of ${call.operation.id}.`);
  const run = (asked: EnteredCall): Outcome => operation(asked, deployment);
  const { hooks } = deployment;
  return hooks.perform === undefined ? run(call) : hooks.perform(call, run, deployment);
}
