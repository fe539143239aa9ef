/** The situation of a request: all that is known of it before it is sent, as plain data. */

/** Who asks. `other`: a good key of which the contract names no role; the target may have told it. */
export type Asker =
  /** No key, a malformed one, a revoked one, or one shown where no key counts. */
  | { readonly kind: 'bad' }
  | { readonly kind: 'role'; readonly role: string }
  | { readonly kind: 'other'; readonly role?: string };

/**
 * What the id in the path is to the organization of the asker: there (`listed`, or `made` by the run), of the form of
 * the deployment's own but nothing's (`unknown`), another organization's (`foreign`), `archived`, a run that is
 * `unfinished`, or of an `odd` form.
 */
export type IdState = 'listed' | 'made' | 'unknown' | 'foreign' | 'archived' | 'unfinished' | 'odd';

/** `broken`: a documented rule makes it invalid. `open`: the documentation says nothing of what is in it. */
export type BodyState = 'valid' | 'broken' | 'open';

export interface Situation {
  readonly operation: string;
  /** `exempt`: HEAD and OPTIONS, which RFC 9110 and CORS give a meaning everywhere. */
  readonly method: 'documented' | 'undocumented' | 'exempt';
  readonly asker: Asker;
  /** Absent where the path holds no id. */
  readonly id?: IdState;
  /** Absent where no body is sent and none is expected. */
  readonly body?: BodyState;
  readonly query: 'documented' | 'open';
  /** What a reference in the body leads to, where it leads to nothing that is the asker's. */
  readonly reference?: 'unknown' | 'foreign';
  /** Whether the organization has the feature of the operation; absent where the operation needs none. */
  readonly feature?: 'on' | 'off' | 'unknown';
  /** True for a request that was sent before and may be answered as what it did then. */
  readonly replay: boolean;
  /** Larger in some part than what every server takes before it looks at the key. */
  readonly large: boolean;
}
