import { isObject } from '../data/json.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { JsonObject } from '../data/model.ts';
import { invalid } from '../deployment/refusal.ts';
import type { Hooks } from './defect.ts';
import { answers, checking, omit, sentMembers, skipping, withMembers } from './hooking.ts';

/** Does not look at a member; where it is left out or has another type, `instead` stands for it. */
export function blindTo(where: string, member: string, instead?: string): () => Hooks {
  return () => ({
    ...checking('validation', where, (call, run, deployment) => {
      const seen = withMembers(call, (members) => ({
        ...omit(members, member),
        ...(instead === undefined ? {} : { [member]: instead }),
      }));
      const hasMembers = call.body.kind === 'json' && Object.keys(sentMembers(call)).length > 0;
      if (!hasMembers) return run();
      const problems = deployment.validators.problems(call.operation.request ?? '', sentMembers(seen));
      if (problems.length > 0) run();
    })(),
    perform: (call, run) => {
      const sent = sentMembers(call)[member];
      const isWanting = instead !== undefined && call.operation.id === where && typeof sent !== 'string';
      return run(isWanting ? withMembers(call, (members) => ({ ...members, [member]: instead })) : call);
    },
  });
}

/** Takes the first source where a workflow names none. */
export function sourceNotNeeded(): () => Hooks {
  return () => ({
    ...checking('validation', 'createWorkflow', (call, run, deployment) => {
      const problems = deployment.validators.problems(call.operation.request ?? '', withSource(call));
      if (call.body.kind !== 'json' || problems.length > 0) run();
    })(),
    perform: (call, run) =>
      run(call.operation.id === 'createWorkflow' ? withMembers(call, () => withSource(call)) : call),
  });
}

function withSource(call: EnteredCall): JsonObject {
  const members = sentMembers(call);
  const [first] = call.tenant.sources.keys();
  return typeof members['mcpServerId'] === 'string' ? members : { ...members, mcpServerId: first };
}

/** Takes a JSON value that is no object for one with these members. */
export function objectNotNeeded(where: string, members: JsonObject): () => Hooks {
  return () => ({
    ...skipping('validation', where, hasOtherValue)(),
    perform: (call, run) => {
      const replaced = call.operation.id === where && hasOtherValue(call);
      return run(replaced ? withMembers(call, () => members) : call);
    },
  });
}

function hasOtherValue({ body }: EnteredCall): boolean {
  return body.kind === 'json' && !isObject(body.value);
}

/** Refuses a member that has a value which is documented as valid. */
export function refusing(where: string, member: string, when: (value: unknown) => boolean): () => Hooks {
  return checking('validation', where, (call, run) => {
    run();
    if (when(sentMembers(call)[member])) throw invalid(`/${member}`, `/${member} is not supported`);
  });
}

/** Answers a 400 with another status. */
export function invalidStatus(where: string, status: number): () => Hooks {
  return answers(where, (answer) => (answer.status === 400 ? { ...answer, status } : answer));
}
