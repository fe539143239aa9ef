/** Positive controls: a refusal proves something only where an allowed credential gets the documented success. */
import type { Operation } from '../contract/types.ts';
import { effectOf, isMadeOnce } from '../plan/promise.ts';
import { isSuccessOf } from '../oracle/proof.ts';
import { isRead, pathParameters, requestOf } from '../plan/request.ts';
import { validBody } from '../plan/valid-body.ts';
import { writeTarget } from '../plan/families/access.ts';
import { described, statusOf } from './case-context.ts';
import { permanentSlot } from './fixtures.ts';
import type { Run } from './run.ts';
import { Inconclusive, InconclusiveForAll } from './stop.ts';
import { writeAgain } from './sure-read.ts';

export interface Control {
  readonly ok: boolean;
  /** Why the control does not hold. */
  readonly reason: string;
}

export interface Controls {
  /**
   * The control of an operation: sent once a run, its outcome kept.
   * @param by the one credential to send it with; by default any that may do it
   */
  of(kind: 'same-request' | 'surface-read', operation: Operation, by?: string): Promise<Control>;
}

/** The controls of a run. */
export function createControls(run: Run): Controls {
  const known = new Map<string, Promise<Control>>();
  return {
    of(kind, operation, by) {
      const key = `${kind}/${kind === 'same-request' ? operation.id : operation.surface}/${by ?? ''}`;
      const control = known.get(key) ?? judge(run, kind, operation, by);
      known.set(key, control);
      return control;
    },
  };
}

async function judge(
  run: Run,
  kind: 'same-request' | 'surface-read',
  operation: Operation,
  by: string | undefined,
): Promise<Control> {
  const allowed = by === undefined ? run.givenFor(operation) : [by];
  const direct = kind === 'same-request' && allowed.length > 0;
  const target = direct ? operation : surfaceRead(run, operation);
  if (target === undefined)
    return { ok: false, reason: `no read of the surface ${operation.surface} can stand for it` };
  try {
    const promised = by === undefined ? 1 : 0;
    return await tryAll(run, target, direct ? allowed : run.givenFor(target), promised);
  } catch (error) {
    if (error instanceof Inconclusive && !(error instanceof InconclusiveForAll))
      return { ok: false, reason: error.message };
    throw error;
  }
}

/** A read of the surface; of a surface that nothing can be read of, any read of the API shows that the key works. */
function surfaceRead(run: Run, operation: Operation): Operation | undefined {
  const reads = run.contract.operations.filter((one) => isRead(one) && !one.keyless);
  const own = reads.filter(({ surface }) => surface === operation.surface);
  const usable = own.length > 0 ? own : reads;
  return usable.find((one) => pathParameters(one).length === 0) ?? usable[0];
}

/** @param promised how many tries the promise of the run counts; more are needed only where the target is broken */
async function tryAll(
  run: Run,
  operation: Operation,
  credentials: readonly string[],
  promised: number,
): Promise<Control> {
  let reason = 'no key of a role that may do it is given';
  if (await madeForGood(run, operation, credentials)) return { ok: true, reason: '' };
  for (const [index, credential] of credentials.entries()) {
    if (index >= promised) excuseTry(run, operation);
    const sent = await writeAgain(
      () => run.fixtures.alone(`control/${operation.id}`, () => sendControl(run, operation, credential)),
      () => excuseTry(run, operation),
    );
    if (isSuccessOf(run.contract, operation, statusOf(sent))) return { ok: true, reason: '' };
    reason = `${operation.method} ${operation.path} by ${credential} got ${described(sent)}, not ${operation.success.status}`;
  }
  return { ok: false, reason };
}

/** What nothing removes is made once for all that need it: that it could be made is the control of its create too. */
async function madeForGood(run: Run, operation: Operation, credentials: readonly string[]): Promise<boolean> {
  const resource = Object.values(run.contract.resources).find(({ create }) => create === operation.id);
  if (resource === undefined || !isMadeOnce(resource, operation)) return false;
  try {
    const { by } = await run.fixtures.inSlot(permanentSlot, resource.id);
    return credentials.includes(by);
  } catch (error) {
    if (!(error instanceof Inconclusive)) throw error;
    excuseTry(run, operation);
    return false;
  }
}

function excuseTry(run: Run, operation: Operation): void {
  run.meter.excuse(effectOf(operation, operation), 1);
  if (isRead(operation)) return;
  for (const { resource } of pathParameters(operation)) {
    const create = run.contract.resources[resource]?.create;
    if (create !== undefined) run.meter.excuse(run.operation(create).effect, 1);
    run.meter.excuse('archive', 1);
  }
}

async function sendControl(
  run: Run,
  operation: Operation,
  credential: string,
): ReturnType<Run['support']['send']> {
  const plan = requestOf(operation, credential, {
    ids: isRead(operation) ? 'listed' : writeTarget(run.contract, operation),
    ...(operation.request === undefined
      ? {}
      : { body: validBody(run.contract, operation, run.config.seed, `control/${operation.id}`) }),
  });
  const made: Record<string, string> = {};
  if (!isRead(operation)) {
    for (const { resource } of pathParameters(operation)) {
      if (run.contract.resources[resource]?.create === undefined) continue;
      // An archive uses its resource up, so each try has its own.
      made[resource] = (await run.fixtures.make(resource)).id;
    }
  }
  return run.support.send(plan, { made, marker: run.nextMarker() });
}
