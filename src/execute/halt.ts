/** Why a run ends before its last case; whatever was not sent by then is inconclusive. */
export type Halt =
  | { readonly kind: 'interrupted' }
  /** Nothing answers any more. */
  | {
      readonly kind: 'unreachable';
      /** The last case that got an answer; absent where none did. */
      readonly after?: string;
      /** What became of the last request, where an answer began. */
      readonly why?: string;
      /** The cases of the requests that went unanswered since: they say nothing about the contract. */
      readonly unanswered: readonly string[];
    }
  /** Something in front of the API answers everything in its place. */
  | {
      readonly kind: 'not-the-api';
      readonly after?: string;
      readonly why?: string;
      readonly unanswered: readonly string[];
    }
  | { readonly kind: 'rate-limited'; readonly after?: string }
  /** The next request would break the promise that the run made before it began. */
  | { readonly kind: 'footprint'; readonly effect: string; readonly atMost: number };

/** The reason and the remedy for a case that a halt kept from being judged. */
export function haltReason(halt: Halt): { readonly reason: string; readonly remedy: string } {
  const after = 'after' in halt && halt.after !== undefined ? ` after ${halt.after}` : '';
  switch (halt.kind) {
    case 'interrupted':
      return { reason: 'the run was interrupted', remedy: 'Run it again.' };
    case 'unreachable':
      return {
        reason: `the target stopped answering${after}${halt.why === undefined ? '' : `: ${halt.why}`}`,
        remedy: 'Bring the target back and run it again.',
      };
    case 'not-the-api':
      return {
        reason: `something in front of the API answered everything in its place${after}`,
        remedy: 'Bring the target back and run it again.',
      };
    case 'rate-limited':
      return {
        reason: `the target kept on limiting the rate${after}`,
        remedy: 'Lower --rate or --concurrency, or raise --max-wait.',
      };
    case 'footprint':
      return {
        reason: `the run would have sent more than the ${halt.atMost} requests of effect ${halt.effect} that it promised`,
        remedy: 'This is a fault of the suite; please report it.',
      };
  }
}
