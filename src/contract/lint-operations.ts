import type { MatrixNode } from './matrix-node.ts';
import { suggest } from './near-miss.ts';
import { templateParameters, templateShape } from './path-template.ts';
import type { Problem } from './problem.ts';

/** What is wrong with operations each by itself, and between two of them. */
export function operationProblems(matrix: MatrixNode): Problem[] {
  const operations = matrix.member('operations').members();
  return [
    ...sameRequests(operations),
    ...operations.flatMap((operation) => [
      ...pathProblems(operation),
      ...methodProblems(operation),
      ...queryProblems(operation),
      ...stateProblems(operation, matrix.member('resources')),
    ]),
  ];
}

function sameRequests(operations: readonly MatrixNode[]): Problem[] {
  const seen = new Map<string, MatrixNode>();
  return operations.flatMap((operation) => {
    const path = operation.member('path');
    const method = operation.member('method').text;
    if (path.text === undefined || method === undefined) return [];
    const request = `${method} ${templateShape(path.text)}`;
    const first = seen.get(request);
    if (first === undefined) {
      seen.set(request, operation);
      return [];
    }
    const message = `${first.name} (line ${first.line}) has the same method and path`;
    return [path.problem({ code: 'duplicate-operation', message })];
  });
}

function pathProblems(operation: MatrixNode): Problem[] {
  const path = operation.member('path');
  if (path.text === undefined) return [];
  const inTemplate = templateParameters(path.text);
  const declared = operation
    .member('parameters')
    .members()
    .filter((parameter) => parameter.member('in').text === 'path');
  const names = declared.map(({ name }) => name);
  const undeclared = inTemplate.filter((name) => !names.includes(name));
  const idle = declared.filter(({ name }) => !inTemplate.includes(name));
  const twice = inTemplate.filter((name, index) => inTemplate.indexOf(name) !== index);
  return [
    ...undeclared.map((name) =>
      path.problem({
        code: 'undeclared-parameter',
        message: `the parameter {${name}} of the path is not declared`,
        expected: `${name} among the parameters, in: path`,
        ...suggest(
          name,
          idle.map((parameter) => parameter.name),
        ),
      }),
    ),
    ...idle.map((parameter) => {
      const message = `the path has no parameter {${parameter.name}}`;
      return parameter.problem(
        { code: 'parameter-not-in-path', message, ...suggest(parameter.name, undeclared) },
        'key',
      );
    }),
    ...twice.map((name) =>
      path.problem({ code: 'duplicate-parameter', message: `the path has the parameter {${name}} twice` }),
    ),
  ];
}

function methodProblems(operation: MatrixNode): Problem[] {
  if (operation.member('method').text !== 'GET') return [];
  const request = operation.member('request');
  const effect = operation.member('effect');
  return [
    ...(request.isPresent
      ? [
          request.problem(
            { code: 'request-on-get', message: 'a GET has no request body (RFC 9110, section 9.3.1)' },
            'key',
          ),
        ]
      : []),
    ...(effect.text === undefined || effect.text === 'read'
      ? []
      : [
          effect.problem({
            code: 'effect-of-get',
            message: `a GET is safe (RFC 9110, section 9.2.1): it cannot ${effect.text} anything`,
            expected: 'read',
          }),
        ]),
  ];
}

function queryProblems(operation: MatrixNode): Problem[] {
  const parameters = operation
    .member('parameters')
    .members()
    .filter((parameter) => parameter.member('in').text === 'query');
  const names = parameters.map(({ name }) => name);
  return parameters.flatMap((parameter) => {
    const value = parameter.member('default');
    const values = parameter.member('values').texts();
    const size = parameter.member('filter').member('size');
    const problems: Problem[] = [];
    if (value.text !== undefined && values.length > 0 && !values.includes(value.text)) {
      const message = `the default ${value.text} is not among the values`;
      problems.push(
        value.problem({ code: 'default-not-listed', message, expected: `one of ${values.join(', ')}` }),
      );
    }
    if (size.text !== undefined && !names.includes(size.text)) {
      const message = `${operation.name} has no query parameter ${size.text}`;
      problems.push(size.problem({ code: 'unknown-parameter', message, ...suggest(size.text, names) }));
    }
    return problems;
  });
}

function stateProblems(operation: MatrixNode, resources: MatrixNode): Problem[] {
  return operation
    .member('parameters')
    .members()
    .flatMap((parameter) => {
      const state = parameter.member('state');
      const resource = resources.member(parameter.member('resource').text ?? '');
      if (!state.isPresent || !resource.isPresent || resource.member('states').isPresent) return [];
      const message = `the resource ${resource.name} declares no states`;
      return [state.problem({ code: 'undeclared-states', message })];
    });
}
