import { sourceTemplates } from './catalogue.ts';
import type { Tenant, Workflow } from './model.ts';

/** The tools that runs of a workflow call; of a source that is none of the catalogue nothing is known but a search. */
export function toolsOf(tenant: Tenant, workflow: Workflow): readonly string[] {
  const source = tenant.sources.get(workflow.members.mcpServerId);
  return sourceTemplates.find(({ name }) => name === source?.name)?.tools ?? ['search'];
}
