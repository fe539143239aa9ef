import type { MatrixNode } from './matrix-node.ts';
import type { Problem } from './problem.ts';

/** What stands where somebody has yet to say something; `init` writes it. */
export const todo = 'TODO';

/** Every place of a matrix that is still to be decided. */
export function todoProblems(matrix: MatrixNode): Problem[] {
  const decisions = matrix
    .member('operations')
    .members()
    .flatMap((operation) =>
      operation
        .member('roles')
        .members()
        .filter(isTodo)
        .map((role) =>
          role.problem({
            code: 'todo',
            message: `${operation.name} does not say yet what ${role.name} may do: decide`,
            expected: 'allowed or denied',
          }),
        ),
    );
  const values = matrix
    .member('values')
    .members()
    .filter(isTodo)
    .map((value) =>
      value.problem({
        code: 'todo',
        message: `the value of ${value.name} is still to be given`,
        expected: 'a text that the target knows, such as an id that is there',
      }),
    );
  const roles = matrix
    .member('roles')
    .items()
    .filter(isTodo)
    .map((role) =>
      role.problem({
        code: 'todo',
        message: 'the roles of the API are still to be named',
        expected: 'the roles from least to most, each with a credential and a decision in every operation',
      }),
    );
  return [...roles, ...values, ...decisions];
}

/** Operations that are in the matrix so that they are not forgotten: a warning each. */
export function unsupportedProblems(matrix: MatrixNode): Problem[] {
  return matrix
    .member('unsupported')
    .members()
    .map((operation) =>
      operation.problem(
        {
          severity: 'warning',
          code: 'unsupported-operation',
          message: `no case is made for ${operation.name}: ${operation.member('why').text ?? ''}`,
        },
        'key',
      ),
    );
}

function isTodo({ text }: MatrixNode): boolean {
  return text === todo;
}
