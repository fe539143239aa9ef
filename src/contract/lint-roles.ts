import type { MatrixNode } from './matrix-node.ts';
import { nearMiss } from './near-miss.ts';
import type { Problem } from './problem.ts';

/** Roles without a decision, without a key, or in a wrong order; credentials that share what must be their own. */
export function roleProblems(matrix: MatrixNode): Problem[] {
  const roles = matrix.member('roles');
  const operations = matrix.member('operations').members();
  const credentials = matrix.member('credentials').members();
  const decided = new Set(operations.flatMap((operation) => operation.member('roles').names()));
  const withKey = new Set(credentials.flatMap((credential) => credential.member('role').text ?? []));
  const used = roles.texts().filter((role) => decided.has(role));
  return [
    ...roles.items().flatMap((node) => idleRole(node, decided, withKey)),
    ...[...operations, ...matrix.member('mcp').member('operations').members()].flatMap((operation) => [
      ...undecided(operation, used),
      ...disordered(operation, roles.texts()),
    ]),
    ...['env', 'key', 'role'].flatMap((member) => sharedMembers(credentials, member)),
  ];
}

function idleRole(role: MatrixNode, decided: ReadonlySet<string>, withKey: ReadonlySet<string>): Problem[] {
  if (role.text === undefined) return [];
  if (!decided.has(role.text)) {
    return [role.problem({ code: 'unused-role', message: `no operation says what ${role.text} may do` })];
  }
  if (withKey.has(role.text)) return [];
  const message = `no credential has the role ${role.text}, so nothing can be tested as it`;
  return [role.problem({ severity: 'warning', code: 'role-without-credential', message })];
}

function undecided(operation: MatrixNode, roles: readonly string[]): Problem[] {
  const decisions = operation.member('roles');
  const names = decisions.names();
  if (names.length === 0) return [];
  // A mistyped role is undecided under its right name: one mistake, one problem.
  const meant = names.filter((name) => !roles.includes(name)).map((name) => nearMiss(name, roles));
  return roles
    .filter((role) => !names.includes(role) && !meant.includes(role))
    .map((role) =>
      decisions.problem(
        {
          code: 'undecided-role',
          message: `${operation.name} does not say whether ${role} is allowed`,
          expected: 'allowed or denied for each role',
        },
        'key',
      ),
    );
}

/** Roles stand from least to most: what a lesser one may do, a greater one may hardly be denied. */
function disordered(operation: MatrixNode, roles: readonly string[]): Problem[] {
  const decisions = operation.member('roles');
  const lesser = roles.find((role) => decisions.member(role).text === 'allowed');
  if (lesser === undefined) return [];
  const greater = roles.slice(roles.indexOf(lesser) + 1);
  return greater
    .map((role) => decisions.member(role))
    .filter((decision) => decision.text === 'denied')
    .map((decision) =>
      decision.problem({
        severity: 'warning',
        code: 'role-order',
        message: `${operation.name} denies ${decision.name} what it allows ${lesser}, a lesser role`,
      }),
    );
}

function sharedMembers(credentials: readonly MatrixNode[], member: string): Problem[] {
  const seen = new Map<string, string>();
  return credentials.flatMap((credential) => {
    const node = credential.member(member);
    if (node.text === undefined) return [];
    const first = seen.get(node.text);
    seen.set(node.text, first ?? credential.name);
    if (first === undefined) return [];
    const message = `the credential ${first} has the same ${member}: each needs its own`;
    return [node.problem({ code: `duplicate-${member}`, message })];
  });
}
