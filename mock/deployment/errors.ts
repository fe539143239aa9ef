import type { Contract } from '../../src/contract/types.ts';
import type { JsonObject } from '../data/model.ts';
import type { Dialect, Problem } from '../dialects/dialect.ts';
import type { Answer } from './outcome.ts';
import type { Reason } from './refusal.ts';

/** The answer that a refusal stands for: status and code as the contract documents them, the rest by dialect. */
export function errorAnswer(reason: Reason, contract: Contract, dialect: Dialect): Answer {
  const documented = contract.errors[reason.kind];
  const status = documented?.status ?? undocumentedStatus(reason, dialect);
  const code = documented?.code ?? codeOf(reason, dialect);
  return {
    status,
    headers: headersOf(reason, status, dialect),
    body: errorBody(code, messageOf(reason), problemsOf(reason), dialect),
  };
}

/** The body of an error, in the one documented form. */
export function errorBody(
  code: string,
  message: string,
  problems: readonly Problem[],
  { errors }: Dialect,
): JsonObject {
  const details = detailsOf(problems, errors.details);
  const error = { code, message, ...(details === undefined ? {} : { details }), ...errors.within };
  return { error, ...errors.beside };
}

function detailsOf(problems: readonly Problem[], form: Dialect['errors']['details']): unknown {
  switch (form) {
    case 'list':
      return problems.length === 0 ? undefined : problems;
    case 'absent':
      return undefined;
    case 'by-member':
      return Object.fromEntries(problems.map(({ at, message }) => [at, [message]]));
    case 'fields':
      return { fields: problems.map(({ at }) => at) };
    case 'text':
      return problems.map(({ message }) => message).join('; ');
    case 'count':
      return problems.length;
    case 'null':
      return null;
  }
}

function undocumentedStatus(reason: Reason, dialect: Dialect): number {
  if (reason.kind === 'too-large') return 413;
  if (reason.kind === 'too-long') return 414;
  if (reason.kind === 'too-many') return 429;
  if (reason.kind === 'conflict') return 409;
  if (reason.kind === 'media-type') return dialect.input.otherContentType === 415 ? 415 : 400;
  return dialect.methods.status;
}

function codeOf(reason: Reason, { errors, methods }: Dialect): string {
  switch (reason.kind) {
    case 'not_found':
      return errors.notFoundCode;
    case 'method':
      return methods.status === 404 ? errors.notFoundCode : 'method_not_allowed';
    case 'too-large':
      return 'body_too_large';
    case 'too-long':
      return 'uri_too_long';
    case 'conflict':
      return 'conflict';
    case 'too-many':
      return 'rate_limited';
    case 'unauthenticated':
    case 'forbidden_role':
    case 'feature_disabled':
    case 'invalid':
    case 'media-type':
      return errors.invalidCode;
  }
}

function headersOf(reason: Reason, status: number, dialect: Dialect): Record<string, string> {
  if (reason.kind === 'unauthenticated' && dialect.authentication.challenge) {
    return { 'www-authenticate': 'Bearer realm="armature"' };
  }
  if (reason.kind === 'method' && status === 405 && dialect.methods.allow) {
    return { allow: reason.allow.join(', ') };
  }
  if (reason.kind === 'too-many') return { 'retry-after': '0' };
  return {};
}

function problemsOf(reason: Reason): readonly Problem[] {
  return reason.kind === 'invalid' ? reason.problems : [];
}

function messageOf(reason: Reason): string {
  switch (reason.kind) {
    case 'unauthenticated':
      return 'The API key is missing, malformed or revoked.';
    case 'forbidden_role':
      return `The role ${reason.role} may not do this; it takes one of ${reason.allowed.join(', ')}.`;
    case 'feature_disabled':
      return `The feature ${reason.feature} is disabled for this organization.`;
    case 'not_found':
      return `There is no such ${reason.what}.`;
    case 'invalid':
      return reason.problems.map(({ message }) => message).join('; ');
    case 'method':
      return `The method ${reason.method} is not supported here.`;
    case 'too-long':
      return `The URL is longer than ${reason.limit} bytes.`;
    case 'conflict':
      return reason.message;
    case 'too-many':
      return 'There are too many requests.';
    case 'too-large':
      return `The body is larger than ${reason.limit} bytes.`;
    case 'media-type':
      return 'The body must be sent as application/json.';
  }
}
