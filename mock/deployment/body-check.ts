import { isObject } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Problem } from '../dialects/dialect.ts';
import { itemProblems, objectProblems, textProblems } from './open-input.ts';
import type { Call, EnteredCall } from './call.ts';
import type { Deployment } from './deployment.ts';
import { invalid, Refused } from './refusal.ts';

/** A nesting that no real request needs; deeper ones could not be written back. */
const deepestNesting = 64;

/**
 * Checks the body of a request against the request schema of its operation, and against what the dialect refuses
 * beyond it. Operations without a request schema have no body: whatever is sent there is not looked at.
 *
 * @throws Refused with every problem.
 */
export function checkBody(call: EnteredCall, deployment: Deployment): void {
  const schemaFile = call.operation.request;
  if (schemaFile === undefined) return;
  const body = bodyValue(call, deployment);
  const { validators } = deployment;
  const relevant = isObject(body) ? withoutDisregarded(body, schemaFile, deployment) : body;
  const documented = validators.problems(schemaFile, relevant);
  const problems =
    documented.length === 0 && isObject(relevant)
      ? ownProblems(relevant, schemaFile, deployment)
      : documented;
  if (problems.length > 0) throw new Refused({ kind: 'invalid', problems });
}

/** Throws Refused where a body is larger than the limit. */
export function refuseLargeBody({ body }: Call): void {
  if (body.kind === 'too-large') throw new Refused({ kind: 'too-large', limit: body.limit });
}

/** What the dialect refuses although no document says so. */
function ownProblems(body: JsonObject, schemaFile: string, { validators, dialect }: Deployment): Problem[] {
  const known = validators.members(schemaFile);
  return Object.entries(body).flatMap(([name, value]) => {
    const at = `/${name}`;
    if (!known.has(name))
      return dialect.input.unknownMember === 'refused'
        ? [{ at, message: `${at} is not a known member` }]
        : [];
    if (typeof value === 'string') return textProblems(at, value, dialect);
    if (Array.isArray(value)) return itemProblems(name, value, dialect);
    return isObject(value) ? objectProblems(name, value, dialect) : [];
  });
}

/**
 * The members of a body that passed its check, as they are kept; a body that was left out has none. Members of which
 * the dialect disregards a null are left out.
 */
export function membersOf(call: EnteredCall, deployment: Deployment): JsonObject {
  const { operation, body } = call;
  const { input } = deployment.dialect;
  if (operation.request === undefined || body.kind !== 'json' || !isObject(body.value)) return {};
  const sent = withoutDisregarded(body.value, operation.request, deployment);
  return input.blanks === 'kept' ? sent : trimmed(sent);
}

/** Without what the dialect takes for left out. */
function withoutDisregarded(body: JsonObject, schemaFile: string, deployment: Deployment): JsonObject {
  const { input, sources } = deployment.dialect;
  const { baseUrl, ...others } = body;
  const seen = sources.emptyBaseUrl === 'as-left-out' && baseUrl === '' ? others : body;
  return input.nullForOptional === 'accepted' ? withoutOptionalNulls(seen, schemaFile, deployment) : seen;
}

/** An idempotencyKey is no text to be read: it stays as it is. */
function trimmed(members: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(members).map(([name, value]) => [
      name,
      typeof value === 'string' && name !== 'idempotencyKey' ? value.trim() : value,
    ]),
  );
}

function bodyValue(call: EnteredCall, { dialect }: Deployment): unknown {
  const { body, headers, operation } = call;
  const type = headers['content-type'] ?? '';
  switch (body.kind) {
    case 'too-large':
      return refuseLargeBody(call);
    case 'none':
      if (operation.effect === 'dispatch' && dialect.dispatch.emptyBody === 'accepted') return {};
      throw invalid('/', 'the body must be a JSON object');
    case 'unreadable':
      throw invalid('/', body.why);
    case 'json':
      if (
        dialect.input.otherContentType !== 'accepted' &&
        !/^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)
      ) {
        throw new Refused({ kind: 'media-type' });
      }
      if (isDeeperThan(body.value, deepestNesting))
        throw invalid('/', `the body is nested deeper than ${deepestNesting}`);
      return body.value;
  }
}

/** `schedule: null` says something, so it stays: its schema allows null. */
function withoutOptionalNulls(body: JsonObject, schemaFile: string, { validators }: Deployment): JsonObject {
  const required = validators.required(schemaFile);
  const kept = Object.entries(body).filter(([name, value]) => {
    if (value !== null || required.has(name)) return true;
    return validators.problems(schemaFile, { [name]: null }).every(({ at }) => at !== `/${name}`);
  });
  return Object.fromEntries(kept);
}

/** Looks level by level: a recursion would be as deep as the body. */
function isDeeperThan(value: unknown, depth: number): boolean {
  let level: unknown[] = [value];
  for (let left = depth; left > 0; left -= 1) {
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []));
    if (level.length === 0) return false;
  }
  return true;
}
