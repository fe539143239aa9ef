/** What every scenario takes: the context of its case, the case and its parameters. */
import type { Operation, Resource } from '../../contract/types.ts';
import type { Case, JsonValue, RequestPlan } from '../../plan/types.ts';
import type { CaseContext } from '../case-context.ts';
import { pause } from '../patience.ts';

export type Parameters = Readonly<Record<string, JsonValue>>;

/** Carries out the steps of a case; findings go into the context. */
export type Scenario = (context: CaseContext, planned: Case, parameters: Parameters) => Promise<void>;

/** A text parameter of the plan. Throws where the plan lacks it, which is a fault of the suite. */
export function text(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (typeof value !== 'string') throw new Error(`the plan lacks the parameter "${name}"`);
  return value;
}

/** The request that the plan gives the steps of a case. Throws where it gives none, which is a fault of the suite. */
export function requestOfCase({ id, check }: Case): RequestPlan {
  if (check.kind !== 'scenario' || check.request === undefined)
    throw new Error(`the plan gives ${id} no request`);
  return check.request;
}

/** The resource that a parameter names. */
export function resourceIn(context: CaseContext, parameters: Parameters): Resource {
  const resource = context.run.contract.resources[text(parameters, 'resource')];
  if (resource === undefined) throw new Error('the plan names an unknown resource');
  return resource;
}

/** An operation of a resource that the plan relies on. */
export function operationOfResource(
  context: CaseContext,
  resource: Resource,
  role: 'list' | 'read' | 'create' | 'update' | 'archive',
): Operation {
  const id = resource[role];
  if (id === undefined) throw new Error(`${resource.id} has no ${role}`);
  return context.operation(id);
}

export { pause };
