/**
 * Requests that are wrong in two ways at once: which refusal comes tells which check a deployment makes first. The
 * documentation leaves it open, so no case of the plan asks; each of the two is lawful.
 */
import type { Contract, Operation } from '../contract/types.ts';
import { exchangeCase } from './case.ts';
import {
  allowedCredentials,
  deniedCredentials,
  isRead,
  pathParameters,
  requestOf,
  type IdSource,
} from './request.ts';
import type { BodyPlan, Case, JsonValue, Profile } from './types.ts';
import { validBody } from './valid-body.ts';

/** No operation takes it: a body is an object. */
const invalidBody: JsonValue = [];

/** A body that is no JSON at all fails before its members are looked at. */
const brokenBody: BodyPlan = { kind: 'text', text: '{"name":', contentType: 'application/json' };

/** The methods that RFC 9110 and CORS give a meaning of their own, so that no case of the plan sends them. */
const exemptMethods = ['HEAD', 'OPTIONS'] as const;

interface Probe {
  readonly operation: Operation;
  readonly what: string;
  readonly title: string;
  readonly credential: string;
  readonly profile: Profile;
  readonly method?: string;
  readonly ids?: IdSource;
  readonly body?: JsonValue | BodyPlan;
}

/** The probes of a contract, as cases of the family `robustness`. @param seed of the bodies that are valid */
export function orderProbes(contract: Contract, seed: number): readonly Case[] {
  return contract.operations
    .flatMap((operation) => [
      ...(isRead(operation) ? [] : competing(contract, operation, seed)),
      ...exempt(contract, operation),
    ])
    .map((probe) => asCase(contract, probe));
}

function competing(contract: Contract, operation: Operation, seed: number): readonly Probe[] {
  const denied = deniedCredentials(contract, operation)[0];
  const allowed = allowedCredentials(contract, operation)[0];
  const named = pathParameters(operation).length > 0;
  const takesBody = operation.request !== undefined;
  const valid = takesBody ? { body: validBody(contract, operation, seed, operation.id) } : {};
  const about = { operation, profile: 'guarded' as const, ...(named ? { ids: 'unknown' as const } : {}) };
  const probes: Probe[] = [];
  const add = (what: string, title: string, credential: string | undefined, body: Partial<Probe>): void => {
    if (credential === undefined) return;
    probes.push({ ...about, what: `order/${what}`, title, credential, ...body });
  };
  if (named) add('role-existence', 'a role that is too low, an unknown id', denied, valid);
  if (takesBody && !named) {
    add('role-body', 'a role that is too low, an invalid body', denied, { body: invalidBody });
    add('role-json', 'a role that is too low, a body that is no JSON', denied, { body: brokenBody });
  }
  if (takesBody && named) {
    add('role-existence-body', 'a role that is too low, an unknown id, an invalid body', denied, {
      body: invalidBody,
    });
    add('existence-body', 'an unknown id, an invalid body', allowed, { body: invalidBody });
    add('existence-json', 'an unknown id, a body that is no JSON', allowed, { body: brokenBody });
  }
  const feature = operation.feature === undefined ? undefined : contract.features[operation.feature];
  if (takesBody && feature !== undefined) {
    add('feature-body', 'a disabled feature, an invalid body', feature.credential, { body: invalidBody });
  }
  return probes;
}

function exempt(contract: Contract, operation: Operation): readonly Probe[] {
  const credential = allowedCredentials(contract, operation)[0];
  // One operation stands for all: what answers these methods is a gateway or a framework.
  if (operation.identity === undefined || credential === undefined) return [];
  return exemptMethods.map((method) => ({
    operation,
    what: `method/${method}`,
    title: `the method ${method}`,
    credential,
    profile: 'read',
    method,
  }));
}

function asCase(contract: Contract, probe: Probe): Case {
  const { operation, credential, ids, body, method } = probe;
  return exchangeCase(contract, {
    operation,
    family: 'robustness',
    what: probe.what,
    title: `${operation.id}: ${probe.title}`,
    credential,
    profile: probe.profile,
    facts: ['no-server-error'],
    keys: [credential],
    says: 'Which of several refusals comes is left open.',
    request: requestOf(operation, credential, {
      ...(ids === undefined ? {} : { ids }),
      ...(body === undefined ? {} : { body }),
      ...(method === undefined ? {} : { method }),
    }),
  });
}
