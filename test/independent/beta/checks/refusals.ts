import type { Call, Reply } from '../call.ts';
import { reply } from '../call.ts';
import type { Json, JsonObject } from '../json.ts';
import type { Problem } from './shape.ts';

/** An answer that refuses a call. Nothing of the request is repeated in it. */
export function refusal(call: Call, status: number, code: string, message: string, details?: Json): Reply {
  const error: JsonObject = { code, message };
  if (details !== undefined) error['details'] = details;
  else if (call.settings.details === 'null') error['details'] = null;
  const body: JsonObject = { error };
  if (call.settings.errorExtras) {
    error['status'] = status;
    error['docs'] = 'https://docs.example/errors';
    error['causes'] = [];
    body['requestId'] = `req-${call.number}`;
    body['ok'] = false;
    body['data'] = null;
  }
  return reply(status, body);
}

/** 401. */
export function unauthenticated(call: Call): Reply {
  const made = refusal(call, 401, 'unauthenticated', 'A valid API key is required.');
  if (call.settings.challenge) made.headers['WWW-Authenticate'] = 'Bearer realm="armature"';
  return made;
}

/** 403 for a role that is too low. */
export function forbidden(call: Call): Reply {
  return refusal(call, 403, 'forbidden_role', 'The role of this key does not allow the operation.');
}

/** 403 for a feature that is off. */
export function featureOff(call: Call): Reply {
  return refusal(call, 403, 'feature_disabled', 'Insights are disabled for this organization.');
}

/** 404. */
export function notFound(call: Call): Reply {
  return refusal(call, 404, call.settings.codes.missing, 'There is no such resource.');
}

const words: Readonly<Record<Problem['kind'], string>> = {
  json: 'is not JSON',
  body: 'is not a JSON object',
  missing: 'is required',
  null: 'must not be null',
  type: 'has the wrong type',
  enum: 'is not one of the allowed values',
  uri: 'is not a URI',
  unknown: 'is not a known member',
  empty: 'must not be empty',
  long: 'is too long',
};

function detailsOf(call: Call, problems: readonly Problem[]): Json | undefined {
  const first = problems[0];
  switch (call.settings.details) {
    case 'list':
      return problems.slice(0, 20).map(({ path, kind }) => ({ path, issue: words[kind] }));
    case 'object':
      return Object.fromEntries(problems.slice(0, 20).map(({ path, kind }) => [path, [words[kind]]]));
    case 'text':
      return first ? `${first.path} ${words[first.kind]}` : '';
    default:
      return undefined;
  }
}

/** 400 for faults of the body or of a parameter. */
export function invalid(call: Call, problems: readonly Problem[]): Reply {
  const first = problems[0];
  const message = first ? `${first.path || 'The body'} ${words[first.kind]}.` : 'The request is invalid.';
  return refusal(call, 400, call.settings.codes.invalid, message, detailsOf(call, problems));
}
