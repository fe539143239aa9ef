import type { MatrixNode } from './matrix-node.ts';
import { nearMiss, oneOf, suggest } from './near-miss.ts';
import type { Problem } from './problem.ts';
import type { Specs } from './read-specs.ts';

type Naming = readonly [kind: string, names: readonly MatrixNode[], valid: readonly string[]];

/** Names that the matrix uses without declaring them: of roles, errors, resources, schema files and so on. */
export function nameProblems(matrix: MatrixNode, specs: Specs): Problem[] {
  const operations = matrix.member('operations').members();
  const overMcp = matrix.member('mcp').member('operations').members();
  const resources = matrix.member('resources').members();
  const features = matrix.member('features').members();
  const facts = matrix.member('facts').members();
  const levels = matrix.member('levels').members();
  const parameters = operations.flatMap((operation) => operation.member('parameters').members());
  const successes = pick(operations, 'success');

  const namings: Naming[] = [
    ['role', pick(matrix.member('credentials').members(), 'role'), matrix.member('roles').texts()],
    [
      'reference',
      pick([...operations, ...overMcp, ...facts], 'reference'),
      matrix.member('references').names(),
    ],
    ['feature', pick(operations, 'feature'), matrix.member('features').names()],
    [
      'credential',
      [...pick(features, 'credential'), ...levels.flatMap((level) => level.member('credentials').items())],
      matrix.member('credentials').names(),
    ],
    [
      'error',
      [...pick(features, 'error'), ...operations.flatMap((operation) => operation.member('errors').items())],
      matrix.member('errors').names(),
    ],
    [
      'resource',
      [...pick(parameters, 'resource'), ...pick(pick(resources, 'belongsTo'), 'resource')],
      matrix.member('resources').names(),
    ],
    ['value', pick(parameters, 'value'), matrix.member('values').names()],
    [
      'surface',
      [...pick(resources, 'surface'), ...levels.flatMap((level) => level.member('surfaces').items())],
      [...operations, matrix.member('mcp')].flatMap((operation) => operation.member('surface').text ?? []),
    ],
    [
      'schema',
      [
        matrix.member('errorSchema'),
        ...pick(operations, 'request'),
        ...pick(successes, 'schema'),
        ...pick(successes, 'item'),
      ],
      Object.keys(specs.texts),
    ],
  ];
  return [
    ...namings.flatMap(([kind, names, valid]) => unknownNames(kind, names, [...new Set(valid)])),
    ...[...operations, ...overMcp].flatMap((operation) =>
      unknownRoles(operation, matrix.member('roles').texts()),
    ),
    ...loneSurfaces(operations),
  ];
}

function pick(nodes: readonly MatrixNode[], name: string): MatrixNode[] {
  return nodes.map((node) => node.member(name));
}

function unknownNames(kind: string, names: readonly MatrixNode[], valid: readonly string[]): Problem[] {
  return names.flatMap((node) => {
    if (node.text === undefined || valid.includes(node.text)) return [];
    const message =
      kind === 'schema'
        ? `the folder of schemas has no ${node.text}`
        : `the matrix has no ${kind} ${node.text}`;
    const code = kind === 'schema' ? 'missing-schema' : `unknown-${kind}`;
    return [node.problem({ code, message, expected: oneOf(valid), ...suggest(node.text, valid) })];
  });
}

function unknownRoles(operation: MatrixNode, roles: readonly string[]): Problem[] {
  return operation
    .member('roles')
    .members()
    .filter(({ name }) => !roles.includes(name))
    .map((node) =>
      node.problem(
        {
          code: 'unknown-role',
          message: `the matrix has no role ${node.name}`,
          expected: oneOf(roles),
          ...suggest(node.name, roles),
        },
        'key',
      ),
    );
}

/**
 * Surfaces exist by being named, so a mistyped one is a surface of its own: it is suspect where one operation alone
 * names it and another surface is near. Two surfaces may well have near names, hence a warning.
 */
function loneSurfaces(operations: readonly MatrixNode[]): Problem[] {
  const surfaces = operations.map((operation) => operation.member('surface'));
  const counts = new Map<string, number>();
  for (const { text } of surfaces) if (text !== undefined) counts.set(text, (counts.get(text) ?? 0) + 1);
  const common = [...counts].filter(([, count]) => count > 1).map(([surface]) => surface);
  return surfaces.flatMap((node) => {
    const suggestion = node.text === undefined ? undefined : nearMiss(node.text, common);
    if (node.text === undefined || suggestion === undefined || common.includes(node.text)) return [];
    const message = `only this operation has the surface ${node.text}`;
    return [node.problem({ severity: 'warning', code: 'unknown-surface', message, suggestion })];
  });
}
