/** The two prompts. */
import type { JsonObject } from '../data/model.ts';
import type { Dialect } from '../dialects/dialect.ts';

export interface Prompt {
  readonly name: string;
  readonly about: string;
  readonly arguments: readonly JsonObject[];
  readonly steps: readonly string[];
}

/** The prompts as a deployment lists them. */
export function promptsOf({ mcp }: Dialect): readonly Prompt[] {
  const workflow = { name: 'workflowId', description: 'The workflow.', required: true };
  return [
    {
      name: 'repair_failing_workflow',
      about: 'Repairs a workflow that fails.',
      arguments: mcp.promptArguments === 'workflow' ? [workflow] : [],
      steps: ['diagnose', 'read the trace', 'propose', 'review', 'apply', 'run', 'compare'],
    },
    {
      name: 'design_workflow_suite',
      about: 'Designs a suite of workflows.',
      arguments: [],
      steps: ['read armature://catalog/models', 'read armature://schemas/workflow', 'propose'],
    },
  ];
}
