import type { Operation } from '../../src/contract/types.ts';
import type { Dialect } from '../dialects/dialect.ts';
import type { Arrival } from './call.ts';
import type { Deployment } from './deployment.ts';
import { errorAnswer } from './errors.ts';
import { refuseKey } from './handle.ts';
import type { Answer } from './outcome.ts';

/**
 * Answers a request that is no operation of the contract: a method that is not documented for its path, or a path
 * that is not documented at all.
 *
 * @param operations those of the path; empty where the path is not documented.
 */
export function strayAnswer(
  stray: Arrival,
  operations: readonly Operation[],
  deployment: Deployment,
): Answer {
  const { contract, dialect } = deployment;
  const allow = [...new Set(operations.map(({ method }) => method as string))];
  if (stray.method === 'OPTIONS' && dialect.methods.options === 'preflight') {
    return { status: 204, headers: { allow: [...allow, 'OPTIONS'].join(', ') }, body: undefined };
  }
  const [operation] = operations;
  if (looksAtKeyFirst(operation, dialect.methods)) {
    const refusal = refuseKey(stray, deployment);
    if (refusal !== undefined) return refusal;
  }
  return operation === undefined
    ? errorAnswer({ kind: 'not_found', what: 'path' }, contract, dialect)
    : errorAnswer({ kind: 'method', method: stray.method, allow }, contract, dialect);
}

function looksAtKeyFirst(operation: Operation | undefined, methods: Dialect['methods']): boolean {
  if (operation === undefined && methods.unknownPath !== 'as-methods')
    return methods.unknownPath === 'key-first';
  return methods.keyFirst && operation?.keyless !== true;
}
