/** Holds a run to its promise: counts what is sent by effect, and ends the run before it sends more. */
import { promisedEffects, repeatsOf, type FootprintPromise, type PromisedEffect } from '../plan/promise.ts';
import type { Case } from '../plan/types.ts';
import type { FootprintLine } from '../results/types.ts';
import type { Halt } from './halt.ts';
import type { LedgerEntry } from './ledger.ts';

export interface FootprintMeter {
  /**
   * Books a request that is about to be sent; halts the run where it would be one too many.
   * @param tidying whether it removes what was made: then it is always sent
   */
  spend(effect: PromisedEffect | 'read', tidying: boolean): void;
  /**
   * Books that a request is sent again which the target did not look at; gives whether it may be: what was promised
   * for repeats can be used up.
   */
  repeat(effect: PromisedEffect | 'read', tidying: boolean): boolean;
  /** Allows for more, where a target that breaks its contract makes more necessary. */
  excuse(effect: PromisedEffect | 'read', count: number): void;
  /** Allows for all that a case sends, once more. */
  excuseCase(planned: Pick<Case, 'footprint'>): void;
  readonly reads: number;
  balance(
    entries: readonly LedgerEntry[],
    removable: (resource: string) => boolean,
  ): readonly FootprintLine[];
}

function count(map: ReadonlyMap<string, number>, key: string): number {
  return map.get(key) ?? 0;
}

/** @param promise what may be sent; undefined for a run that promised nothing, such as a preflight */
export function createFootprintMeter(
  promise: FootprintPromise | undefined,
  halt: (halt: Halt) => void,
): FootprintMeter {
  const sent = new Map<string, number>();
  const excused = new Map<string, number>();
  const repeated = new Map<string, number>();
  const meter: FootprintMeter = {
    spend(effect, tidying) {
      sent.set(effect, count(sent, effect) + 1);
      if (promise === undefined || effect === 'read' || tidying) return;
      const atMost = promise.requests[effect];
      const first = count(sent, effect) - count(repeated, effect);
      if (first > atMost + count(excused, effect)) {
        sent.set(effect, count(sent, effect) - 1);
        halt({ kind: 'footprint', effect, atMost });
      }
    },
    repeat(effect, tidying) {
      const atMost = promise === undefined || effect === 'read' ? undefined : promise.requests[effect];
      if (!tidying && atMost !== undefined && count(repeated, effect) >= repeatsOf(atMost)) return false;
      sent.set(effect, count(sent, effect) + 1);
      repeated.set(effect, count(repeated, effect) + 1);
      return true;
    },
    excuse(effect, more) {
      excused.set(effect, count(excused, effect) + more);
    },
    excuseCase({ footprint }) {
      for (const effect of promisedEffects)
        meter.excuse(effect, effect === 'undocumented' ? 1 : (footprint[effect] ?? 0));
    },
    get reads() {
      return count(sent, 'read');
    },
    balance(entries, removable) {
      if (promise === undefined) return [];
      const stayed = new Map<string, number>();
      for (const { resource, removed } of entries) {
        if (!removed && !removable(resource)) stayed.set(resource, count(stayed, resource) + 1);
      }
      const requests = promisedEffects.map((effect): FootprintLine => {
        const actual = count(sent, effect);
        const promised = promise.requests[effect] + repeatsOf(promise.requests[effect]);
        return { of: effect, kind: 'requests', promised, actual, excused: Math.max(0, actual - promised) };
      });
      const kinds = new Set([...Object.keys(promise.stays), ...stayed.keys()]);
      const stays = [...kinds].map((of): FootprintLine => {
        const actual = count(stayed, of);
        const promised = promise.stays[of] ?? 0;
        return { of, kind: 'stays', promised, actual, excused: Math.max(0, actual - promised) };
      });
      return [...requests, ...stays];
    },
  };
  return meter;
}
