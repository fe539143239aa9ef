/** A path as a lax router reads it: other spellings of a documented path lead to the same operation. Pure. */
export function laxPath(path: string, base: string): string {
  const resolved = new URL(path.replaceAll(/\/{2,}/g, '/'), 'http://mock').pathname;
  const plain = resolved
    .replace(/;[^/]*$/, '')
    .replace(/\.json$/, '')
    .replace(/(?<=.)\/$/, '');
  if (!plain.startsWith(`${base}/`)) return plain;
  const [first = '', ...rest] = plain.slice(base.length + 1).split('/');
  return [base, decodeURIComponent(first).toLowerCase(), ...rest].join('/');
}
