/** Giving something back as it was: what this run changed, and nothing that anybody else did meanwhile. */
import { saysNothing } from '../check/gateway.ts';
import { sameJson, valuesOf } from '../check/members.ts';
import type { Resource } from '../contract/types.ts';
import type { JsonValue } from '../plan/types.ts';
import { asRecord, type JsonRecord } from '../plan/valid-body.ts';
import { planAt } from '../plan/request.ts';
import type { CaseContext } from './case-context.ts';
import { bodyOf, described, succeeded, type Sent } from './evidence.ts';
import { markerOf, otherRunOn } from './marker.ts';
import { askedWaitMs, pause } from './patience.ts';
import type { Run } from './run.ts';

/** How something was that the run did not make, and what the run asked for instead. */
export interface Original {
  readonly resource: Resource;
  readonly id: string;
  /** The members that an update can set, as they were shown. */
  readonly values: JsonRecord;
  /** What this run asked for, by member. */
  readonly asked: Readonly<Record<string, readonly JsonValue[]>>;
}

export type Restored =
  /** It is as it was, as far as this run changed it. */
  | { readonly kind: 'restored' | 'untouched' | 'gone' }
  /** Another run is at work on it, which read it before this one changed it, and gives it back. */
  | { readonly kind: 'taken'; readonly runId: string }
  | { readonly kind: 'left'; readonly reason: string };

/** The waits between the tries, in ms. */
const waits: readonly number[] = [100, 400, 1_000, 2_000, 4_000, 8_000];
/** So long at most, in ms: a target may hang each time. */
const patienceMs = 30_000;
/** So many updates that are taken and change nothing, and no more are sent. */
const mostWithoutEffect = 3;

/**
 * Gives something back as it was; sees that it is. Trouble is tried again within bounds.
 * @param context one that goes on when the run is halted
 */
export async function restore(run: Run, context: CaseContext, original: Original): Promise<Restored> {
  const writers = run.givenFor(run.operation(original.resource.update ?? '')).toReversed();
  let reason = 'no given key may change it';
  let taken = 0;
  const until = performance.now() + patienceMs;
  for (const wait of [0, ...waits]) {
    const [by] = writers;
    if (by === undefined || performance.now() > until) break;
    if (wait > 0) await pause(wait);
    const looked = await look(run, context, original, by);
    const state = stateOf(run, original, looked);
    if (state.kind === 'unclear') {
      reason = `it cannot be read: ${described(looked)}`;
      await pause(askedWaitMs(looked));
      continue;
    }
    if (state.kind !== 'changed')
      return state.kind === 'untouched' && taken > 0 ? { kind: 'restored' } : state;
    if (taken === mostWithoutEffect) break;
    const sent = await write(run, context, original, by, state.members);
    reason = `the update that gives it back got ${described(sent)}`;
    if (succeeded(sent)) {
      taken++;
      reason = 'the update that gives it back is taken, but changes nothing';
    } else if (!saysNothing(sent.outcome)) writers.shift();
    else await pause(askedWaitMs(sent));
  }
  return { kind: 'left', reason };
}

type State =
  | Exclude<Restored, { kind: 'left' }>
  | { readonly kind: 'changed'; readonly members: readonly string[] }
  | { readonly kind: 'unclear' };

function stateOf(run: Run, original: Original, looked: Sent): State {
  const { resource, values, asked } = original;
  if (saysNothing(looked.outcome)) return { kind: 'unclear' };
  if (!succeeded(looked)) return { kind: 'gone' };
  const body = bodyOf(looked);
  const name = resource.name === undefined ? undefined : valuesOf(body, resource.name)[0];
  const runId = otherRunOn(name, run.config.runId);
  if (runId !== undefined) return { kind: 'taken', runId };
  const members = Object.entries(values).flatMap(([member, old]) => {
    const [now] = valuesOf(body, member);
    const own = !sameJson(now, old) && isAsked(run.config.runId, now, asked[member] ?? []);
    return own ? [member] : [];
  });
  return members.length === 0 ? { kind: 'untouched' } : { kind: 'changed', members };
}

/** Whether a value is there because this run asked for it: a value of a wrong type may have been made into a text. */
export function isAsked(runId: string, now: unknown, asked: readonly JsonValue[]): boolean {
  if (typeof now === 'string' && now.includes(markerOf(runId))) return true;
  return asked.some((value) => sameJson(value, now) || asText(value) === asText(now));
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

function look(run: Run, context: CaseContext, { resource, id }: Original, by: string): Promise<Sent> {
  return context.send(planAt(run.operation(resource.read ?? ''), by, id));
}

function write(
  run: Run,
  context: CaseContext,
  { resource, id, values }: Original,
  by: string,
  members: readonly string[],
): Promise<Sent> {
  const old = Object.fromEntries(members.map((member) => [member, values[member] ?? null]));
  const body = { ...asRecord(resource.unchanging ?? {}), ...old };
  // It undoes what a case was promised for.
  run.meter.excuse('update', 1);
  return context.send(planAt(run.operation(resource.update ?? ''), by, id, { body }));
}
