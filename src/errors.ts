/** The ways in which a run ends before it can judge anything; each knows its exit code. */
import { createFormMasker } from './secrets.ts';
import { withoutUserInfo } from './shown-address.ts';

const maskForm = createFormMasker('amt');

/** A key or a password that stands where something else belongs is in the words of whatever refuses it. */
function withoutSecrets(text: string): string {
  return withoutUserInfo(maskForm(text));
}

/** Why a run ended before it could judge anything. */
export abstract class EndedEarly extends Error {
  abstract readonly exitCode: number;
  /** What to do about it. */
  readonly hint?: string;

  constructor(message: string, hint?: string) {
    super(withoutSecrets(message));
    if (hint !== undefined) this.hint = withoutSecrets(hint);
  }
}

/** A mistake in what the user asked for: a flag, a key, a filter, a file. Told in one line, without a stack trace. */
export class UsageError extends EndedEarly {
  override readonly name = 'UsageError';
  readonly exitCode = 2;
}

/** Nothing answers at the target. A target that answers, however wrongly, is never this. */
export class UnreachableError extends EndedEarly {
  override readonly name = 'UnreachableError';
  readonly exitCode = 3;
}

/** Something answers at the target, but not the API: nothing can be judged. */
export class NotTheApiError extends EndedEarly {
  override readonly name = 'NotTheApiError';
  readonly exitCode = 4;
}
