/** What a run found, as plain data: the only thing that reports are made from (specs/results.schema.json). */
import type { Imprint } from '../check/imprint.ts';
import type { Contract, Decision, Level, SourcePosition } from '../contract/types.ts';
import type { Profile } from '../plan/types.ts';
import type { Shard } from '../plan/shard.ts';
import type { KnownFailure, OutdatedEntry } from './known-entry.ts';

export type * from './known-entry.ts';

export type CaseStatus = 'passed' | 'failed' | 'skipped' | 'inconclusive';
export type Verdict =
  'conformant' | 'violations' | 'inconclusive' | 'interrupted' | 'unreachable' | 'outdated';

/** A header as it was sent or received; secrets masked. */
export type Header = readonly [name: string, value: string];

/** One request and its answer, as evidence: secrets masked, bodies cut. */
export interface Exchange {
  /** The X-Request-Id that was sent: random, so that it tells the target nothing. */
  readonly requestId: string;
  /** Of the request within its case, from 0: two runs of one plan are laid beside each other by it. */
  readonly number: number;
  readonly operation: string;
  /** The id of the credential that was shown, and the form it was shown in. */
  readonly credential: string;
  readonly form: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly request: {
    readonly method: string;
    readonly url: string;
    readonly headers: readonly Header[];
    readonly body?: string;
    readonly bodyBytes: number;
  };
  readonly outcome:
    | {
        readonly kind: 'answered';
        readonly status: number;
        readonly headers: readonly Header[];
        readonly body: string;
        /** Bytes of the whole body, of which `body` may hold the first part only. */
        readonly bodyBytes: number;
        /** The target's own id of the request, where it gave one. */
        readonly targetRequestId?: string;
        /** What the whole body is like; kept where all exchanges are, for a body that is JSON. */
        readonly imprint?: Imprint;
      }
    | { readonly kind: 'unanswered'; readonly fault: string; readonly message: string };
}

/** One broken expectation, with the evidence. */
export interface Finding {
  readonly level: Level;
  /** A stable word: `status`, `error-code`, `schema`, `unanswered` … */
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  readonly actual?: string;
  /** JSON pointer into the body of the answer. */
  readonly pointer?: string;
  /** `file#/pointer` of the schema rule that was broken. */
  readonly schema?: string;
  /** The text of the reference: page or RFC. */
  readonly reference: string;
  /** The fact that is broken. */
  readonly fact?: string;
  /** Index into the exchanges of the case. */
  readonly exchange?: number;
  /** Whether the same request broke again: `steady`, or `flaky (1 of 2)`. Absent where it was not repeated. */
  readonly steadiness?: string;
  /** Why it is known, from the file of known failures: such a finding does not fail its case. */
  readonly known?: string;
}

/** What the answer to a case says of its cell: its operation and a role. */
export interface CellProof {
  readonly role: string;
  /** What the contract says of the cell. */
  readonly decision: Decision;
  /** `proven`: nothing but the role explains the answer; `not-proven`: it is lawful, and something else explains it too. */
  readonly standing: 'proven' | 'not-proven';
  /** What else explains it, in words; there where it is not proven. */
  readonly because?: string;
  /** Why it is accepted that it is not proven, from the file of known failures. */
  readonly known?: string;
}

export interface CaseResult {
  readonly id: string;
  readonly title: string;
  readonly family: string;
  readonly surface: string;
  readonly operation: string;
  readonly credential: string;
  readonly level: Level;
  readonly status: CaseStatus;
  /** Why it was skipped or could not be judged. */
  readonly reason?: string;
  /** What can be done about it. */
  readonly remedy?: string;
  readonly reference: string;
  readonly facts: readonly string[];
  /** The levels of conformance that it counts for; absent where it counts for none. */
  readonly countsFor?: readonly string[];
  /** False where it was skipped because it cannot arise with the keys of the run; absent everywhere else. */
  readonly arises?: false;
  /** True where it was skipped because it was not asked for by name (a filter, a role, a level); absent elsewhere. */
  readonly unasked?: true;
  /** The cell that it was about; absent where it was about none, and where it was not sent. */
  readonly cell?: CellProof;
  /** What else explains its lawful answer, for a case that is about no cell; absent where the answer shows its fact. */
  readonly provesNothing?: string;
  readonly findings: readonly Finding[];
  /** Evidence, for a case with findings. */
  readonly exchanges?: readonly Exchange[];
  /** Things worth knowing that break nothing, such as a repeated request. */
  readonly notes?: readonly string[];
  /** The index of the shard that it is left to; absent where this run answers for it. */
  readonly shard?: number;
  readonly durationMs: number;
}

