import type { JsonObject } from '../data/model.ts';

/** What an operation gives, before a dialect lays it out. */
export type Outcome =
  | {
      readonly kind: 'list';
      readonly items: readonly JsonObject[];
      /** What a list may tell beside its items. */
      readonly beside: JsonObject;
      readonly status?: number;
    }
  | {
      readonly kind: 'record';
      readonly record: JsonObject;
      readonly status?: number;
    };

/** An answer before it is written: the body as a value, the headers by lower-case name. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Undefined where the answer has no body. */
  readonly body: unknown;
}
