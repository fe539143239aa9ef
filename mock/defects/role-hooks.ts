import { Refused } from '../deployment/refusal.ts';
import { errorAnswer } from '../deployment/errors.ts';
import type { Attempt, Hooks } from './defect.ts';
import { checking, isTo, skipping, type Where } from './hooking.ts';

export type Role = 'viewer' | 'editor' | 'admin' | 'owner';

/** Lets a role do what it may not. */
export function allowing(where: Where, role: Role): () => Hooks {
  return skipping('role', where, ({ actor }) => actor.role === role);
}

/** Refuses a role what it may do. An operation without a key is refused to who sends a key of the role. */
export function denying(where: string, role: Role): () => Hooks {
  const refused = new Refused({ kind: 'forbidden_role', role, allowed: [] });
  return () => ({
    ...checking('role', where, ({ actor }, run) => {
      run();
      if (actor.role === role) throw refused;
    })(),
    answer: (call, run, deployment) => {
      const key = call.authorization[0]?.replace(/^bearer +/i, '') ?? '';
      if (!call.operation.keyless || !isTo(where, call) || deployment.keys.find(key)?.role !== role)
        return run(call);
      return errorAnswer(refused.reason, deployment.contract, deployment.dialect);
    },
  });
}

/** Lets a request choose the role that it acts in. */
export function actingAs(role: (attempt: Attempt) => string | readonly string[] | undefined): () => Hooks {
  return () => ({
    authenticate: (attempt) => {
      const actor = attempt.find(attempt.presented);
      const asked = role(attempt);
      return actor && typeof asked === 'string' ? { ...actor, role: asked } : actor;
    },
  });
}
