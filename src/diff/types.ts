/** What two deployments differ in, as plain data. */
import type { FreedomChange } from '../fingerprint/compare.ts';
import type { Results } from '../results/types.ts';

export type DifferenceKind = 'status' | 'code' | 'body' | 'finding';

/** One side of an entry: what was asked there and what came. */
export interface SideOfEntry {
  readonly requestId: string;
  readonly method: string;
  readonly url: string;
  /** The status, or why no answer came. */
  readonly answer: string;
  /** The first part of the body. */
  readonly body: string;
}

export interface Entry {
  readonly case: string;
  readonly title: string;
  readonly a: SideOfEntry;
  readonly b: SideOfEntry;
}

/** One cause, with all that shows it. */
export interface Difference {
  readonly kind: DifferenceKind;
  /** What is compared, such as `not-found`, or `the body of 200`. */
  readonly of: string;
  readonly operations: readonly string[];
  readonly a: string;
  readonly b: string;
  /** True where other data could be all that is behind it: members that not every object has. Such a one fails nothing. */
  readonly dataMayExplain: boolean;
  /** How many requests show it. */
  readonly requests: number;
  /** How many cases show it, and the ids of all of them. */
  readonly cases: readonly string[];
  /** The first ones side by side. */
  readonly entries: readonly Entry[];
}

/** Cases that only one side could carry out: nothing was compared. */
export interface OneSided {
  readonly missing: 'a' | 'b';
  readonly status: 'skipped' | 'inconclusive' | 'absent';
  readonly reason: string;
  readonly cases: readonly string[];
}

export type SideName = Pick<Results, 'target' | 'profile' | 'seed' | 'runId' | 'startedAt' | 'requests'>;

export interface Diff {
  readonly a: SideName;
  readonly b: SideName;
  readonly compared: { readonly cases: number; readonly requests: number };
  readonly differences: readonly Difference[];
  /** What the answers as a whole tell: the forms of ids, envelopes, headers … */
  readonly freedoms: readonly FreedomChange[];
  readonly oneSided: readonly OneSided[];
}
