import { setTimeout as sleep } from 'node:timers/promises';
import type { Call, OperationName } from '../call.ts';
import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Seed } from './seed.ts';

/** Makes a seed of its parts. */
export function plant(
  id: string,
  fact: string,
  where: string,
  hooks: Omit<Seed, 'id' | 'fact' | 'where'> = {},
): Seed {
  return { id, fact, where, ...hooks };
}

/** Whether a call is one of these operations. */
export function on(call: Call, ...names: OperationName[]): boolean {
  return names.includes(call.operation.name);
}

/** Waits some milliseconds. */
export async function pause(milliseconds: number): Promise<void> {
  await sleep(milliseconds);
}

/** A copy of a JSON value with every text (member names left alone) run through a function. */
export function mapTexts(value: Json, change: (text: string) => Json): Json {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => mapTexts(item, change));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapTexts(item, change)]));
}

/** Runs every text of a request body through a function, but ids and enumerated values. */
export function damageBody(call: Call, names: readonly string[], change: (text: string) => Json): void {
  for (const name of names) {
    const value = call.body[name];
    if (value !== undefined) call.body[name] = mapTexts(value, change);
  }
}

/** Gives a member another name. */
export function rename(object: JsonObject, from: string, to: string): void {
  const value = object[from];
  if (value === undefined) return;
  delete object[from];
  object[to] = value;
}
