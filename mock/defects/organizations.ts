import { objectOf } from '../data/json.ts';
import type { JsonObject, Tenant } from '../data/model.ts';
import type { Call, EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { Refused } from '../deployment/refusal.ts';
import { operations } from '../operations/index.ts';
import type { Defect, Hooks } from './defect.ts';
import {
  answers,
  answersWith,
  bodies,
  checking,
  everyNth,
  inner,
  isTo,
  items,
  must,
  skipping,
} from './hooking.ts';

const readById = [
  'getMcpServer',
  'getWorkflow',
  'getRun',
  'getRunTrace',
  'getRunEvaluation',
  'listRunToolCalls',
  'getTopic',
  'getSearch',
  'getSessionTrace',
];
const writeById = ['updateWorkflow', 'archiveWorkflow', 'dispatchRun', 'updateTopic'];
const lists = ['listMcpServers', 'listWorkflows', 'listRuns', 'listTopics', 'listSearches', 'listSessions'];

const isolation: readonly Defect[] = [
  ...readById.map((operation) =>
    must(
      `foreign-read-${operation}`,
      'isolation',
      operation,
      'What another organization owns can be read by its id.',
      acrossTenants(operation),
    ),
  ),
  ...writeById.map((operation) =>
    must(
      `foreign-write-${operation}`,
      'isolation',
      operation,
      'What another organization owns can be changed by its id.',
      acrossTenants(operation),
    ),
  ),
  ...lists.map((operation) =>
    must(
      `foreign-in-${operation}`,
      'isolation',
      operation,
      'The list shows one item of another organization.',
      items(operation, (own, call, deployment) => [...own, ...foreignItems(call, deployment).slice(0, 1)]),
    ),
  ),
  must(
    'foreign-by-filter',
    'isolation',
    'listRuns',
    'A filter by a workflow of another organization shows its runs.',
    items('listRuns', (own, call, deployment) =>
      own.length === 0 && call.query.has('workflowId') ? foreignItems(call, deployment) : own,
    ),
  ),
  must(
    'foreign-is-403',
    'isolation',
    'getRun',
    'A run of another organization is 403.',
    foreignStatus(['getRun'], 403),
  ),
  must(
    'foreign-is-409',
    'isolation',
    'updateWorkflow',
    'A workflow of another organization is 409.',
    foreignStatus(['updateWorkflow'], 409),
  ),
];

const oneOrganization: readonly Defect[] = [
  must(
    'org-by-header',
    'key-one-organization',
    '*',
    'A header chooses the organization.',
    choosingTenant((call) =>
      ['x-organization-id', 'x-org-id', 'x-tenant-id', 'x-organization', 'x-armature-organization']
        .map((name) => call.headers[name])
        .find((value) => value !== undefined),
    ),
  ),
  must(
    'org-by-query',
    'key-one-organization',
    '*',
    'A query parameter chooses the organization.',
    choosingTenant((call) =>
      ['organizationId', 'organization_id', 'orgId', 'org_id', 'organization', 'org']
        .map((name) => call.query.get(name) ?? undefined)
        .find((value) => value !== undefined),
    ),
  ),
  must(
    'org-changes',
    'key-one-organization',
    'getOrg',
    'Each fifth look at the organization shows another one.',
    () => {
      const sometimes = everyNth<Tenant | undefined>(5, () => undefined);
      return {
        enter: (call, _actor, tenant, { tenants }) =>
          isTo('getOrg', call) && sometimes(tenant) === undefined ? otherThan(tenant, tenants) : tenant,
      };
    },
  ),
  must(
    'org-of-viewer',
    'key-one-organization',
    'getOrg',
    'A viewer is shown another id of the organization than its colleagues.',
    bodies('getOrg', (body) => {
      const actor = inner(body, 'actor');
      const organization = inner(body, 'organization');
      return actor['role'] === 'viewer'
        ? { ...body, organization: { ...organization, id: `${String(organization['id'])}0` } }
        : body;
    }),
  ),
];

const feature: readonly Defect[] = [
  // Without an id of its own an organization may get 404 as well as 403: only what has no id shows the feature.
  ...['getInsightsOverview', 'listTopics', 'listSearches', 'listSessions'].map((operation) =>
    must(
      `feature-not-checked-${operation}`,
      'feature-disabled',
      operation,
      'The feature is not checked.',
      skipping('feature', operation),
    ),
  ),
  must(
    'feature-other-code',
    'feature-disabled',
    '*',
    'The code for a disabled feature is `insights_disabled`.',
    featureAnswer(403, 'insights_disabled'),
  ),
  must(
    'feature-is-404',
    'feature-disabled',
    '*',
    'A disabled feature is 404.',
    featureAnswer(404, 'not_found'),
  ),
  must(
    'feature-is-402',
    'feature-disabled',
    'listTopics',
    'A disabled feature is 402.',
    featureAnswer(402, 'feature_disabled', 'listTopics'),
  ),
  must(
    'feature-role-code',
    'feature-disabled',
    'getInsightsOverview',
    'A disabled feature has the code of a role that is too low.',
    featureAnswer(403, 'forbidden_role', 'getInsightsOverview'),
  ),
  must(
    'feature-empty-list',
    'feature-disabled',
    'listSearches',
    'A disabled feature is an empty list.',
    answersWith(403, 'listSearches', (answer) => ({ ...answer, status: 200, body: { searches: [] } })),
  ),
  must(
    'feature-refused-to-all',
    'getSearch/success',
    'getSearch',
    'The feature is refused to organizations that have it.',
    checking('feature', 'getSearch', () => {
      throw new Refused({ kind: 'feature_disabled', feature: 'insights' });
    }),
  ),
];

/** Defects of the walls between organizations, and of the features that they have. */
export const organizationDefects: readonly Defect[] = [...isolation, ...oneOrganization, ...feature];

/** Lets an operation work in the organization that owns the id. */
function acrossTenants(where: string): () => Hooks {
  return () => ({
    enter: (call, _actor, own, { tenants }) => {
      if (!isTo(where, call)) return own;
      const ids = Object.values(call.parameters);
      const owner = [...tenants.values()].find((tenant) =>
        collections(tenant).some((collection) => ids.some((id) => collection.has(id))),
      );
      return owner ?? own;
    },
  });
}

function collections(tenant: Tenant): readonly ReadonlyMap<string, unknown>[] {
  return [tenant.sources, tenant.workflows, tenant.runs, tenant.topics, tenant.searches, tenant.sessions];
}

function otherThan(own: Tenant, tenants: Deployment['tenants']): Tenant {
  return [...tenants.values()].find((tenant) => tenant !== own) ?? own;
}

function choosingTenant(choose: (call: Call) => string | readonly string[] | undefined): () => Hooks {
  return () => ({
    enter: (call, _actor, own, { tenants }) => {
      const asked = choose(call);
      return (
        [...tenants.values()].find(
          ({ organization }) => asked === organization.id || asked === organization.slug,
        ) ?? own
      );
    },
  });
}

function foreignItems(call: EnteredCall, deployment: Deployment): readonly JsonObject[] {
  const others = [...deployment.tenants.values()].filter((tenant) => tenant !== call.tenant);
  return others.flatMap((tenant) => {
    const outcome = operations[call.operation.id]?.({ ...call, tenant }, deployment);
    return outcome?.kind === 'list' ? outcome.items : [];
  });
}

function foreignStatus(where: readonly string[], status: number): () => Hooks {
  return answers(where, (answer, call, { tenants }) => {
    const known = [...tenants.values()].some((tenant) =>
      collections(tenant).some((collection) =>
        Object.values(call.parameters).some((id) => collection.has(id)),
      ),
    );
    return answer.status === 404 && known ? { ...answer, status } : answer;
  });
}

function featureAnswer(status: number, code: string, where = '*'): () => Hooks {
  return answersWith(403, where, (answer) => {
    const error = inner(objectOf(answer.body), 'error');
    return error['code'] === 'feature_disabled'
      ? { ...answer, status, body: { error: { ...error, code } } }
      : answer;
  });
}
