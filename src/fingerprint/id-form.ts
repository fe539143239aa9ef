/** The form of ids in a few words, without a trace of the ids themselves. */

/**
 * What the ids of one kind have in common: `a UUID`, `a number`, `wf_ and an opaque text` … Lengths are left out,
 * for they grow. A prefix counts only where every id has it.
 */
export function formOfIds(ids: readonly string[]): string {
  const prefix = /^[a-z]{2,12}[_-]/.exec(ids[0] ?? '')?.[0];
  if (prefix !== undefined && ids.every((id) => id.startsWith(prefix) && id.length > prefix.length)) {
    return `${prefix} and ${widest(ids.map((id) => id.slice(prefix.length)))}`;
  }
  return widest(ids);
}

/** Forms that hold each other, the narrowest first: an id of the wider form may look like one of the narrower. */
const widening = [
  ['a number', /^\d+$/],
  ['hexadecimal digits', /^[0-9a-f]+$/],
] as const;

function widest(texts: readonly string[]): string {
  const all = (pattern: RegExp): boolean => texts.every((text) => pattern.test(text));
  if (all(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i)) return 'a UUID';
  if (all(/^[0-9A-HJKMNP-TV-Z]{26}$/)) return 'a ULID';
  return widening.find(([, pattern]) => all(pattern))?.[0] ?? 'an opaque text';
}