export interface Summary {
  readonly total: number;
  readonly passed: number;
  /** Of those that passed: lawful, and something else explains the answer as well; absent where none is. */
  readonly provesNothing?: number;
  readonly failed: number;
  readonly skipped: number;
  readonly inconclusive: number;
  /** Judged, and broken only in ways that are known; absent where none is. */
  readonly known?: number;
  /** Findings of level `should`. */
  readonly advisories: number;
}

/**
 * How much of a set of cases was seen to hold: `full` where every case passed, `partial` where cases were left out,
 * not judged, known to fail or proved nothing of their cell, `broken` where one failed, `not-judged` where none was
 * judged.
 */
export type Standing = 'full' | 'partial' | 'broken' | 'not-judged';

/** A level of conformance, and whether the run claims it. */
export interface LevelFacts {
  readonly level: string;
  readonly about: string;
  readonly claimed: boolean;
  /** How many cases of the plan count for it; absent in results of older versions. */
  readonly planned?: number;
}

/** What the run showed of a level of conformance. */
export interface LevelStanding extends LevelFacts, Summary {
  readonly standing: Standing;
  /** Cells that its cases tried and that nothing proves; absent where there are none. */
  readonly unproven?: number;
  /** Cases of the plan that count for it and are not there; absent where none is missing. */
  readonly missing?: number;
}

export interface OperationTiming {
  readonly operation: string;
  readonly requests: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
}

/** How often an operation gave one answer to one credential. */
export interface AnswerCount {
  readonly credential: string;
  /** `bearer` is the documented form, `other` any altered one. */
  readonly form: 'bearer' | 'none' | 'other';
  readonly status: number;
  /** The code of the error, where it is one of the contract. */
  readonly code?: string;
  /** What the answer says of the key's right to the operation; absent where it says nothing of it. */
  readonly access?: Decision;
  readonly count: number;
}

/** An operation as the contract has it, and what the run saw of it. */
export interface ObservedOperation {
  readonly operation: string;
  readonly surface: string;
  readonly method: string;
  readonly path: string;
  readonly keyless: boolean;
  /** Who may do it, by role. */
  readonly roles: Readonly<Record<string, Decision>>;
  /** The answers that the contract names: the success first. */
  readonly documented: readonly { readonly status: number; readonly code?: string }[];
  /** Where the matrix says so. */
  readonly position: SourcePosition;
  readonly answers: readonly AnswerCount[];
}

/** How many cases of one operation, kind of credential and family were judged, and why the others were not. */
export interface CoverageCell {
  readonly operation: string;
  /** A credential, or the column that stands for several (credential-columns.ts). */
  readonly credential: string;
  readonly family: string;
  readonly judged: number;
  readonly skipped: number;
  readonly inconclusive: number;
  readonly reasons: readonly string[];
}

/** A documented answer that no request got. */
export interface UnseenAnswer {
  readonly operation: string;
  readonly status: number;
  readonly code?: string;
}

export interface Coverage {
  readonly cells: readonly CoverageCell[];
  readonly unseen: readonly UnseenAnswer[];
}

/** A credential as the contract has it. */
export interface CredentialFacts {
  readonly id: string;
  readonly about: string;
  /** The environment variable that holds its key. */
  readonly env: string;
  /** The role of its key, for a key of a role. */
  readonly role?: string;
}

/** The suite's own failure: never told as a failure of the target. */
export interface SuiteFault {
  readonly caseId?: string;
  readonly message: string;
}

