/** What a self-test tries, and what came of it, as plain data: what its reports are made from. */
import type { Level } from '../contract/types.ts';
import type { Profile } from '../plan/types.ts';
import type { Point } from './points.ts';

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
  /** Where it cannot be seen: values of axes that hide it when all of one entry hold, for what it does is lawful there. */
  readonly unseenWhere?: readonly Readonly<Partial<Record<string, string>>>[];
}

/** What a deployment is started as. */
export interface On {
  /** As the mock is told of it: a name, `seed:N`, or `axis=value,axis=value`. */
  readonly dialect: string;
  /** How many things a second somebody else does to it meanwhile; absent for nobody. */
  readonly colleague?: number;
}

/** A deployment, and the profile of the run. */
export interface Setup extends On {
  readonly profile: Profile;
}

/** A case that a defect turned red. */
export interface RedCase {
  readonly id: string;
  readonly family: string;
  readonly operation: string;
  readonly credential: string;
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

/**
 * How a run on a defect ends. `caught`: exit code 1, and a case that should catch it is red. `elsewhere`: exit code 1,
 * for something else alone. `inconclusive`: neither in violation nor conformant. `green`: exit code 0.
 */
export const fates = ['caught', 'elsewhere', 'inconclusive', 'green'] as const;
export type Fate = (typeof fates)[number];

/** Why a defect is not caught in a profile. */
export interface Unseen {
  /** In words that many defects share. */
  readonly why: string;
  /** A case that finds it in `full`, and that this profile sends too; absent where there is none. */
  readonly sent?: string;
  /**
   * True where a role, a credential or an organization is not kept apart, and the profile tries just that in a cell
   * (operation and credential) in which `full` finds it: there a run may not end green.
   */
  readonly tried: boolean;
}

export interface DefectOutcome extends Spent, Setup {
  readonly defect: Defect;
  readonly fate: Fate;
  readonly exitCode: number;
  readonly red: readonly RedCase[];
  /** Why it could not be judged, in words; set where the run says so. */
  readonly undecided?: string;
  /** Set where it is not caught. */
  readonly unseen?: Unseen;
}

/** What a conformant deployment was wrongly told. */
export interface FalseAlarm extends Setup {
  /** A case, or the whole run where all its cases are as they should be and its exit code is not. */
  readonly case: string;
  /** `late`: the run did not come to its end in the time of a trial. */
  readonly kind: 'failed' | 'inconclusive' | 'exit' | 'late';
  /** The findings in words, or why it could not be judged. */
  readonly told: readonly string[];
  /** The fewest choices that bring it about, as far as they were looked for; empty where it needs none. */
  readonly because?: Point;
}

export interface DialectOutcome extends Spent, Setup {
  readonly exitCode: number;
  readonly falseAlarms: readonly FalseAlarm[];
  /** The names of the cells that were tried and not proven: this deployment answers lawfully, and proves nothing by it. */
  readonly open: readonly string[];
}

/** A defect that is not found on another deployment than the plain one. */
export interface Miss extends Setup {
  readonly defect: string;
  readonly fate: Fate;
  /** The fewest choices that hide it, as far as they were looked for; empty where the plain point hides it too. */
  readonly because?: Point;
}

/** A defect that turned red a family that is not on record for it. */
export interface Surprise {
  readonly defect: string;
  readonly family: string;
  /** One case of the family. */
  readonly case: string;
}
