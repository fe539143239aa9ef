/** What a write aims at: only what the run made, what nothing has, or what is booked to be given back as it was. */
import type { Operation } from '../contract/types.ts';
import { pathParameters } from '../plan/request.ts';
import type { RequestPlan } from '../plan/types.ts';
import { mustNotGo, reasonNotToGo } from '../plan/unseen-change.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';

/** One thing that the path of a request names. */
export interface Aim {
  readonly resource: string;
  readonly id: string;
  /** Whether it is an id that was made up, which nothing has. */
  readonly unknown: boolean;
}

/** Methods that change nothing (RFC 9110, section 9.2.1). */
const safeMethods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);

/**
 * What the path of a request names.
 * @param filled what the tokens of the plan were filled in with
 */
export function aimsOf(
  operation: Operation,
  { pathValues }: RequestPlan,
  filled: ReadonlyMap<string, string>,
): readonly Aim[] {
  return pathParameters(operation).map(({ name, resource }) => {
    const value = pathValues[name] ?? '';
    const token = /^\{\{([^{}]+)\}\}$/.exec(value)?.[1] ?? '';
    return { resource, id: filled.get(token) ?? value, unknown: token.startsWith('unknown:') };
  });
}

/**
 * Lets a request go out only where it can harm nothing of anybody else's. Throws Inconclusive for a write at something
 * that the run could have made and did not, and for one at something that nothing makes, unless it is a documented
 * update (which is booked, and given back). What nothing makes may hold what the run makes, changes and archives.
 */
export async function requireOwnAim(
  run: Run,
  operation: Operation,
  plan: RequestPlan,
  aims: readonly Aim[],
  body: string | undefined,
): Promise<void> {
  if (safeMethods.has(plan.method)) return;
  const documented = plan.method === operation.method;
  if (documented && aims.length === 0) await requireHarmlessWithoutAim(run, operation, plan, body);
  for (const [index, { resource: id, id: aimed, unknown }] of aims.entries()) {
    if (unknown || run.ledger.holds(id, aimed)) continue;
    const resource = run.contract.resources[id];
    if (resource === undefined) continue;
    const holder = index < aims.length - 1 || (documented && operation.effect === 'create');
    if (resource.create === undefined && holder) continue;
    if (resource.create === undefined && documented && resource.update === operation.id) {
      await run.originals.book(resource, aimed, body);
      continue;
    }
    throw new Inconclusive(
      `${plan.method} is sent at no ${id} that this run did not make: ${aimed} is not its own`,
      resource.create === undefined
        ? `Nothing in the API makes a ${id} that could be used up.`
        : `See the cases of ${resource.create}.`,
    );
  }
}

/**
 * What names no thing in its path may make one, or change the one that there is, which is then given back, or bear a
 * body that nothing can be taken from.
 */
async function requireHarmlessWithoutAim(
  run: Run,
  operation: Operation,
  plan: RequestPlan,
  body: string | undefined,
): Promise<void> {
  if (mustNotGo(run.contract, operation, plan, run.config.profile)) {
    const { reason, remedy } = reasonNotToGo(operation);
    throw new Inconclusive(reason, remedy);
  }
  const changed = Object.values(run.contract.resources).find(({ update }) => update === operation.id);
  if (operation.effect === 'update' && changed !== undefined) await run.originals.book(changed, '', body);
}
