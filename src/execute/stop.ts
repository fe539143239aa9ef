/** Two ways in which a case ends without a judgement; neither is ever counted as passed. */

/** The case was asked for but cannot be judged on this target: it counts as inconclusive. */
export class Inconclusive extends Error {
  override readonly name = 'Inconclusive';
  readonly remedy: string;

  /** @param message why it cannot be judged  @param remedy what can be done about it */
  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

/** It cannot be judged since a gateway may have answered in place of the API: what was asked may be done or not. */
export class GatewayAnswered extends Inconclusive {}
/** As above, for a reason that is the same for every case that meets it: it is told as it is, and once. */
export class InconclusiveForAll extends Inconclusive {}

/**
 * The case does not arise on this target or with these keys: it counts as skipped, with the reason. One without a
 * remedy could not arise whatever was given, so it is missing from no level of conformance.
 */
export class NotApplicable extends Error {
  override readonly name = 'NotApplicable';
  readonly remedy: string;
  readonly remediable: boolean;

  constructor(message: string, remedy?: string, remediable = remedy !== undefined) {
    super(message);
    this.remedy = remedy ?? 'Nothing to do: the case does not arise here.';
    this.remediable = remediable;
  }
}
