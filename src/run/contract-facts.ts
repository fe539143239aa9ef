/** What the results say of the contract, so that a report needs nothing but them. */
import type { Contract, Operation } from '../contract/types.ts';
import type { AnswerCount, CredentialFacts, ObservedOperation } from '../results/types.ts';

/** The operations in the order of the matrix. @param answers what was counted, by operation id */
export function observedOperations(
  contract: Contract,
  answers: Readonly<Record<string, readonly AnswerCount[]>>,
): readonly ObservedOperation[] {
  return [...ofRest(contract, answers), ...ofMcp(contract, answers)];
}

/** The tools, resources and prompts, where any was asked for. */
function ofMcp(
  { mcp }: Contract,
  answers: Readonly<Record<string, readonly AnswerCount[]>>,
): readonly ObservedOperation[] {
  const operations = mcp?.operations ?? [];
  return operations.map(({ id, surface, kind, uri, roles, position }) => ({
    operation: id,
    surface,
    method: kind.toUpperCase(),
    path: uri ?? id,
    keyless: false,
    roles,
    documented: [{ status: 200 }],
    position,
    answers: answers[id] ?? [],
  }));
}

function ofRest(
  contract: Contract,
  answers: Readonly<Record<string, readonly AnswerCount[]>>,
): readonly ObservedOperation[] {
  return contract.operations.map((operation) => ({
    operation: operation.id,
    surface: operation.surface,
    method: operation.method,
    path: operation.path,
    keyless: operation.keyless,
    roles: operation.roles,
    documented: documentedAnswers(contract, operation),
    position: operation.position,
    answers: answers[operation.id] ?? [],
  }));
}

function documentedAnswers(contract: Contract, operation: Operation): ObservedOperation['documented'] {
  const errors = operation.errors.flatMap((id) => contract.errors[id] ?? []);
  return [
    { status: operation.success.status },
    ...errors.map(({ status, code }) => ({ status, ...(code === undefined ? {} : { code }) })),
  ];
}

/** The credentials, those of roles first and from least to most. */
export function credentialFacts({ credentials, roles }: Contract): readonly CredentialFacts[] {
  const rank = ({ role }: { readonly role?: string }): number =>
    role === undefined ? roles.length : roles.indexOf(role);
  return Object.values(credentials)
    .map(({ id, about, env, role }) => ({ id, about, env, ...(role === undefined ? {} : { role }) }))
    .toSorted((a, b) => rank(a) - rank(b));
}
