/** Whose key it is. */
import { requestOf } from '../../plan/request.ts';
import { bodyOf, described, succeeded, type CaseContext } from '../case-context.ts';
import { identityIn } from '../identities.ts';
import { Inconclusive, NotApplicable } from '../stop.ts';
import { requestOfCase, text, type Scenario } from './scenario.ts';

/** The key of a role reports that role. */
export const identity: Scenario = async (context, planned, parameters) => {
  const credential = text(parameters, 'credential');
  const operation = context.operation(planned.operation);
  const sent = await context.send(requestOf(operation, credential));
  if (!context.expectSuccess(sent, operation, `${operation.id}/success`) || operation.identity === undefined)
    return;
  const { role } = identityIn(bodyOf(sent), operation.identity);
  const expected = context.run.contract.credentials[credential]?.role;
  if (role === expected) return;
  context.fail(
    'role-of-key',
    'identity',
    'The target reports another role for this key than the one it was given for.',
    { expected: expected ?? 'a role', actual: role ?? 'no role', pointer: pointer(operation.identity.role) },
    sent,
  );
};

function pointer(path: string): string {
  return `/${path.replaceAll('.', '/')}`;
}

/** The key of another organization reports an organization that is not that of the role keys. */
export const otherOrganization: Scenario = async (context, planned, parameters) => {
  const credential = text(parameters, 'credential');
  const operation = context.operation(planned.operation);
  const sent = await context.send(requestOf(operation, credential));
  if (!context.expectSuccess(sent, operation, `${operation.id}/success`) || operation.identity === undefined)
    return;
  if (context.run.contract.credentials[credential]?.kind !== 'other-org') return;
  const [first] = context.run.givenRoles();
  if (first === undefined) return;
  const { organization } = identityIn(bodyOf(sent), operation.identity);
  const main = await context.run.identities.of(first);
  if (organization === undefined || main.organization === undefined || organization !== main.organization)
    return;
  context.fail(
    'key-one-organization',
    'identity',
    'The target reports the organization of the role keys for the key of another one.',
    {
      expected: `an organization other than ${main.organization}`,
      actual: organization,
      pointer: pointer(operation.identity.organization),
    },
    sent,
  );
};

/** All role keys are one organization's, and each is a key of its own. */
export const oneOrganization: Scenario = async (context, planned) => {
  const operation = context.operation(planned.operation);
  const paths = operation.identity;
  const roles = context.run.givenRoles();
  if (paths === undefined || roles.length < 2) {
    throw new NotApplicable('fewer than two role keys are given', 'Give the keys of two roles or more.');
  }
  const organizations = new Map<string, string>();
  const actors = new Map<string, string>();
  for (const credential of roles) {
    const sent = await context.send(requestOf(operation, credential));
    if (!succeeded(sent)) continue;
    const { organization, actor } = identityIn(bodyOf(sent), paths);
    if (organization !== undefined) organizations.set(organization, credential);
    const twin = actor === undefined ? undefined : actors.get(actor);
    if (actor !== undefined && twin !== undefined) {
      context.fail(
        'key-one-organization',
        'identity',
        `The keys of ${twin} and ${credential} report the same key id.`,
        {
          expected: 'an id of its own for each key',
          actual: actor,
          pointer: pointer(paths.actor),
        },
        sent,
      );
    }
    if (actor !== undefined) actors.set(actor, credential);
  }
  if (organizations.size < 2) return;
  context.fail('key-one-organization', 'identity', 'The role keys report more than one organization.', {
    expected: 'one organization for all role keys of a run',
    actual: [...organizations].map(([id, by]) => `${id} (${by})`).join(', '),
    pointer: pointer(paths.organization),
  });
};

/** Every key keeps its own identity on a connection that other keys used before. */
export const identityOnOneConnection: Scenario = async (context, planned) => {
  const operation = context.operation(planned.operation);
  const paths = operation.identity;
  if (paths === undefined) return;
  const roles = context.run.givenRoles();
  const client = context.run.client.hold();
  for (const credential of [...roles.toReversed(), ...roles, ...roles.toReversed()]) {
    const sent = await context.send(requestOf(operation, credential), {
      connection: { kind: 'held', client },
    });
    if (!succeeded(sent)) {
      context.expectSuccess(sent, operation, 'auth-every-request');
      return;
    }
    const { role } = identityIn(bodyOf(sent), paths);
    const expected = context.run.contract.credentials[credential]?.role;
    if (role === expected) continue;
    // A key that is always reported as another role is told by its own case.
    const alone = await context.run.identities.of(credential);
    if (alone.role === role) continue;
    failMixed(context, expected, role, sent);
    return;
  }
};

function failMixed(
  context: CaseContext,
  expected: string | undefined,
  role: string | undefined,
  sent: Parameters<CaseContext['expect']>[0],
): void {
  context.fail(
    'auth-every-request',
    'identity',
    'A key is taken for another that used the connection before.',
    {
      expected: expected ?? 'a role',
      actual: role ?? 'no role',
    },
    sent,
  );
}

/** A role or an organization that the request claims changes nothing about who asks. */
export const claimedIdentity: Scenario = async (context, planned, parameters) => {
  const credential = text(parameters, 'credential');
  const operation = context.operation(planned.operation);
  const sent = await context.send(requestOfCase(planned));
  context.expect(sent, {
    answers: await context.lawfulOf(planned),
    fact: planned.facts[0] ?? '',
    says: planned.check.says,
  });
  if (!succeeded(sent) || operation.identity === undefined) return;
  const claimed = identityIn(bodyOf(sent), operation.identity);
  const alone = await context.run.identities.of(credential);
  if (Object.values(alone).every((value) => value === undefined)) {
    throw new Inconclusive(
      `who ${credential} is without the claim cannot be seen: ${operation.id} does not say`,
      `See the access cases of ${operation.id}.`,
    );
  }
  for (const member of ['role', 'organization', 'actor'] as const) {
    if (claimed[member] === alone[member]) continue;
    context.fail(
      planned.facts[0] ?? '',
      'identity',
      `The request's claim changed the ${member} that the target reports.`,
      {
        expected: alone[member] ?? 'nothing',
        actual: claimed[member] ?? 'nothing',
        pointer: pointer(operation.identity[member]),
      },
      sent,
    );
  }
};

/** A bad credential on a connection that a good key has just used, twice. */
export const reusedConnection: Scenario = async (context, planned, parameters) => {
  const { run } = context;
  const good = text(parameters, 'good');
  const bad = requestOfCase(planned);
  const reader =
    run.contract.operations.find((one) => one.identity !== undefined) ?? run.contract.operations[0];
  if (reader === undefined) return;
  const connection = { kind: 'held', client: run.client.hold() } as const;
  const control = await context.send(requestOf(reader, good), { connection });
  for (let round = 0; round < 2; round++) {
    const sent = await context.send(bad, { connection });
    context.expect(sent, {
      answers: await context.lawfulOf(planned),
      fact: planned.facts[0] ?? '',
      says: planned.check.says,
    });
  }
  await connection.client.close();
  if (!succeeded(control)) {
    throw new Inconclusive(
      `the refusal proves nothing: the key of ${good} got ${described(control)} on the connection before`,
      `See the access cases of ${reader.id}.`,
    );
  }
};
