import type { Arrival } from '../deployment/call.ts';
import { runCheck } from '../deployment/checks.ts';
import type { Deployment } from '../deployment/deployment.ts';
import { errorAnswer } from '../deployment/errors.ts';
import { Refused } from '../deployment/refusal.ts';
import type { Check } from '../dialects/dialect.ts';
import type { KeyRecord } from '../keys/mint.ts';
import type { Attempt, Hooks } from './defect.ts';
import { isTo, type Where } from './hooking.ts';

/** Lets a key count that is read from another place, where there is none at the documented one. */
export function reading(
  read: (arrival: Arrival, isKey: (text: string) => boolean) => string | undefined,
): () => Hooks {
  return () => ({
    authenticate: ({ arrival, presented, find, deployment }) => {
      const isKey = (text: string): boolean => text.startsWith(`${deployment.contract.api.keyPrefix}_`);
      return find(presented) ?? find(read(arrival, isKey));
    },
  });
}

/** Lets a text count that resembles a key which was good before. */
export function resembling(resembles: (good: string, presented: string) => boolean): () => Hooks {
  return () => {
    const good = new Set<string>();
    return {
      authenticate: ({ presented, find }) => {
        const actor = find(presented);
        if (presented === undefined) return undefined;
        if (actor !== undefined) good.add(presented);
        return actor ?? find([...good].find((key) => resembles(key, presented)));
      },
    };
  };
}

/** Lets requests pass that carry no key at all. */
export function keyless(where: Where): () => Hooks {
  return () => ({
    authenticate: ({ arrival, presented, find, deployment }) => {
      const open = isTo(where, arrival) && arrival.authorization.length === 0;
      return open ? anyKey(deployment, 'owner') : find(presented);
    },
  });
}

/** A key of a role that is not revoked; undefined where there is none. */
export function anyKey({ keys }: Deployment, role: string): KeyRecord | undefined {
  return [...keys.entries()]
    .map(([, record]) => record)
    .find((record) => record.role === role && !record.revoked);
}

/** Lets a revoked key count. */
export function revokedCounts(where: Where): () => Hooks {
  return () => ({
    authenticate: ({ arrival, presented, find, deployment }) =>
      (isTo(where, arrival) ? ofRevoked({ presented, deployment }) : undefined) ?? find(presented),
  });
}

/** Whether what a request presents is a revoked key, and whose. */
export function ofRevoked({
  presented,
  deployment,
}: Pick<Attempt, 'presented' | 'deployment'>): KeyRecord | undefined {
  const record = presented === undefined ? undefined : deployment.keys.find(presented);
  return record?.revoked === true ? record : undefined;
}

/** Runs a check on an operation before the key is looked at. */
export function checkBeforeKey(where: string, check: Check): () => Hooks {
  return () => ({
    answer: (call, run, deployment) => {
      const answer = run(call);
      const actor = anyKey(deployment, 'owner');
      const tenant = deployment.tenants.get(actor?.organizationId ?? '');
      if (answer.status !== 401 || !isTo(where, call) || !actor || !tenant) return answer;
      try {
        runCheck(check, { ...call, actor, tenant }, deployment);
        return answer;
      } catch (error) {
        if (!(error instanceof Refused)) throw error;
        return errorAnswer(error.reason, deployment.contract, deployment.dialect);
      }
    },
  });
}
