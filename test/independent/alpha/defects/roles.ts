import { asked } from '../exchange.ts';
import type { Hooks, Seeded } from '../hooks.ts';
import type { Role } from '../model.ts';
import { answering, defect, failure } from './build.ts';
import { facts } from './facts.ts';

function admits(operation: string): Seeded {
  return defect(`viewer-may-${operation}`, facts.writes, `viewer on ${operation}`, {
    role: (x, allowed) => allowed || asked(x) === operation,
  });
}

function denies(role: Role, operation: string): Seeded {
  const write = /^(create|update|archive|dispatch)/.test(operation);
  return defect(
    `${role}-denied-${operation}`,
    write ? facts.writes : facts.reads,
    `${role} on ${operation}`,
    {
      role: (x, allowed) =>
        allowed && !(x.key?.role === role && x.key.org === x.site.world.main && asked(x) === operation),
    },
  );
}

function insteadOf403(id: string, where: string, change: Hooks): Seeded {
  return defect(id, facts.forbidden, where, change);
}

const isRoleRefusal = (body: unknown): boolean => JSON.stringify(body).includes('forbidden_role');

export const roleDefects: readonly Seeded[] = [
  ...['createSource', 'createWorkflow', 'updateWorkflow', 'archiveWorkflow', 'dispatch', 'updateTopic'].map(
    admits,
  ),
  denies('viewer', 'listSources'),
  denies('viewer', 'readSource'),
  denies('viewer', 'readTrace'),
  denies('viewer', 'readToolCalls'),
  denies('viewer', 'listSearches'),
  denies('viewer', 'readSessionTrace'),
  denies('viewer', 'org'),
  denies('editor', 'overview'),
  denies('editor', 'readEvaluation'),
  denies('editor', 'createSource'),
  denies('editor', 'archiveWorkflow'),
  denies('editor', 'updateTopic'),
  denies('admin', 'dispatch'),
  denies('admin', 'updateWorkflow'),
  denies('admin', 'listTopics'),
  denies('owner', 'updateTopic'),
  denies('owner', 'createWorkflow'),
  denies('owner', 'listWorkflows'),
  denies('owner', 'dispatch'),
  defect('viewer-may-replay', facts.writes, 'viewer on dispatch with a known idempotencyKey', {
    role: (x, allowed) => {
      if (allowed || asked(x) !== 'dispatch') return allowed;
      const key = /"idempotencyKey"\s*:\s*"([^"]+)"/.exec(x.raw.toString())?.[1] ?? '';
      return x.site.world.idempotency.has(`${x.id} ${key}`);
    },
  }),
  defect('viewer-may-update-empty', facts.writes, 'viewer on PATCH with an empty object', {
    role: (x, allowed) => allowed || (asked(x).startsWith('update') && x.raw.toString().trim() === '{}'),
  }),
  defect('viewer-may-flag-topic', facts.writes, 'viewer on PATCH of a topic without a label', {
    role: (x, allowed) => allowed || (asked(x) === 'updateTopic' && !x.raw.toString().includes('label')),
  }),
  defect('viewer-may-second-time', facts.writes, 'viewer on a write tried three times', {
    role: (x, allowed) => {
      if (allowed) return true;
      const slot = `${x.method} ${x.path}`;
      const tries = Number(x.site.memory.get(slot) ?? 0) + 1;
      x.site.memory.set(slot, tries);
      return tries >= 3;
    },
  }),
  defect('role-of-last-caller', facts.writes, "viewer writes right after an owner's request", {
    role: (x, allowed) => {
      const last = x.site.memory.get('role');
      x.site.memory.set('role', x.key?.role);
      return allowed || last === 'owner';
    },
  }),
  insteadOf403(
    'role-code-forbidden',
    'code forbidden',
    answering(403, (reply) => (isRoleRefusal(reply.body) ? failure(403, 'forbidden', 'No.') : reply)),
  ),
  insteadOf403(
    'role-code-dispatch',
    'dispatch: code FORBIDDEN_ROLE',
    answering(403, (reply, x) => (asked(x) === 'dispatch' ? failure(403, 'FORBIDDEN_ROLE', 'No.') : reply)),
  ),
  insteadOf403(
    'role-code-archive',
    'archive: code insufficient_role',
    answering(403, (reply, x) =>
      asked(x) === 'archiveWorkflow' ? failure(403, 'insufficient_role', 'No.') : reply,
    ),
  ),
  insteadOf403(
    'role-code-topic',
    'topic edit: code feature_disabled',
    answering(403, (reply, x) =>
      asked(x) === 'updateTopic' && x.key?.org.insights ? failure(403, 'feature_disabled', 'No.') : reply,
    ),
  ),
  insteadOf403(
    'role-refusal-401',
    'create a source: 401',
    answering(403, (reply, x) =>
      asked(x) === 'createSource' ? failure(401, 'unauthenticated', 'No.') : reply,
    ),
  ),
  insteadOf403(
    'role-refusal-404',
    'update a workflow: 404',
    answering(403, (reply, x) => (asked(x) === 'updateWorkflow' ? failure(404, 'not_found', 'No.') : reply)),
  ),
  insteadOf403(
    'role-refusal-empty',
    '403 without a body',
    answering(403, (reply) => (isRoleRefusal(reply.body) ? { status: 403 } : reply)),
  ),
];
