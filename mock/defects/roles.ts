import type { Role } from './role-hooks.ts';
import { actingAs, allowing, denying } from './role-hooks.ts';
import type { Defect } from './defect.ts';
import { answersWith, bodies, inner, must } from './hooking.ts';

/** Which role is refused where it may, in each operation: one that reads, or one that writes. */
const refused: readonly (readonly [operation: string, role: Role])[] = [
  ['getOrg', 'viewer'],
  ['listMcpServers', 'viewer'],
  ['createMcpServer', 'editor'],
  ['getMcpServer', 'editor'],
  ['listWorkflows', 'admin'],
  ['createWorkflow', 'editor'],
  ['getWorkflow', 'viewer'],
  ['updateWorkflow', 'admin'],
  ['archiveWorkflow', 'editor'],
  ['dispatchRun', 'admin'],
  ['listRuns', 'viewer'],
  ['getRun', 'owner'],
  ['getRunTrace', 'viewer'],
  ['getRunEvaluation', 'editor'],
  ['listRunToolCalls', 'viewer'],
  ['getInsightsOverview', 'viewer'],
  ['listTopics', 'editor'],
  ['getTopic', 'viewer'],
  ['updateTopic', 'editor'],
  ['listSearches', 'admin'],
  ['getSearch', 'viewer'],
  ['listSessions', 'viewer'],
  ['getSessionTrace', 'owner'],
  ['getOpenapi', 'viewer'],
];

const refusedRoles: readonly Defect[] = refused.map(([operation, role]) =>
  must(
    `role-${role}-refused-${operation}`,
    `${operation}/roles`,
    operation,
    `The role ${role} is refused where it is allowed.`,
    denying(operation, role),
  ),
);

const writes = [
  'createMcpServer',
  'createWorkflow',
  'updateWorkflow',
  'archiveWorkflow',
  'dispatchRun',
  'updateTopic',
];

const allowedRoles: readonly Defect[] = writes.map((operation) =>
  must(
    `role-viewer-may-${operation}`,
    `${operation}/roles`,
    operation,
    'A viewer may write.',
    allowing(operation, 'viewer'),
  ),
);

const enforcement: readonly Defect[] = [
  must('role-not-enforced', 'role-enforced', '*', 'No role is ever refused.', allowing('*', 'viewer')),
  must(
    'role-other-code',
    'role-enforced',
    '*',
    'The code for a role that is too low is `forbidden`.',
    answersWith(403, '*', (answer, call) =>
      roleError(call.operation.feature === undefined, answer, 403, 'forbidden'),
    ),
  ),
  must(
    'role-is-401',
    'role-enforced',
    '*',
    'A role that is too low is 401.',
    answersWith(403, '*', (answer, call) =>
      roleError(call.operation.feature === undefined, answer, 401, 'unauthenticated'),
    ),
  ),
  must(
    'role-is-404-on-archive',
    'role-enforced',
    'archiveWorkflow',
    'A role that is too low gets 404 for an archive.',
    answersWith(403, 'archiveWorkflow', (answer) => ({ ...answer, status: 404 })),
  ),
];

const frozen: readonly Defect[] = [
  must(
    'role-by-header',
    'role-of-key',
    '*',
    'A header X-Role overrides the role of the key.',
    actingAs(
      ({ arrival }) =>
        arrival.headers['x-role'] ?? arrival.headers['x-armature-role'] ?? arrival.headers['x-user-role'],
    ),
  ),
  must(
    'role-by-query',
    'role-of-key',
    '*',
    'A query parameter `role` overrides the role of the key.',
    actingAs(
      ({ arrival }) => new URLSearchParams(arrival.target.split('?')[1] ?? '').get('role') ?? undefined,
    ),
  ),
  must(
    'role-shown-as-owner',
    'role-of-key',
    'getOrg',
    'Every actor is shown as owner.',
    showing(() => 'owner'),
  ),
  must(
    'role-editor-shown-as-admin',
    'role-of-key',
    'getOrg',
    'An editor is shown as admin.',
    showing((role) => (role === 'editor' ? 'admin' : role)),
  ),
  must('role-grows', 'role-of-key', '*', 'A viewer who reads the organization becomes an editor.', () => {
    let grown = false;
    return {
      authenticate: ({ arrival, presented, find }) => {
        const actor = find(presented);
        if (actor?.role !== 'viewer') return actor;
        const now = grown ? { ...actor, role: 'editor' } : actor;
        grown ||= arrival.operation?.id === 'getOrg';
        return now;
      },
    };
  }),
];

/** Defects of roles: who may do what, and where a role comes from. */
export const roleDefects: readonly Defect[] = [...refusedRoles, ...allowedRoles, ...enforcement, ...frozen];

function roleError<T extends { status: number; body: unknown }>(
  applies: boolean,
  answer: T,
  status: number,
  code: string,
): T {
  return applies
    ? { ...answer, status, body: { error: { code, message: 'Your role is too low.' } } }
    : answer;
}

function showing(role: (own: string) => string): Defect['hooks'] {
  return bodies('getOrg', (body) => {
    const actor = inner(body, 'actor');
    return { ...body, actor: { ...actor, role: role(String(actor['role'])) } };
  });
}
