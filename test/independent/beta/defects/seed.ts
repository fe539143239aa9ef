import type { Call, Reply } from '../call.ts';
import type { ApiKey } from '../model.ts';
import type { Problem } from '../checks/shape.ts';

/** A seeded contract break, as the examiner sees it. */
export interface Defect {
  readonly id: string;
  readonly fact: string;
  readonly where: string;
}

/** A defect with the hooks that bring it about; the rest is in the operations, under `has(call, id)`. */
export interface Seed extends Defect {
  /** Answers before the credential is looked at. */
  readonly early?: (call: Call) => Reply | undefined;
  /** Changes who the caller is taken for. */
  readonly identify?: (call: Call, key: ApiKey | undefined) => ApiKey | undefined;
  /** Answers after the credential, before the other checks. */
  readonly instead?: (call: Call) => Reply | undefined;
  /** Changes the verdict on the role. */
  readonly allows?: (call: Call, allowed: boolean) => boolean;
  /** Changes the verdict on the feature flag. */
  readonly enables?: (call: Call, enabled: boolean) => boolean;
  /** Lets the call see what other organizations own. */
  readonly widens?: (call: Call) => boolean;
  /** Overlooks a fault of the request body. */
  readonly tolerates?: (call: Call, problem: Problem) => boolean;
  /** Overlooks a query parameter. */
  readonly ignores?: (call: Call, parameter: string) => boolean;
  /** Carries out what has been refused. */
  readonly nevertheless?: (call: Call, reply: Reply) => boolean;
  /** Runs around the operation. */
  readonly around?: (call: Call, run: () => Reply) => Reply | Promise<Reply>;
  /** Changes the answer; what it returns, if anything, replaces it. */
  readonly reply?: (call: Call, reply: Reply) => Reply | undefined | void;
  /** Changes the bytes of the answer. */
  readonly wire?: (call: Call, bytes: Buffer, reply: Reply) => Buffer;
  /** Gives no answer at all. */
  readonly silent?: (call: Call) => 'hang' | 'cut' | undefined;
}
