/** The entries of the file of known failures, as plain data. */
import type { SourcePosition } from '../contract/types.ts';

/** What a run is not failed for. */
export type KnownFailure = KnownFinding | KnownCell;

interface KnownEntry {
  readonly reason: string;
  readonly link?: string;
  /** The last day on which it counts, as YYYY-MM-DD. */
  readonly expires?: string;
  readonly position: SourcePosition;
}

/** Findings that are known. */
export interface KnownFinding extends KnownEntry {
  /** A case id, or a glob on case ids. */
  readonly case: string;
  /** The code of the finding: `status`, `schema` … */
  readonly code: string;
}

/** Cells of which it is accepted that they are tried and not proven. */
export interface KnownCell extends KnownEntry {
  /** Operation and role, as `createWorkflow/viewer`, or a glob. */
  readonly cell: string;
}

/** An entry that has to go. */
export type OutdatedEntry = (Pick<KnownFinding, 'case' | 'code'> | Pick<KnownCell, 'cell'>) & {
  /** `file:line:column`. */
  readonly position: string;
  readonly problem: string;
};
