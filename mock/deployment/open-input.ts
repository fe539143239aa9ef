import { objectsOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Dialect, Problem } from '../dialects/dialect.ts';

/** What a dialect knows the inside of, where it refuses what it does not know. */
const knownInside: Readonly<Record<string, readonly string[]>> = {
  limits: ['maxTurns', 'maxCostUsd', 'timeoutMs'],
  retryPolicy: ['maxAttempts', 'backoffMs'],
  toolPolicy: ['allow', 'deny'],
  metadata: ['team', 'ticket', 'note'],
  connectionConfig: ['timeoutMs', 'headers'],
  networkPolicy: ['allowedHosts'],
  authProfile: ['kind', 'token'],
};

/** What a dialect refuses of a text that is documented to be one. */
export function textProblems(at: string, text: string, { input, sources }: Dialect): readonly Problem[] {
  if (input.emptyString === 'refused' && text === '') return [{ at, message: `${at} must not be empty` }];
  if (text.length > input.longestText)
    return [{ at, message: `${at} is longer than ${input.longestText} characters` }];
  const isPlainHttp = at === '/baseUrl' && /^http:/i.test(text);
  return isPlainHttp && sources.plainHttp === 'refused' ? [{ at, message: `${at} must be https` }] : [];
}

/** What a dialect refuses of a free object: an empty one is accepted by all. */
export function objectProblems(name: string, value: JsonObject, { input }: Dialect): readonly Problem[] {
  const inside = Object.keys(value);
  if (inside.length === 0) return [];
  const at = `/${name}`;
  if (name === 'schedule') {
    return input.schedules === 'with-interval' && !('interval' in value)
      ? [{ at, message: `${at} must have an interval` }]
      : [];
  }
  const known = knownInside[name];
  if (input.freeObjects === 'accepted' || known === undefined) return [];
  const unknown = input.freeObjects === 'only-empty' ? inside : inside.filter((key) => !known.includes(key));
  return unknown.map((key) => ({ at: `${at}/${key}`, message: `${at} must not have ${key}` }));
}

/** The types that members of items are taken to have, where the dialect looks at them. */
const innerTypes: Readonly<Record<string, Readonly<Record<string, 'string' | 'boolean'>>>> = {
  criteria: { criterionText: 'string', isRequired: 'boolean' },
  testerTargets: { modelId: 'string' },
};

/** What a dialect refuses of the items of a list. */
export function itemProblems(
  name: string,
  items: readonly unknown[],
  { input }: Dialect,
): readonly Problem[] {
  const types = Object.entries(innerTypes[name] ?? {});
  if (input.innerTypes === 'unchecked') return [];
  return objectsOf(items).flatMap((item, index) =>
    types.flatMap(([member, type]) => {
      const at = `/${name}/${index}/${member}`;
      const isRight = item[member] === undefined || typeof item[member] === type;
      return isRight ? [] : [{ at, message: `${at} must be a ${type}` }];
    }),
  );
}
