import type { MatrixNode } from './matrix-node.ts';
import { nearMiss } from './near-miss.ts';
import type { Problem } from './problem.ts';

/** Operations whose documented errors do not fit what else they say. */
export function errorProblems(matrix: MatrixNode): Problem[] {
  const documented = matrix.member('errors').members();
  const ofFeatures = matrix
    .member('features')
    .members()
    .flatMap((feature) => feature.member('error').text ?? []);
  const withStatus = (status: number): string[] =>
    documented
      .filter((error) => error.member('status').value === status && !ofFeatures.includes(error.name))
      .map(({ name }) => name);
  const book: ErrorBook = {
    unauthenticated: withStatus(401),
    forbidden: withStatus(403),
    notFound: withStatus(404),
    invalid: [...withStatus(400), ...withStatus(422)],
  };
  return [
    ...matrix
      .member('operations')
      .members()
      .flatMap((operation) => [...missingErrors(operation, book, matrix), ...keylessDenials(operation)]),
    ...unusedEntries(matrix),
  ];
}

/** The ids of the documented errors by what they are for. */
interface ErrorBook {
  readonly unauthenticated: readonly string[];
  readonly forbidden: readonly string[];
  readonly notFound: readonly string[];
  readonly invalid: readonly string[];
}

function missingErrors(operation: MatrixNode, book: ErrorBook, matrix: MatrixNode): Problem[] {
  const errors = operation.member('errors');
  if (!Array.isArray(errors.value)) return [];
  // A mistyped error is missing under its right name: one mistake, one problem.
  const known = matrix.member('errors').names();
  const listed = errors
    .texts()
    .map((error) => (known.includes(error) ? error : (nearMiss(error, known) ?? error)));
  return neededErrors(operation, book, matrix)
    .filter(({ anyOf }) => !anyOf.some((error) => listed.includes(error)))
    .map(({ because, anyOf, status }) => {
      const message = `${operation.name} ${because}, so its errors name the one for that`;
      const expected = anyOf.length > 0 ? anyOf.join(' or ') : `an error with status ${status} in errors`;
      return errors.problem({ code: 'missing-error', message, expected }, 'key');
    });
}

interface NeededError {
  readonly because: string;
  readonly anyOf: readonly string[];
  readonly status: number;
}

/** What an operation says, and the facts of the matrix, ask for errors; what it says wrongly (a GET with a body) has a problem of its own. */
function neededErrors(operation: MatrixNode, book: ErrorBook, matrix: MatrixNode): NeededError[] {
  const needed: NeededError[] = [];
  const stated = matrix.member('facts').names();
  const denied = operation
    .member('roles')
    .members()
    .find((decision) => decision.text === 'denied');
  if (operation.member('keyless').value !== true) {
    if (stated.includes('auth-required') || book.unauthenticated.length > 0) {
      needed.push({ because: 'needs a key', anyOf: book.unauthenticated, status: 401 });
    }
    if (denied !== undefined && (stated.includes('role-enforced') || book.forbidden.length > 0)) {
      needed.push({ because: `denies ${denied.name}`, anyOf: book.forbidden, status: 403 });
    }
  }
  const takesBody = operation.member('request').isPresent && operation.member('method').text !== 'GET';
  if (takesBody && book.invalid.length > 0) {
    needed.push({ because: 'takes a request body', anyOf: book.invalid, status: 400 });
  }
  if (namesResource(operation) && (stated.includes('not-found') || book.notFound.length > 0)) {
    needed.push({ because: 'has a path parameter', anyOf: book.notFound, status: 404 });
  }
  const feature = matrix.member('features').member(operation.member('feature').text ?? '');
  const featureError = feature.member('error').text;
  if (featureError !== undefined) {
    needed.push({ because: `needs the feature ${feature.name}`, anyOf: [featureError], status: 403 });
  }
  return needed;
}

/** Whether the id of a resource stands in its path. */
function namesResource(operation: MatrixNode): boolean {
  return operation
    .member('parameters')
    .members()
    .some((parameter) => parameter.member('in').text === 'path' && !parameter.member('value').isPresent);
}

function keylessDenials(operation: MatrixNode): Problem[] {
  if (operation.member('keyless').value !== true) return [];
  return operation
    .member('roles')
    .members()
    .filter((decision) => decision.text === 'denied')
    .map((decision) =>
      decision.problem({
        code: 'keyless-denied',
        message: `${operation.name} needs no key, so it cannot deny ${decision.name}`,
        expected: 'allowed',
      }),
    );
}

/** Errors, features and references that nothing names: mostly left over, or named wrongly elsewhere. */
function unusedEntries(matrix: MatrixNode): Problem[] {
  const operations = matrix.member('operations').members();
  const facts = matrix.member('facts').members();
  const features = matrix.member('features').members();
  const used: [section: string, word: string, names: readonly string[]][] = [
    [
      'errors',
      'error',
      [...operations.flatMap((node) => node.member('errors').texts()), ...textsAt(features, 'error')],
    ],
    ['features', 'feature', textsAt(operations, 'feature')],
    [
      'values',
      'value',
      textsAt(
        operations.flatMap((node) => node.member('parameters').members()),
        'value',
      ),
    ],
    ['references', 'reference', textsAt([...operations, ...facts], 'reference')],
  ];
  return used.flatMap(([section, word, names]) =>
    matrix
      .member(section)
      .members()
      .filter(({ name }) => !names.includes(name))
      .map((node) => {
        const message = `nothing names the ${word} ${node.name}`;
        return node.problem({ severity: 'warning', code: `unused-${word}`, message }, 'key');
      }),
  );
}

function textsAt(nodes: readonly MatrixNode[], name: string): string[] {
  return nodes.flatMap((node) => node.member(name).text ?? []);
}
