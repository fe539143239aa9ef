/** Proposals: staged changes of a workflow, or drafts of new ones. They are kept beside what their organization has. */
import type { JsonObject, Tenant, Workflow, WorkflowMembers } from '../data/model.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { McpFailure } from './failure.ts';

export interface Proposal {
  readonly id: string;
  /** Absent for the draft of a new workflow. */
  readonly workflowId?: string;
  readonly baseVersion: number;
  readonly rationale: string;
  readonly changes: JsonObject;
  /** What a draft makes. */
  readonly draft?: WorkflowMembers;
  applied: boolean;
}

const kept = new WeakMap<Tenant, Map<string, Proposal>>();

/** The proposals of an organization, by id. */
export function proposalsOf(tenant: Tenant): Map<string, Proposal> {
  const known = kept.get(tenant) ?? new Map<string, Proposal>();
  kept.set(tenant, known);
  return known;
}

/** Keeps a new proposal. */
export function stage(
  tenant: Tenant,
  deployment: Deployment,
  proposal: Omit<Proposal, 'id' | 'applied'>,
): Proposal {
  const staged: Proposal = { ...proposal, id: deployment.newId('prop'), applied: false };
  proposalsOf(tenant).set(staged.id, staged);
  return staged;
}

/** The proposal of an id. Throws McpFailure where there is none. */
export function proposalOf(tenant: Tenant, id: unknown): Proposal {
  const found = typeof id === 'string' ? proposalsOf(tenant).get(id) : undefined;
  if (found === undefined) throw new McpFailure('proposal_not_found', 'There is no such proposal.');
  return found;
}

/** The fields that a proposal changes, before and after. */
export function diffOf(proposal: Proposal, { workflows }: Tenant): readonly JsonObject[] {
  const members: JsonObject = workflows.get(proposal.workflowId ?? '')?.members ?? {};
  const after = proposal.draft ?? proposal.changes;
  return Object.entries(after).map(([field, value]) => ({
    field,
    before: members[field] ?? null,
    after: value,
  }));
}

/** Applies a proposal: a new version of its workflow, or a new workflow. Throws McpFailure where it must not. */
export function apply(proposal: Proposal, tenant: Tenant, deployment: Deployment): Workflow {
  const { dialect } = deployment;
  const now = deployment.now();
  if (proposal.draft !== undefined) return applyDraft(proposal, proposal.draft, tenant, deployment);
  const workflow = tenant.workflows.get(proposal.workflowId ?? '');
  if (workflow === undefined) throw new McpFailure('not_found', 'The workflow of the proposal is gone.');
  if (proposal.applied) {
    if (dialect.mcp.applyAgain === 'same') return workflow;
    throw new McpFailure('proposal_already_applied', 'The proposal was applied already.');
  }
  if (workflow.version !== proposal.baseVersion && dialect.mcp.staleBase === 'refused')
    throw new McpFailure('stale_base_version', 'The workflow has a newer version.');
  const updated: Workflow = {
    ...workflow,
    members: { ...workflow.members, ...proposal.changes },
    version: workflow.version + 1,
    updatedAt: now,
  };
  tenant.workflows.set(updated.id, updated);
  proposal.applied = true;
  return updated;
}

function applyDraft(
  proposal: Proposal,
  members: WorkflowMembers,
  tenant: Tenant,
  deployment: Deployment,
): Workflow {
  const now = deployment.now();
  const made: Workflow = {
    id: deployment.newId('wf'),
    members,
    categories: tenant.sources.get(members.mcpServerId)?.categories ?? [],
    version: 1,
    createdAt: now,
    updatedAt: now,
    archivedAt: null,
    paused: false,
  };
  tenant.workflows.set(made.id, made);
  proposal.applied = true;
  return made;
}
