import type { MatrixNode } from './matrix-node.ts';
import { oneOf, suggest } from './near-miss.ts';
import type { Problem } from './problem.ts';

/** The effects that an operation may have to do each of the things that a resource names one for. */
const effects = {
  list: ['read'],
  read: ['read'],
  create: ['create', 'dispatch'],
  update: ['update'],
  archive: ['archive'],
  dispatch: ['dispatch'],
} as const;

const actsOnOne = ['read', 'update', 'archive', 'dispatch'];

/** Resources whose operations are not there or do something else, and what else they say that does not fit. */
export function resourceProblems(matrix: MatrixNode): Problem[] {
  const operations = matrix.member('operations');
  return matrix
    .member('resources')
    .members()
    .flatMap((resource) => [
      ...Object.entries(effects).flatMap(([action, allowed]) =>
        actionProblems(resource, action, allowed, operations),
      ),
      ...ownerProblems(resource, operations),
      ...cleanupProblems(resource),
    ]);
}

function actionProblems(
  resource: MatrixNode,
  action: string,
  allowed: readonly string[],
  operations: MatrixNode,
): Problem[] {
  const node = resource.member(action);
  if (node.text === undefined) return [];
  const names = operations.names();
  const operation = operations.member(node.text);
  if (!names.includes(node.text)) {
    const message = `the matrix has no operation ${node.text}`;
    return [
      node.problem({
        code: 'unknown-operation',
        message,
        expected: oneOf(names),
        ...suggest(node.text, names),
      }),
    ];
  }
  const effect = operation.member('effect').text;
  if (effect !== undefined && !allowed.includes(effect)) {
    const message = `${node.text} has the effect ${effect}, so it cannot be the ${action} of ${resource.name}`;
    return [
      node.problem({
        code: 'wrong-effect',
        message,
        expected: `an operation with the effect ${allowed.join(' or ')}`,
      }),
    ];
  }
  const takesId = operation
    .member('parameters')
    .members()
    .some((parameter) => isIdOf(parameter, resource.name));
  if (takesId === actsOnOne.includes(action)) return [];
  if (action === 'create') return [];
  const message = takesId
    ? `${node.text} takes the id of one ${resource.name}, so it cannot be the ${action}`
    : `${node.text} has no path parameter with the id of the ${resource.name}`;
  return [node.problem({ code: 'wrong-path', message })];
}

function isIdOf(parameter: MatrixNode, resource: string): boolean {
  return parameter.member('in').text === 'path' && parameter.member('resource').text === resource;
}

function ownerProblems(resource: MatrixNode, operations: MatrixNode): Problem[] {
  const asked = resource.member('belongsTo').member('parameter');
  const list = resource.member('list').text;
  if (asked.text === undefined) return [];
  if (list === undefined) {
    return [
      asked.problem({
        code: 'unknown-parameter',
        message: `${resource.name} has no list to ask by ${asked.text}`,
      }),
    ];
  }
  if (!operations.names().includes(list)) return [];
  const names = operations
    .member(list)
    .member('parameters')
    .members()
    .filter((parameter) => parameter.member('in').text === 'query')
    .map(({ name }) => name);
  if (names.includes(asked.text)) return [];
  const message = `${list} has no query parameter ${asked.text}`;
  return [
    asked.problem({
      code: 'unknown-parameter',
      message,
      expected: oneOf(names),
      ...suggest(asked.text, names),
    }),
  ];
}

function cleanupProblems(resource: MatrixNode): Problem[] {
  const cleanup = resource.member('cleanup');
  if (cleanup.text === 'archive' && !resource.member('archive').isPresent) {
    const message = `${resource.name} names no operation that archives it`;
    return [
      cleanup.problem({ code: 'cleanup-without-archive', message, expected: 'never, or a member archive' }),
    ];
  }
  const unchanging = resource.member('unchanging');
  if (unchanging.isPresent && !resource.member('update').isPresent) {
    const message = `${resource.name} names no update that could take this body`;
    return [unchanging.problem({ code: 'misplaced-member', message }, 'key')];
  }
  return [];
}