/** What the run left on the target. */
export interface Leftover {
  readonly resource: string;
  readonly id: string;
  readonly name: string;
  readonly reason: string;
  /** Where it could be archived or given back later: `armature-conformance cleanup` tries again. */
  readonly removable?: true;
}

/** One line of the balance of what was promised and what was done. */
export interface FootprintLine {
  /** `requests` of an effect, or what `stays` of a resource. */
  readonly kind: 'requests' | 'stays';
  /** The effect, or the resource. */
  readonly of: string;
  /** Of requests: those that may be sent once more because the target limits the rate are among them. */
  readonly promised: number;
  readonly actual: number;
  /** How much of the actual number is due to a target that took or damaged what it must not. */
  readonly excused: number;
}

/** What was done for the sake of a target under load. */
export interface Manners {
  /** Answers that were 429, or 503 with Retry-After. */
  readonly rateLimited: number;
  /** ms that the run waited because the target asked for it. */
  readonly waitedMs: number;
  /** Requests that were sent again because their connection broke, or something in front of the API answered. */
  readonly repeated: number;
}

/** That a run is one of several that share a plan, and what the merge of them needs. */
export interface ShardFacts extends Shard {
  /** SHA-256 of the cases that all shards send together, hex. */
  readonly selection: string;
  /** The entries that excuse failures: whether one no longer holds can be told of all shards together alone. */
  readonly knownFailures: readonly KnownFailure[];
  /** How long each request took, in ms, by operation: percentiles cannot be merged. */
  readonly durations: Readonly<Record<string, readonly number[]>>;
  /**
   * Written last, by a run that came to its end, early or not: how many cases there are, and the SHA-256 of all else
   * that the results hold, hex. Absent where the run broke off.
   */
  readonly closing?: { readonly cases: number; readonly digest: string };
}

/** A shard that merged results were made from. */
export interface MergedShard extends Pick<
  Results,
  'runId' | 'startedAt' | 'durationMs' | 'requests' | 'verdict'
> {
  readonly index: number;
}

export interface Results {
  readonly schemaVersion: 1;
  readonly tool: {
    readonly name: string;
    readonly version: string;
    /** Of its code (src/suite-digest.ts). */
    readonly digest: string;
  };
  readonly contract: Pick<Contract['api'], 'title' | 'version'> &
    Pick<Contract, 'digest' | 'files'> & {
      /** What it says, by the ids of its facts; absent in results of older versions. */
      readonly facts?: Readonly<Record<string, string>>;
    };
  readonly target: { readonly baseUrl: string; readonly name?: string };
  readonly profile: Profile;
  readonly strict: boolean;
  readonly allowInconclusive: boolean;
  readonly seed: number;
  /** What members of request bodies were given in place of the examples of their schemas, by name. */
  readonly requestValues?: Readonly<Record<string, string>>;
  readonly runId: string;
  /** SHA-256 of the plan, hex. */
  readonly planDigest: string;
  readonly startedAt: string;
  readonly durationMs: number;
  readonly requests: number;
  readonly verdict: Verdict;
  readonly exitCode: number;
  readonly summary: Summary;
  /** The levels of conformance, in the order of the matrix. */
  readonly levels: readonly LevelStanding[];
  readonly cases: readonly CaseResult[];
  /** The operations of the contract, in the order of the matrix. */
  readonly operations: readonly ObservedOperation[];
  /** The credentials of the contract; those of roles from least to most. */
  readonly credentials: readonly CredentialFacts[];
  readonly coverage: Coverage;
  readonly timings: readonly OperationTiming[];
  readonly leftovers: readonly Leftover[];
  readonly suiteFaults: readonly SuiteFault[];
  /** Why the run ended before its last case. */
  readonly ended?: string;
  readonly outdatedKnownFailures?: readonly OutdatedEntry[];
  readonly footprint?: readonly FootprintLine[];
  readonly manners?: Manners;
  /** Absent where the run is whole. */
  readonly shard?: ShardFacts;
  /** The shards of merged results, in their order. */
  readonly merged?: readonly MergedShard[];
}
