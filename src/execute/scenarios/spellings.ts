/** Other spellings of a path: what they answer gives nothing away, and what they do is undone by nobody. */
import { isObject } from '../../check/members.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { pathSpellings } from '../../plan/path-spellings.ts';
import { pathParameters, requestOf } from '../../plan/request.ts';
import type { Proof, RequestPlan } from '../../plan/types.ts';
import { bodyOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { startProof } from '../proofs.ts';
import { readAgain } from '../sure-read.ts';
import { requestOfCase, type Scenario } from './scenario.ts';

/** Without a key no spelling of the path of a read shows what the documented one shows to who has a key. */
export const spelledRead: Scenario = async (context, planned) => {
  const plan = requestOfCase(planned);
  const operation = context.operation(plan.operation);
  const reader = context.run.givenFor(operation).at(-1);
  const known = reader === undefined ? undefined : await readAgain(context, requestOf(operation, reader));
  const ids = known !== undefined && succeeded(known) ? idsIn(bodyOf(known), mostDepth) : new Set<string>();
  for (const [name, sent] of await sendSpelled(context, plan)) {
    if (!succeeded(sent)) continue;
    const shown = [...idsIn(bodyOf(sent), mostDepth)].find((id) => ids.has(id));
    if (shown === undefined) continue;
    context.fail(
      'auth-required',
      'leak',
      `Without a key, ${operation.path} spelled otherwise (${name}) shows what belongs to an organization.`,
      { expected: 'a refusal, or nothing of an organization', actual: `an answer that holds ${shown}` },
      sent,
    );
    return;
  }
};

/** Who may not write does not write, under no spelling of the path. */
export const spelledWrite: Scenario = async (context, planned) => {
  const { run } = context;
  const plan = requestOfCase(planned);
  const operation = context.operation(plan.operation);
  const target = run.contract.resources[pathParameters(operation).at(-1)?.resource ?? ''];
  const made = target === undefined ? undefined : await run.fixtures.make(target.id);
  const proof = await startProof(context, proofOf(run.contract.resources, operation, target), made?.id);
  const aim = made === undefined || target === undefined ? {} : { made: { [target.id]: made.id } };
  const [done] = (await sendSpelled(context, plan, aim)).filter(([, sent]) => succeeded(sent));
  if (done === undefined) return;
  const [name, first] = done;
  if (!(await proof.finish(first))) return;
  await proof.again?.(() => context.send(spelled(plan, name), aim));
};

/** Deep enough for the envelopes that lists and records stand in. */
const mostDepth = 4;

/** The values of the members named `id`, at any depth down to the given one. */
function idsIn(value: unknown, depth: number): ReadonlySet<string> {
  if (depth === 0 || (!isObject(value) && !Array.isArray(value))) return new Set();
  const own =
    isObject(value) && typeof value['id'] === 'string' && value['id'].length > 3 ? [value['id']] : [];
  return new Set([...own, ...Object.values(value).flatMap((child) => [...idsIn(child, depth - 1)])]);
}

function proofOf(
  resources: Readonly<Record<string, Resource>>,
  { id, effect }: Operation,
  target: Resource | undefined,
): Proof {
  const made = Object.values(resources).find(({ create }) => create === id)?.id ?? '';
  if (effect === 'create') return { kind: 'not-created', resource: made };
  if (effect === 'dispatch') return { kind: 'not-dispatched', resource: made };
  return { kind: 'unchanged', resource: target?.id ?? '' };
}

/** Sends a request with its path spelled in each other way. What such a path answers is left open. */
async function sendSpelled(
  context: CaseContext,
  plan: RequestPlan,
  options: Parameters<CaseContext['send']>[1] = {},
): Promise<readonly (readonly [name: string, sent: Sent])[]> {
  const all: (readonly [string, Sent])[] = [];
  for (const name of Object.keys(pathSpellings))
    all.push([name, await context.send(spelled(plan, name), options)]);
  return all;
}

function spelled(plan: RequestPlan, name: string): RequestPlan {
  return { ...plan, path: pathSpellings[name]?.(plan.path) ?? plan.path };
}
