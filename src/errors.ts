/** The ways in which a run ends before it can judge anything; each knows its exit code. */

/** A mistake in what the user asked for: a flag, a key, a filter, a file. Told in one line, without a stack trace. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
  readonly exitCode = 2;
  /** What to do about it, on a line of its own. */
  readonly hint?: string;

  constructor(message: string, hint?: string) {
    super(message);
    if (hint !== undefined) this.hint = hint;
  }
}

/** Nothing answers at the target. A target that answers, however wrongly, is never this. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
  readonly exitCode = 3;
  readonly hint?: string;

  constructor(message: string, hint?: string) {
    super(message);
    if (hint !== undefined) this.hint = hint;
  }
}

/** Something answers at the target, but not the API: nothing can be judged. */
export class NotTheApiError extends Error {
  override readonly name = 'NotTheApiError';
  readonly exitCode = 4;
  readonly hint?: string;

  constructor(message: string, hint?: string) {
    super(message);
    if (hint !== undefined) this.hint = hint;
  }
}
