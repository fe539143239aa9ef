/** Whether what a target shows under an id bears the mark of the run: then the run made it. Pure. */
import { holdsText, idOf, isObject, valuesOf, type JsonObject } from '../check/members.ts';
import type { Resource } from '../contract/types.ts';

/** What a create asked for: the mark of the run, and the name that was sent, of whatever type. */
export interface AskedName {
  readonly marker: string;
  readonly name: unknown;
}

/**
 * `own` where the name shows the mark, `marked` where no name is shown but some text bears the mark, `other` where a
 * name is shown without it, `hidden` where neither is.
 */
export type Shown =
  { readonly kind: 'own' | 'marked' | 'hidden' } | { readonly kind: 'other'; readonly name: string };

/** How deep the record may stand in the body. */
const mostDepth = 3;

/**
 * What a body (of an answer to a create, of a read, of an item of a list) shows of the name of the thing of an id.
 * Where the name that was sent bore no mark (it was broken on purpose), the mark in another text counts, beside a name
 * that is nothing or just what was sent.
 */
export function shownName(body: unknown, resource: Resource, id: string, asked: AskedName): Shown {
  const { name: member } = resource;
  const { marker, name: sent } = asked;
  const names = member === undefined ? [] : namesIn(body, member, id);
  if (names.length === 0) return { kind: holdsText(body, marker) ? 'marked' : 'hidden' };
  if (names.some((name) => typeof name === 'string' && name.includes(marker))) return { kind: 'own' };
  const unmarked = typeof sent !== 'string' || !sent.includes(marker);
  const asSent = names.every((name) => isNothing(name) || asText(name) === asText(sent));
  if (unmarked && asSent && holdsText(body, marker)) return { kind: 'own' };
  return { kind: 'other', name: asText(names.find((name) => !isNothing(name)) ?? '') };
}

/** Whether a record of a body holds both the id and a name that bears the mark, one beside the other. */
export function bearsNameBesideId(body: unknown, resource: Resource, id: string, marker: string): boolean {
  const { name: member } = resource;
  return (
    member !== undefined &&
    recordsOf(body, id).some((record) =>
      valuesOf(record, member, 1).some((name) => typeof name === 'string' && name.includes(marker)),
    )
  );
}

function recordsOf(body: unknown, id: string): readonly JsonObject[] {
  return objectsIn(body, mostDepth).filter((object) =>
    Object.values(object).some((value) => idOf(value) === id),
  );
}

/** The names of the record that bears the id, else those that stand near it. */
function namesIn(body: unknown, member: string, id: string): readonly unknown[] {
  const records = recordsOf(body, id);
  for (const depth of [1, 2]) {
    const own = records.flatMap((record) => valuesOf(record, member, depth));
    if (own.length > 0) return own;
  }
  return valuesOf(body, member, mostDepth);
}

function objectsIn(value: unknown, depth: number): readonly JsonObject[] {
  if (depth === 0 || !isObject(value)) return [];
  return [value, ...Object.values(value).flatMap((child) => objectsIn(child, depth - 1))];
}

function isNothing(name: unknown): boolean {
  return name === undefined || name === null || name === '';
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
