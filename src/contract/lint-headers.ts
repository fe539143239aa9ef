import { isOfConnection } from './connection-headers.ts';
import type { MatrixNode } from './matrix-node.ts';
import type { Problem } from './problem.ts';

/** Headers that a request of the matrix cannot bear, because HTTP sets them by itself. */
export function headerProblems(matrix: MatrixNode): Problem[] {
  const auth = matrix.member('api').member('auth').member('header');
  const parameters = matrix
    .member('operations')
    .members()
    .flatMap((operation) => operation.member('parameters').members())
    .filter((parameter) => parameter.member('in').text === 'header');
  return [
    ...(auth.text !== undefined && isOfConnection(auth.text) ? [problem(auth, auth.text, 'value')] : []),
    ...parameters.flatMap((parameter) =>
      isOfConnection(parameter.name) ? [problem(parameter, parameter.name, 'key')] : [],
    ),
  ];
}

function problem(node: MatrixNode, name: string, at: 'value' | 'key'): Problem {
  const message = `no request can bear the header ${name}: HTTP itself sets it`;
  return node.problem({ code: 'unsendable-header', message }, at);
}
