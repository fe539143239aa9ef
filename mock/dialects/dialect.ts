import type { Choices } from '../axes/index.ts';
import type { Outcome } from '../deployment/outcome.ts';

/** A check that a request must pass before it is done; which comes first is left open. */
export type Check = 'role' | 'feature' | 'existence' | 'validation';

/** How an operation's outcome is laid out as the body of its answer. */
export type Shape = (outcome: Outcome) => unknown;

/** One thing that is wrong with a request. */
export interface Problem {
  /** JSON Pointer into the body, or the name of a parameter. */
  readonly at: string;
  readonly message: string;
}

/** Where a run stands in its course; the shares are of the time that the phase takes. */
export type RunMoment =
  | { readonly phase: 'queued'; readonly share: number }
  | { readonly phase: 'running'; readonly share: number }
  | { readonly phase: 'over'; readonly verdict: string };

/** One conformant way to be an Armature deployment: a choice for everything that the documentation leaves open. */
export type Dialect = Choices;
