/** Who may do what as the run saw it, beside what the matrix declares. */
import type { Decision } from '../contract/types.ts';
import { cellName, cellsOf, type CellStanding } from '../results/cells.ts';
import type { AnswerCount, ObservedOperation, Results } from '../results/types.ts';

/** `mixed`: some requests of the role were let through and some refused for the role. */
export type Observation = Decision | 'mixed' | 'unknown';

export interface ObservedRole {
  readonly role: string;
  readonly declared: Decision;
  readonly observed: Observation;
  /** How many answers let the role through, and how many refused it. */
  readonly allowed: number;
  readonly denied: number;
  /** What the run proved of the cell; absent where it was not asked for, and where no key of the role was shown. */
  readonly standing?: CellStanding;
}

export interface ObservedRow {
  readonly operation: string;
  readonly surface: string;
  readonly roles: readonly ObservedRole[];
}

export interface ObservedRoles {
  readonly roles: readonly string[];
  readonly rows: readonly ObservedRow[];
  /** What differs, a sentence each: `editor behaves as viewer on insights`. */
  readonly differences: readonly string[];
}

/**
 * The observed role of each key: what its documented form got. Operations without a key say nothing of roles and are
 * left out.
 */
export function observedRoles(results: Results): ObservedRoles {
  const { operations, credentials } = results;
  const standings = new Map(cellsOf(results).map((cell) => [cellName(cell), cell.standing]));
  const keys = credentials.flatMap(({ id, role }) => (role === undefined ? [] : [{ id, role }]));
  const rows = operations
    .filter(({ keyless }) => !keyless)
    .map((operation) => ({
      operation: operation.operation,
      surface: operation.surface,
      roles: keys.map(({ id, role }) => {
        const standing = standings.get(cellName({ operation: operation.operation, role }));
        return {
          ...observedRole(operation, id, role),
          ...(standing === undefined ? {} : { standing }),
        };
      }),
    }));
  const roles = keys.map(({ role }) => role);
  return { roles, rows, differences: roles.flatMap((role) => differencesOf(role, roles, rows)) };
}

/** Whether a role was seen to do what it may not, or not to do what it may. */
export function differs({ declared, observed }: ObservedRole): boolean {
  return observed !== 'unknown' && observed !== declared;
}

function observedRole(operation: ObservedOperation, credential: string, role: string): ObservedRole {
  const own = operation.answers.filter((one) => one.credential === credential && one.form === 'bearer');
  const allowed = countOf(own, 'allowed');
  const denied = countOf(own, 'denied');
  return {
    role,
    declared: operation.roles[role] ?? 'denied',
    observed: observationOf(allowed, denied),
    allowed,
    denied,
  };
}

function countOf(answers: readonly AnswerCount[], access: Decision): number {
  return answers.reduce((sum, one) => sum + (one.access === access ? one.count : 0), 0);
}

function observationOf(allowed: number, denied: number): Observation {
  if (allowed > 0) return denied > 0 ? 'mixed' : 'allowed';
  return denied > 0 ? 'denied' : 'unknown';
}

function differencesOf(
  role: string,
  roles: readonly string[],
  rows: readonly ObservedRow[],
): readonly string[] {
  const wrong = rows.filter((row) => row.roles.some((one) => one.role === role && differs(one)));
  if (wrong.length === 0) return [];
  const everywhere = twinOf(role, roles, rows);
  if (everywhere !== undefined) return [`${role} behaves as ${everywhere}`];
  return [...new Set(wrong.map(({ surface }) => surface))].flatMap((surface) => {
    const within = rows.filter((row) => row.surface === surface);
    const twin = twinOf(role, roles, within);
    if (twin !== undefined) return [`${role} behaves as ${twin} on ${surface}`];
    return wrong.filter((row) => row.surface === surface).map((row) => sentence(role, row));
  });
}

/** The other role whose declared rights are what was observed of this one, wherever anything was observed. */
function twinOf(role: string, roles: readonly string[], rows: readonly ObservedRow[]): string | undefined {
  const at = (row: ObservedRow, name: string): ObservedRole | undefined =>
    row.roles.find((one) => one.role === name);
  return roles.find(
    (other) =>
      other !== role &&
      rows.every((row) => {
        const observed = at(row, role)?.observed;
        return observed === 'unknown' || observed === at(row, other)?.declared;
      }),
  );
}

function sentence(role: string, { operation, roles }: ObservedRow): string {
  const one = roles.find((candidate) => candidate.role === role);
  if (one?.observed === 'mixed') {
    return `${role} is let through ${one.allowed} times and refused ${one.denied} times by ${operation}, which it is ${one.declared}`;
  }
  return one?.observed === 'allowed'
    ? `${role} may do ${operation}, which it is denied`
    : `${role} is refused by ${operation}, which it is allowed`;
}
