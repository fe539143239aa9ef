import type { JsonObject, Tenant, Workflow } from '../data/model.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Outcome } from '../deployment/outcome.ts';
import type { Hooks } from './defect.ts';
import { inputs, isTo, outcomes, sentMembers, withMembers } from './hooking.ts';

/** Keeps other members than those that were sent. */
export function storing(where: string, change: (members: JsonObject) => JsonObject): () => Hooks {
  return inputs(where, (call) => withMembers(call, change));
}

/** Leaves what an operation made out of a list. */
export function forgottenBy(list: string, create: string): () => Hooks {
  return () => {
    const made = new Set<unknown>();
    return {
      perform: (call, run) => {
        const outcome = run(call);
        if (isTo(create, call) && outcome.kind === 'record') made.add(outcome.record['id']);
        if (!isTo(list, call) || outcome.kind !== 'list') return outcome;
        return { ...outcome, items: outcome.items.filter(({ id }) => !made.has(id)) };
      },
    };
  };
}

/** Does something to the record that an operation gave. */
export function afterwards(where: string, act: (tenant: Tenant, id: string) => unknown): () => Hooks {
  return outcomes(where, (outcome, { tenant }) => {
    if (outcome.kind === 'record') act(tenant, String(outcome.record['id']));
    return outcome;
  });
}

/** The workflow that a call aims at. */
export function workflowOf({ tenant, parameters }: EnteredCall): Workflow | undefined {
  return tenant.workflows.get(parameters['workflowId'] ?? '');
}

/** Keeps another workflow than the updated one. */
export function afterUpdate(change: (workflow: Workflow) => Workflow): () => Hooks {
  return outcomes('updateWorkflow', (outcome, call) => {
    const workflow = workflowOf(call);
    if (workflow === undefined || outcome.kind !== 'record') return outcome;
    const changed = change(workflow);
    call.tenant.workflows.set(changed.id, changed);
    return { ...outcome, record: { ...outcome.record, currentVersion: changed.version } };
  });
}

/** Answers an operation and puts everything back as it was before, where `when` holds. */
export function undone(where: string, when: (call: EnteredCall) => boolean = () => true): () => Hooks {
  return () => ({
    perform: (call, run) => {
      if (!isTo(where, call) || !when(call)) return run(call);
      const { workflows, topics } = call.tenant;
      const before = [...workflows.values()];
      const topicsBefore = [...topics.values()];
      const outcome = run(call);
      for (const workflow of before) workflows.set(workflow.id, workflow);
      for (const topic of topicsBefore) topics.set(topic.id, topic);
      return outcome;
    },
  });
}

/** Makes one thing of all that have the same name. */
export function sameByName(where: string): () => Hooks {
  return () => {
    const made = new Map<unknown, Outcome>();
    return {
      perform: (call: EnteredCall, run) => {
        if (!isTo(where, call)) return run(call);
        const { name } = sentMembers(call);
        const outcome = made.get(name) ?? run(call);
        made.set(name, outcome);
        return outcome;
      },
    };
  };
}
