/** Carrying out a case of one request: send it, judge it, see that a refusal is a real one. */
import type { Operation } from '../contract/types.ts';
import { isRefusal } from '../check/answer.ts';
import type { LawfulAnswer } from '../oracle/answer.ts';
import type { AnswerProof } from '../oracle/proof.ts';
import type { CellProof } from '../results/types.ts';
import { maySucceed } from '../oracle/lawful.ts';
import { isRead, pathParameters } from '../plan/request.ts';
import { effectOf } from '../plan/promise.ts';
import type { Case, Check } from '../plan/types.ts';
import { succeeded, type CaseContext } from './case-context.ts';
import { cellAnswered, cellOf, proofOfAnswer } from './cell-proof.ts';
import type { Sent } from './evidence.ts';
import { turnsOf } from './fixtures.ts';
import { startProof, type StartedProof } from './proofs.ts';
import { assertInvalid } from './recheck.ts';
import { Inconclusive } from './stop.ts';

type ExchangeCheck = Extract<Check, { kind: 'exchange' }>;

/** Carries out a case of one request. */
export async function runExchangeCase(
  context: CaseContext,
  planned: Case,
  check: ExchangeCheck,
): Promise<void> {
  const lock = check.slot ?? lockOfUnmade(context, check);
  if (lock === undefined) await carryOut(context, planned, check);
  else {
    await context.run.fixtures.alone(lock, () => {
      context.begun = true;
      return carryOut(context, planned, check);
    });
  }
}

/** What the run cannot make is shared by all cases that write to it: they take turns. An id that nothing has is free. */
function lockOfUnmade(context: CaseContext, { request }: ExchangeCheck): string | undefined {
  const operation = context.operation(request.operation);
  const parameter = pathParameters(operation).at(-1);
  const resource = context.run.contract.resources[parameter?.resource ?? ''];
  if (request.pathValues[parameter?.name ?? '']?.startsWith('{{unknown:') === true) return undefined;
  const writes = operation.effect === 'update' && request.method === operation.method;
  return writes && resource?.unchanging !== undefined ? turnsOf(resource) : undefined;
}

async function carryOut(context: CaseContext, planned: Case, check: ExchangeCheck): Promise<void> {
  const operation = context.operation(check.request.operation);
  const cell = cellOf(context.run.contract, check);
  context.cell = cell;
  const answers = await context.lawfulOf(planned);
  const aimed = await aimedAt(context, operation, check);
  const proof = check.proof === undefined ? undefined : await startProof(context, check.proof, aimed);
  const sent = await context.send(check.request, sendOptions(context, check));
  if (planned.family === 'validation') assertInvalid(context, operation, sent);
  const fact = planned.facts[0] ?? '';
  const findings = context.expect(sent, {
    answers,
    fact,
    says: check.says,
    items: context.run.itemNames(operation),
  });
  if (!findings.some(({ level }) => level === 'must'))
    tellProof(context, cell, proofOfAnswer(context.run.contract, check, answers, sent.outcome));
  if (planned.family === 'access' && findings.length > 0) requireValidBody(context, operation, sent);
  if (planned.family === 'validation') await requireThatBodyDecides(context, operation, check, sent);
  if (proof !== undefined) await prove(context, check, proof, sent);
  if (context.findings.some(({ level }) => level === 'must')) {
    if (check.request.method === 'GET') await confirm(context, check, answers, fact, operation);
    return;
  }
  if (check.control !== undefined) await requireControl(context, operation, check.control);
}

/** Keeps what the answer proves: of the cell, if the case is about one; else why a lawful answer proves nothing. */
function tellProof(context: CaseContext, cell: CellProof | undefined, proof: AnswerProof | undefined): void {
  if (proof === undefined) return;
  if (cell !== undefined) context.cell = cellAnswered(cell, proof);
  else if (proof.kind === 'explained-otherwise') context.provesNothing = proof.because;
}

/** What must be refused does nothing, so that it can be sent again as often as one likes. */
function sendOptions(context: CaseContext, { situation }: ExchangeCheck): { readonly repeatable?: true } {
  return maySucceed(context.run.contract, situation) ? {} : { repeatable: true };
}

