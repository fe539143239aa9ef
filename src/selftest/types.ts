/** What a self-test tries, and what came of it, as plain data: what its reports are made from. */
import type { Level } from '../contract/types.ts';

/** A deployment with one seeded break of the contract. */
export interface Defect {
  readonly id: string;
  /** The fact that it breaks: of the matrix, or a place such as `getOrg/success` or `listRuns?status`. */
  readonly fact: string;
  /** The operation that shows it, or `*`. */
  readonly where: string;
  readonly description: string;
  /** `must` where the break is a violation, `should` where it is an advisory. */
  readonly level: Level;
  /** True where it breaks now this request, now that (by count, connection or load): cases of any family may meet it. */
  readonly erratic?: true;
}

/** A case that a defect turned red. */
export interface RedCase {
  readonly id: string;
  readonly family: string;
  /** The scenario that carried it out; absent where the case is one exchange. */
  readonly scenario?: string;
  /** The codes of its findings, each once. */
  readonly codes: readonly string[];
  /** True where it tests the fact that the defect breaks, or found just that fact broken. */
  readonly proves: boolean;
}

/** What was sent in a trial, and what the suite itself got wrong in it. */
interface Spent {
  readonly cases: number;
  readonly requests: number;
  readonly durationMs: number;
  /** Faults of the suite, which no target may bring about. */
  readonly faults: readonly string[];
}

export interface DefectOutcome extends Spent {
  readonly defect: Defect;
  readonly fate: 'killed' | 'survived';
  readonly red: readonly RedCase[];
}

/** A case that did not stay green on a conformant deployment. */
export interface FalseAlarm {
  readonly dialect: string;
  readonly case: string;
  readonly kind: 'failed' | 'inconclusive';
  /** The findings in words, or why it could not be judged. */
  readonly told: readonly string[];
}

export interface DialectOutcome extends Spent {
  readonly dialect: string;
  readonly falseAlarms: readonly FalseAlarm[];
}

/** A defect that turned red a family that is not on record for it. */
export interface Surprise {
  readonly defect: string;
  readonly family: string;
  /** One case of the family. */
  readonly case: string;
}

export interface Score {
  readonly dialects: number;
  readonly falseAlarms: number;
  readonly defects: number;
  readonly killed: number;
  readonly survivors: readonly string[];
  /** Families that turned red and are not on record. */
  readonly surprises: number;
  readonly faults: number;
}
