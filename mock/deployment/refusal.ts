import type { Problem } from '../dialects/dialect.ts';

/** Why a request is not done. */
export type Reason =
  | { readonly kind: 'unauthenticated' }
  | { readonly kind: 'forbidden_role'; readonly role: string; readonly allowed: readonly string[] }
  | { readonly kind: 'feature_disabled'; readonly feature: string }
  | { readonly kind: 'not_found'; readonly what: string }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'method'; readonly method: string; readonly allow: readonly string[] }
  | { readonly kind: 'too-large'; readonly limit: number }
  | { readonly kind: 'too-long'; readonly limit: number }
  | { readonly kind: 'conflict'; readonly message: string }
  | { readonly kind: 'too-many' }
  | { readonly kind: 'media-type' };

/** Thrown by checks and operations; the deployment answers it with the error that the reason stands for. */
export class Refused extends Error {
  readonly reason: Reason;

  constructor(reason: Reason) {
    super(reason.kind);
    this.name = 'Refused';
    this.reason = reason;
  }
}

/** A refusal of one member of the body or one parameter: 400. */
export function invalid(at: string, message: string): Refused {
  return new Refused({ kind: 'invalid', problems: [{ at, message }] });
}

/** A refusal of an id that is not there, or not visible: 404. */
export function notFound(what: string): Refused {
  return new Refused({ kind: 'not_found', what });
}