/** A schema can ask for more than a body can be made up for: what a target refuses then is not held against it. */
function requireValidBody(context: CaseContext, operation: Operation, { outcome, request }: Sent): void {
  if (!isRefusal(outcome) || operation.request === undefined || request.body === undefined) return;
  const [problem] = context.run.validate(operation.request, JSON.parse(request.body));
  if (problem === undefined) return;
  context.findings.splice(0);
  throw new Inconclusive(
    `the suite made no body that keeps ${operation.request}: ${problem.message}`,
    `Give ${operation.request} examples of what is required.`,
  );
}

async function aimedAt(
  context: CaseContext,
  operation: Operation,
  check: ExchangeCheck,
): Promise<string | undefined> {
  const parameter = pathParameters(operation).at(-1);
  if (parameter === undefined || check.proof === undefined) return undefined;
  const value = check.request.pathValues[parameter.name] ?? '';
  if (value.startsWith('{{made:'))
    return (await context.run.fixtures.inSlot(context.slot, parameter.resource)).id;
  if (value.startsWith('{{listed:')) return context.run.inventory.listedId(parameter.resource);
  return undefined;
}

async function prove(
  context: CaseContext,
  check: ExchangeCheck,
  proof: StartedProof,
  sent: Sent,
): Promise<void> {
  const refused = !succeeded(sent);
  const intact = !refused || (await proof.finish(sent));
  if (refused && proof.again !== undefined) {
    let first: Sent | undefined = sent;
    await proof.again(async () => {
      const marker = context.run.nextMarker();
      const next = first ?? (await context.send(check.request, { ...sendOptions(context, check), marker }));
      first = undefined;
      return next;
    });
  }
  // Whatever was damaged is not used again.
  if ((!refused || !intact) && check.proof !== undefined && check.slot !== undefined) {
    const parameter = pathParameters(context.operation(check.request.operation)).at(-1);
    if (parameter !== undefined) {
      context.run.fixtures.drop(check.slot, parameter.resource);
      excuseRemaking(context, parameter.resource);
    }
  }
}

/** What the target damaged is made anew for the next case, and archived like the first. */
function excuseRemaking({ run }: CaseContext, id: string): void {
  const resource = run.contract.resources[id];
  const create = resource?.create === undefined ? undefined : run.operation(resource.create);
  if (create === undefined) return;
  run.meter.excuse(effectOf(create, create), 1);
  run.meter.excuse('archive', 1);
}

/** Where a valid body is refused too (the key, the thing that it aims at), the refusal says nothing of this body. */
async function requireThatBodyDecides(
  context: CaseContext,
  operation: Operation,
  { request }: ExchangeCheck,
  sent: Sent,
): Promise<void> {
  if (!isRefusal(sent.outcome) || context.findings.length === 0) return;
  const by = request.presented.credential;
  const control = await context.run.controls.of('same-request', operation, by);
  if (control.ok) return;
  context.findings.length = 0;
  throw new Inconclusive(
    `the refusal has another cause than the body: ${control.reason}`,
    `See the access cases of ${operation.id}.`,
  );
}

async function requireControl(
  context: CaseContext,
  operation: Operation,
  kind: 'same-request' | 'surface-read',
): Promise<void> {
  const control = await context.run.controls.of(kind, operation);
  if (control.ok) return;
  throw new Inconclusive(
    `the refusal proves nothing: an allowed credential does not get through either (${control.reason})`,
    isRead(operation)
      ? `See the access cases of ${operation.id}.`
      : `See the access cases of ${operation.id} and of its surface.`,
  );
}

/** A violation on a safe request is looked at once more, on a new connection, before it is told. */
async function confirm(
  context: CaseContext,
  check: ExchangeCheck,
  answers: readonly LawfulAnswer[],
  fact: string,
  operation: Operation,
): Promise<void> {
  const first = context.findings.splice(0);
  const sent = await context.send(check.request, { connection: { kind: 'fresh' } });
  context.expect(sent, { answers, fact, says: check.says, items: context.run.itemNames(operation) });
  const again = new Set(context.findings.splice(0).map(({ code }) => code));
  for (const finding of first) {
    context.findings.push({
      ...finding,
      ...(finding.level === 'must'
        ? { steadiness: again.has(finding.code) ? 'steady' : 'flaky (1 of 2)' }
        : {}),
    });
  }
}
