import type { JsonObject } from '../data/model.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { invalid } from '../deployment/refusal.ts';
import { operations } from '../operations/index.ts';
import type { Hooks } from './defect.ts';
import { answers, checking, withQuery } from './hooking.ts';

/** What the list of a call would show for another query. */
export function listed(
  call: EnteredCall,
  deployment: Deployment,
  change: (query: URLSearchParams) => void,
): readonly JsonObject[] {
  const outcome = operations[call.operation.id]?.(withQuery(call, change), deployment);
  return outcome?.kind === 'list' ? outcome.items : [];
}

/** Refuses a documented value of a parameter. */
export function refusing(where: string, parameter: string, value: string): () => Hooks {
  return checking('validation', where, (call, run) => {
    run();
    if (call.query.get(parameter) === value) throw invalid(parameter, `${parameter} must not be ${value}`);
  });
}

/** Answers 500 to a value of a parameter. */
export function failingOn(where: string, parameter: string, fails: (value: string) => boolean): () => Hooks {
  return answers(where, (answer, call) => {
    const value = call.query.get(parameter);
    const broken = { error: { code: 'internal', message: 'Something went wrong.' } };
    return answer.status < 500 && answer.status !== 401 && value !== null && fails(value)
      ? { ...answer, status: 500, body: broken }
      : answer;
  });
}
