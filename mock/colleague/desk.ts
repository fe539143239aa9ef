import type { JsonObject, Tenant, Topic } from '../data/model.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { Refused } from '../deployment/refusal.ts';
import { operations } from '../operations/index.ts';

/** What a colleague works with in one organization. */
export interface Desk {
  readonly deployment: Deployment;
  readonly tenant: Tenant;
  /** Workflows that were there before anybody came. */
  readonly seededWorkflows: readonly string[];
  readonly seededSources: readonly string[];
  /** Workflows that the colleague made and has not archived. */
  readonly ownWorkflows: string[];
  /** The topics as the colleague left them, or found them at first. */
  readonly topics: Map<string, Topic>;
  /** How many sources it made, and how many runs and sessions were retired. */
  readonly count: { sources: number; retired: number; made: number };
  /** Does an operation, and gives its record; undefined where it was refused. */
  act(
    operation: string,
    parameters: Readonly<Record<string, string>>,
    body?: JsonObject,
  ): JsonObject | undefined;
}

/** Makes the desk of an organization, which knows what is there now as what was there before. */
export function createDesk(deployment: Deployment, tenant: Tenant): Desk {
  return {
    deployment,
    tenant,
    seededWorkflows: [...tenant.workflows.keys()],
    seededSources: [...tenant.sources.keys()],
    ownWorkflows: [],
    topics: new Map(tenant.topics),
    count: { sources: 0, retired: 0, made: 0 },
    act: (id, parameters, body) => {
      try {
        const outcome = operations[id]?.(callOf(deployment, tenant, id, parameters, body), deployment);
        return outcome?.kind === 'record' ? outcome.record : undefined;
      } catch (error) {
        if (error instanceof Refused) return undefined;
        throw error;
      }
    },
  };
}

/** A call as a request of an owner of the organization would be, past all checks. */
function callOf(
  { contract, keys }: Deployment,
  tenant: Tenant,
  id: string,
  parameters: Readonly<Record<string, string>>,
  body: JsonObject | undefined,
): EnteredCall {
  const operation = contract.operations.find((candidate) => candidate.id === id);
  const actor = [...keys.entries()].find(([, key]) => key.organizationId === tenant.organization.id)?.[1];
  if (operation === undefined || actor === undefined) throw new Error(`A colleague cannot ${id}.`);
  return {
    operation,
    actor,
    tenant,
    parameters,
    method: operation.method,
    target: operation.path,
    headers: {},
    authorization: [],
    connection: tenant,
    query: new URLSearchParams(),
    body: body === undefined ? { kind: 'none' } : { kind: 'json', value: body },
  };
}
