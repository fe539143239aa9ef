import type { MatrixNode } from './matrix-node.ts';
import type { Problem } from './problem.ts';

/** Operations of the second door that no request could be made for, or that could be taken for one another. */
export function mcpProblems(matrix: MatrixNode): Problem[] {
  const mcp = matrix.member('mcp');
  const operations = mcp.member('operations').members();
  const rest = matrix.member('operations').names();
  return [
    ...sharedUris(operations),
    ...operations.flatMap((operation) => [
      ...unreachable(operation),
      ...namelessArguments(operation),
      ...(rest.includes(operation.name)
        ? [
            operation.problem(
              {
                code: 'duplicate-operation',
                message: `an operation of REST has the id ${operation.name} too`,
              },
              'key',
            ),
          ]
        : []),
    ]),
  ];
}

function sharedUris(operations: readonly MatrixNode[]): Problem[] {
  const seen = new Map<string, MatrixNode>();
  return operations.flatMap((operation) => {
    const uri = operation.member('uri');
    const first = uri.text === undefined ? undefined : seen.get(uri.text);
    if (uri.text === undefined) return [];
    seen.set(uri.text, first ?? operation);
    if (first === undefined) return [];
    return [
      uri.problem({
        code: 'duplicate-operation',
        message: `${first.name} (line ${first.line}) has the same URI`,
      }),
    ];
  });
}

/** A tool and a prompt are asked for by their name, a resource by its URI; else words have to find them. */
function unreachable(operation: MatrixNode): Problem[] {
  const kind = operation.member('kind').text;
  const uri = operation.member('uri');
  if (kind !== 'resource' && uri.isPresent) {
    return [uri.problem({ code: 'misplaced-member', message: `a ${kind ?? 'tool'} has no URI` }, 'key')];
  }
  if (kind !== 'resource' || uri.isPresent || operation.member('find').isPresent) return [];
  const message = `nothing says how the resource ${operation.name} is found`;
  return [
    operation.problem({ code: 'missing-member', message, expected: 'a uri, or words under find' }, 'key'),
  ];
}

function namelessArguments(operation: MatrixNode): Problem[] {
  return operation
    .member('arguments')
    .members()
    .filter((argument) => !argument.member('name').isPresent && !argument.member('find').isPresent)
    .map((argument) =>
      argument.problem(
        {
          code: 'missing-member',
          message: `nothing says how the argument ${argument.name} is called`,
          expected: 'a name, or words under find',
        },
        'key',
      ),
    );
}
