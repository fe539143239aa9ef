import type { PathParameter } from '../../src/contract/types.ts';
import type { IdKind } from '../data/ids.ts';
import type { Tenant } from '../data/model.ts';
import type { Check } from '../dialects/dialect.ts';
import type { EnteredCall } from './call.ts';
import type { Deployment } from './deployment.ts';
import { invalid, notFound, Refused } from './refusal.ts';
import { checkBody } from './body-check.ts';
import { checkQuery } from './query.ts';

/** Runs one check. Throws Refused where the request does not pass it. */
export function runCheck(check: Check, call: EnteredCall, deployment: Deployment): void {
  switch (check) {
    case 'role':
      return checkRole(call);
    case 'feature':
      return checkFeature(call);
    case 'existence':
      return checkExistence(call, deployment);
    case 'validation':
      checkQuery(call, deployment);
      return checkBody(call, deployment);
  }
}

function checkRole({ operation, actor }: EnteredCall): void {
  if (operation.roles[actor.role] === 'allowed') return;
  const allowed = Object.keys(operation.roles).filter((role) => operation.roles[role] === 'allowed');
  throw new Refused({ kind: 'forbidden_role', role: actor.role, allowed });
}

function checkFeature({ operation, tenant }: EnteredCall): void {
  const { feature } = operation;
  if (feature === undefined || tenant.organization.features.has(feature)) return;
  throw new Refused({ kind: 'feature_disabled', feature });
}

/** The kind of id of each resource that a path can name. */
const kinds: Readonly<Record<string, IdKind>> = {
  'mcp-server': 'mcp',
  workflow: 'wf',
  run: 'run',
  topic: 'topic',
  search: 'search',
  session: 'sess',
};

function checkExistence(call: EnteredCall, { dialect, ids }: Deployment): void {
  for (const parameter of call.operation.parameters) {
    if (parameter.in !== 'path') continue;
    const id = call.parameters[parameter.name] ?? '';
    if (has(call.tenant, parameter, id)) continue;
    if (dialect.input.oddId === 400 && !ids.matches(kinds[parameter.resource] ?? 'span', id)) {
      throw invalid(parameter.name, `${parameter.name} is not an id`);
    }
    throw notFound(parameter.resource);
  }
}

function has(tenant: Tenant, { resource }: PathParameter, id: string): boolean {
  switch (resource) {
    case 'mcp-server':
      return tenant.sources.has(id);
    case 'workflow':
      return tenant.workflows.has(id);
    case 'run':
      return tenant.runs.has(id);
    case 'topic':
      return tenant.topics.has(id);
    case 'search':
      return tenant.searches.has(id);
    case 'session':
      return tenant.sessions.has(id);
    default:
      return false;
  }
}
