import type { CaseResult } from '../results/types.ts';
import type { Preview } from './preview.ts';

/** What a run tells while it lasts. */
export type RunEvent =
  | ({ readonly kind: 'planned' } & Preview)
  | { readonly kind: 'preflight'; readonly lines: readonly string[] }
  | { readonly kind: 'case'; readonly result: CaseResult; readonly requests: number }
  | { readonly kind: 'requests'; readonly count: number };
