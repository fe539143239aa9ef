import type { Json, JsonObject } from '../json.ts';
import { isObject } from '../json.ts';
import type { Settings } from '../settings.ts';

/** A fault of a request body. */
export interface Problem {
  readonly path: string;
  readonly kind:
    'json' | 'body' | 'missing' | 'null' | 'type' | 'enum' | 'uri' | 'unknown' | 'empty' | 'long';
}

/** What one member may hold. */
export interface Member {
  readonly type: 'string' | 'boolean' | 'object' | 'array' | 'any';
  readonly required?: boolean;
  readonly nullable?: boolean;
  readonly uri?: boolean;
  readonly choices?: readonly string[];
  readonly items?: Member;
  readonly members?: Shape;
  /** The documentation names the member but gives it no type. */
  readonly untyped?: boolean;
}

/** The members of a request body. */
export type Shape = Readonly<Record<string, Member>>;

function typeOf(value: Json): string {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
}

/** Whether a text is an absolute URI. */
export function isUri(text: string): boolean {
  if (/[\s<>"{}|\\^`]/.test(text) || !/^[A-Za-z][A-Za-z0-9+.-]*:./.test(text)) return false;
  try {
    return new URL(text).href !== '';
  } catch {
    return false;
  }
}

function checkText(path: string, member: Member, text: string, settings: Settings, found: Problem[]): void {
  if (member.choices && !member.choices.includes(text)) found.push({ path, kind: 'enum' });
  else if (member.uri === true && !isUri(text)) found.push({ path, kind: 'uri' });
  else if (text === '' && settings.emptyText === 'refuse') found.push({ path, kind: 'empty' });
  else if (text.length > settings.longText) found.push({ path, kind: 'long' });
}

function checkMember(path: string, member: Member, value: Json, settings: Settings, found: Problem[]): void {
  if (member.type === 'any' || (member.untyped === true && !settings.innerTypes)) return;
  if (value === null) {
    if (member.nullable === true) return;
    if (member.required === true) found.push({ path, kind: 'null' });
    else if (path.endsWith(']')) found.push({ path, kind: 'type' });
    else if (settings.optionalNull === 'refuse') found.push({ path, kind: 'null' });
    return;
  }
  if (typeOf(value) !== member.type) {
    found.push({ path, kind: 'type' });
    return;
  }
  if (typeof value === 'string') checkText(path, member, value, settings, found);
  const items = member.items;
  if (Array.isArray(value) && items) {
    value.forEach((item, index) => checkMember(`${path}[${index}]`, items, item, settings, found));
  }
  if (isObject(value) && member.members) checkShape(member.members, value, settings, found, `${path}.`);
}

/** Collects the faults of an object against a shape. */
export function checkShape(
  shape: Shape,
  body: JsonObject,
  settings: Settings,
  found: Problem[],
  prefix = '',
): void {
  for (const [name, member] of Object.entries(shape)) {
    const value = Object.hasOwn(body, name) ? body[name] : undefined;
    if (value !== undefined) checkMember(prefix + name, member, value, settings, found);
    else if (member.required === true) found.push({ path: prefix + name, kind: 'missing' });
  }
  if (settings.unknownMember === 'ignore') return;
  for (const name of Object.keys(body)) {
    if (!Object.hasOwn(shape, name)) found.push({ path: `${prefix}(unknown)`, kind: 'unknown' });
  }
}
