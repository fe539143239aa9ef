import { checkBody, parseBody, type Problem } from './check.ts';
import type { Check } from './dialect.ts';
import { dispatch } from './dispatch.ts';
import { asked, caller, Refusal, type Exchange, type Reply } from './exchange.ts';
import { listSearches, listTopics, overview, readSearch, readTopic, updateTopic } from './insights.ts';
import { authenticate } from './keys.ts';
import { checkExistence } from './lookup.ts';
import { mayWrite } from './model.ts';
import { readDocument } from './openapi.ts';
import { readOrg } from './org.ts';
import { readEvaluation, readToolCalls, readTrace } from './run-parts.ts';
import { listRuns, readRun } from './runs.ts';
import { listSessions, readSessionTrace } from './sessions.ts';
import { createSource, listSources, readSource } from './sources.ts';
import { archiveWorkflow, createWorkflow, listWorkflows, readWorkflow, updateWorkflow } from './workflows.ts';

const handlers: Readonly<Record<string, (x: Exchange) => Reply | Promise<Reply>>> = {
  org: readOrg,
  listSources,
  createSource,
  readSource,
  listWorkflows,
  createWorkflow,
  readWorkflow,
  updateWorkflow,
  archiveWorkflow,
  dispatch,
  listRuns,
  readRun,
  readTrace,
  readEvaluation,
  readToolCalls,
  overview,
  listTopics,
  readTopic,
  updateTopic,
  listSearches,
  readSearch,
  listSessions,
  readSessionTrace,
  openapi: readDocument,
};

function requireKey(x: Exchange): void {
  x.key = authenticate(x);
  if (x.key === undefined) throw new Refusal(401, 'unauthenticated', 'A valid API key is required.');
}

function checkRole(x: Exchange): void {
  if (x.operation?.name === 'openapi') return;
  const allowed = x.operation?.write !== true || mayWrite(caller(x).role);
  const decided = x.site.hooks.role?.(x, allowed) ?? allowed;
  if (!decided) throw new Refusal(403, 'forbidden_role', 'The role of this key does not allow that.');
}

function checkFeature(x: Exchange): void {
  if (x.operation?.insights !== true) return;
  const { insights } = caller(x).org;
  const enabled = x.site.hooks.feature?.(x, insights) ?? insights;
  if (!enabled) throw new Refusal(403, 'feature_disabled', 'Insights are not enabled for this organization.');
}

/** Refuses a body that is not as documented. */
function checkInput(x: Exchange): void {
  if (x.operation?.body !== true) return;
  const { dialect } = x.site;
  if (x.raw.length > dialect.bodyLimit) throw new Refusal(413, 'too_large', 'The body is too large.');
  const type = x.headers['content-type'] ?? '';
  if (dialect.otherContentType !== 'accepted' && x.raw.length > 0 && !/^application\/json\b/i.test(type)) {
    throw new Refusal(dialect.otherContentType, 'content_type', 'The body must be application/json.');
  }
  const { body, problems } = parseBody(asked(x), x.raw);
  x.body = body;
  const all: readonly Problem[] = problems.length > 0 ? problems : checkBody(asked(x), body, dialect);
  const left = x.site.hooks.problems === undefined ? all : x.site.hooks.problems(x, all);
  const [first] = left;
  if (first !== undefined) {
    const what =
      first.path === '' ? 'The body is not a JSON object.' : `"${first.path}" is not valid (${first.rule}).`;
    throw new Refusal(400, '', what, left);
  }
}

const checks: Readonly<Record<Check, (x: Exchange) => void>> = {
  role: checkRole,
  feature: checkFeature,
  existence: checkExistence,
  validation: checkInput,
};

function refuseMethod(x: Exchange): never {
  const { dialect } = x.site;
  if (dialect.wrongMethodAuthFirst || x.allowed.length === 0) requireKey(x);
  const status = x.allowed.length === 0 ? 404 : dialect.wrongMethod;
  throw new Refusal(
    status,
    status === 404 ? dialect.missingCode : 'method_not_allowed',
    'The method or path is not valid.',
  );
}

/** Runs the handler of the asked operation. */
export function perform(x: Exchange): Reply | Promise<Reply> {
  const handler = handlers[asked(x)];
  return handler === undefined ? refuseMethod(x) : handler(x);
}

async function work(x: Exchange): Promise<Reply> {
  const early = x.site.hooks.early?.(x);
  if (early !== undefined) return early;
  if (x.operation === undefined) {
    if (x.method === 'OPTIONS') return { status: 204, headers: { Allow: x.allowed.join(', ') } };
    return refuseMethod(x);
  }
  if (x.operation.name !== 'openapi') {
    requireKey(x);
    for (const check of x.site.dialect.order) checks[check](x);
  }
  return perform(x);
}

function details(x: Exchange, refusal: Refusal): unknown {
  if (refusal.details === undefined) return undefined;
  const list = refusal.details;
  switch (x.site.dialect.details) {
    case 'list':
      return list;
    case 'object':
      return { issues: list };
    case 'text':
      return JSON.stringify(list);
    case 'absent':
      return undefined;
  }
}

function turnDown(x: Exchange, refusal: Refusal): Reply {
  const { dialect } = x.site;
  const headers: Record<string, string> = {};
  if (dialect.advisories && refusal.status === 401) headers['WWW-Authenticate'] = 'Bearer realm="armature"';
  if (dialect.advisories && refusal.status === 405) headers['Allow'] = x.allowed.join(', ');
  const more = dialect.extras ? { requestId: `req-${x.seq}`, status: refusal.status } : {};
  const error = {
    code: refusal.code === '' ? dialect.invalidCode : refusal.code,
    message: refusal.message,
    details: details(x, refusal),
  };
  return { status: refusal.status, headers, body: { ...more, error } };
}

/** Answers one request, whatever it is. */
export async function respond(x: Exchange): Promise<Reply> {
  let reply: Reply;
  try {
    reply = await work(x);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
    reply = turnDown(x, problem);
    x.site.hooks.refused?.(x, reply);
  }
  return x.site.hooks.reply === undefined ? reply : x.site.hooks.reply(x, reply);
}

/** Does what a refused request asked for, as an owner of the main organization would. */
export function carryOut(x: Exchange): void {
  const kept = x.key;
  try {
    x.key = x.site.world.keys.find((key) => key.org === x.site.world.main && key.role === 'owner');
    x.body = parseBody(asked(x), x.raw).body;
    void Promise.resolve(perform(x)).catch(() => undefined);
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem;
  } finally {
    x.key = kept;
  }
}
