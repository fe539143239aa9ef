/**
 * What a run proved of each cell, an operation and a role: the one computation that verdict, grid and every report
 * share. Pure, from the cases, so that whoever reads results comes to the same.
 */
import type { Decision } from '../contract/types.ts';
import type { CaseResult, ObservedOperation, Results } from './types.ts';
import { judgedStatus } from './verdict.ts';

/**
 * `proven`: a case that passed proves it; `broken`: a case about it failed; `not-proven`: it was tried, and no case
 * proves it; `not-tried`: no case about it was sent.
 */
export type CellStanding = 'proven' | 'broken' | 'not-proven' | 'not-tried';

export interface Cell {
  readonly operation: string;
  readonly role: string;
  /** What the contract says of it. */
  readonly decision: Decision;
  readonly standing: CellStanding;
  /** Why it is not proven, or was not tried, in words; empty for the others. */
  readonly because: readonly string[];
  /** What would have more cases about it sent, such as `--profile full`; empty where the run sent them all. */
  readonly remedies: readonly string[];
  /** Whether a case about it was judged; where none was, that case is told as not judged. */
  readonly judged: boolean;
  /** Why it is accepted that nothing proves it, from the file of known failures. */
  readonly known?: string;
}

/** How many cells there are of each standing. */
export interface CellCounts {
  readonly proven: number;
  readonly broken: number;
  readonly notProven: number;
  readonly notTried: number;
}

/** What the cells are computed from. */
export type CellFacts = Pick<Results, 'cases' | 'operations' | 'credentials' | 'strict' | 'profile'>;

/** The name of a cell, as known failures and reports have it: `createWorkflow/viewer`. */
export function cellName({ operation, role }: Pick<Cell, 'operation' | 'role'>): string {
  return `${operation}/${role}`;
}

/**
 * The cells of the roles whose key was shown, in the order of the contract, without those of operations that need no
 * key and those that were not asked for. Empty for results that tell of no cell, such as those of older versions.
 */
export function cellsOf(facts: CellFacts): readonly Cell[] {
  const { cases, operations, credentials } = facts;
  if (!cases.some(({ cell }) => cell !== undefined)) return [];
  const roleOf = new Map(credentials.flatMap(({ id, role }) => (role === undefined ? [] : [[id, role]])));
  const squares = new Map<string, CaseResult[]>();
  const shown = new Set<string>();
  for (const one of cases) {
    const role = one.cell?.role ?? roleOf.get(one.credential);
    if (role === undefined) continue;
    if (one.status !== 'skipped') shown.add(role);
    const name = cellName({ operation: one.operation, role });
    const square = squares.get(name);
    if (square === undefined) squares.set(name, [one]);
    else square.push(one);
  }
  const roles = [...new Set(roleOf.values())].filter((role) => shown.has(role));
  return operations
    .filter(({ keyless }) => !keyless)
    .flatMap((operation) =>
      roles.flatMap((role) => {
        const square = squares.get(cellName({ operation: operation.operation, role })) ?? [];
        const asked = square.some(({ unasked }) => unasked !== true);
        return asked ? [cellOf(operation, role, square, facts)] : [];
      }),
    );
}

/** The cells that were tried and not proven, but for those that are accepted as such. */
export function unprovenCells(cells: readonly Cell[]): readonly Cell[] {
  return cells.filter(({ standing, known }) => standing === 'not-proven' && known === undefined);
}

/** The cells that keep a run from being conformant; none of a shard, for what is proven only the merge can tell. */
export function openCells(results: CellFacts & Pick<Results, 'shard'>): readonly Cell[] {
  return results.shard === undefined ? unprovenCells(cellsOf(results)) : [];
}

/** Counts cells by their standing. */
export function countCells(cells: readonly Cell[]): CellCounts {
  const count = (standing: CellStanding): number => cells.filter((cell) => cell.standing === standing).length;
  return {
    proven: count('proven'),
    broken: count('broken'),
    notProven: count('not-proven'),
    notTried: count('not-tried'),
  };
}

function cellOf(
  { operation, roles }: ObservedOperation,
  role: string,
  square: readonly CaseResult[],
  { strict, profile }: Pick<CellFacts, 'strict' | 'profile'>,
): Cell {
  const about = square.filter(({ cell }) => cell !== undefined);
  const unsent = square.filter(
    ({ cell, facts }) => cell === undefined && facts.includes(`${operation}/roles`),
  );
  const standing = standingOf(about, strict);
  const known = standing === 'not-proven' ? about.find(({ cell }) => cell?.known !== undefined) : undefined;
  const reasons: Readonly<Record<CellStanding, readonly CaseResult[]>> = {
    proven: [],
    broken: [],
    'not-proven': about,
    'not-tried': unsent.slice(0, 1),
  };
  return {
    operation,
    role,
    decision: roles[role] ?? 'denied',
    standing,
    because: distinct(reasons[standing].map(({ cell, reason }) => reason ?? cell?.because)),
    remedies: distinct([
      ...unsent.map(({ remedy }) => remedy),
      // There a refused write aims at what the run made, here at what nothing has.
      ...(profile === 'guarded' && standing === 'not-proven' ? ['--profile full'] : []),
    ]),
    judged: about.some(({ status }) => status !== 'inconclusive'),
    ...(known?.cell?.known === undefined ? {} : { known: known.cell.known }),
  };
}

function standingOf(about: readonly CaseResult[], strict: boolean): CellStanding {
  if (about.length === 0) return 'not-tried';
  if (
    about.some(({ status, findings }) => status === 'failed' || judgedStatus(findings, strict) === 'failed')
  )
    return 'broken';
  const proof = about.some(({ status, cell }) => status === 'passed' && cell?.standing === 'proven');
  return proof ? 'proven' : 'not-proven';
}

function distinct(texts: readonly (string | undefined)[]): readonly string[] {
  return [...new Set(texts.flatMap((text) => text ?? []))];
}
