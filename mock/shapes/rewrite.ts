import { objectOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Outcome } from '../deployment/outcome.ts';
import type { Shape } from '../dialects/dialect.ts';

/** How items or records are changed before they are laid out. */
export type Rewrite = (record: JsonObject) => JsonObject;

/** A record as it is; a list as the array that it is. */
export const bare: Shape = (outcome) => (outcome.kind === 'list' ? outcome.items : outcome.record);

/** A list in the member `name`, with what the list tells beside it; a record in the member `name`. */
export function inMember(name: string, beside: JsonObject = {}): Shape {
  return (outcome) =>
    outcome.kind === 'list'
      ? { [name]: outcome.items, ...outcome.beside, ...beside }
      : { [name]: outcome.record, ...beside };
}

/** Lays out with `shape` what `rewrite` makes of the record or of each item. */
export function rewritten(rewrite: Rewrite, shape: Shape): Shape {
  return (outcome) => shape(rewriteOutcome(rewrite, outcome));
}

/** Changes the body that a shape gives. */
export function bodyRewritten(shape: Shape, rewrite: Rewrite): Shape {
  return (outcome) => rewrite(objectOf(shape(outcome)));
}

function rewriteOutcome(rewrite: Rewrite, outcome: Outcome): Outcome {
  return outcome.kind === 'list'
    ? { ...outcome, items: outcome.items.map(rewrite) }
    : { ...outcome, record: rewrite(outcome.record) };
}

/** Several rewrites, one after the other. */
export function sequence(...rewrites: readonly Rewrite[]): Rewrite {
  return (record) => rewrites.reduce((changed, rewrite) => rewrite(changed), record);
}

/** Adds members. */
export function adding(members: JsonObject): Rewrite {
  return (record) => ({ ...record, ...members });
}

/** Leaves out the members named. */
export function without(...names: readonly string[]): Rewrite {
  return (record) => Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** Leaves out the members that are null, but for those named. */
export function withoutNulls(...kept: readonly string[]): Rewrite {
  return (record) =>
    Object.fromEntries(
      Object.entries(record).filter(([name, value]) => value !== null || kept.includes(name)),
    );
}

/** Gives members another name: `{ old: new }`. */
export function renaming(names: Readonly<Record<string, string>>): Rewrite {
  return (record) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [names[name] ?? name, value]));
}

/** Gives members another value. */
export function valuing(values: Readonly<Record<string, (value: unknown) => unknown>>): Rewrite {
  return (record) =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, values[name]?.(value) ?? value]));
}

/** `mcpServerId` as `mcp_server_id`, but for the members named; the values stay as they are. */
export function snakeCase(...kept: readonly string[]): Rewrite {
  return (record) =>
    renaming(
      Object.fromEntries(
        Object.keys(record)
          .filter((name) => !kept.includes(name))
          .map((name) => [name, name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)]),
      ),
    )(record);
}

/** `mcp_server_id` as `mcpServerId`, but for the members named; the values stay as they are. */
export function camelCase(...kept: readonly string[]): Rewrite {
  return (record) =>
    renaming(
      Object.fromEntries(
        Object.keys(record)
          .filter((name) => !kept.includes(name))
          .map((name) => [name, name.replace(/_([a-z])/g, (_match, letter: string) => letter.toUpperCase())]),
      ),
    )(record);
}

/** Moves members out of the record into an object of their own: `{ rest…, [into]: { [new]: … } }`. */
export function grouping(into: string, names: Readonly<Record<string, string>>): Rewrite {
  return (record) => {
    const group = Object.entries(names).map(([name, inner]) => [inner, record[name]]);
    return { ...without(...Object.keys(names))(record), [into]: Object.fromEntries(group) };
  };
}
