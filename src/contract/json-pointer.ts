/**
 * What a JSON pointer (RFC 6901) leads to, or undefined where it leads nowhere.
 *
 * @param pointer without the `#` of a URI fragment: empty, or beginning with a slash.
 */
export function atPointer(value: unknown, pointer: string): unknown {
  let found: unknown = value;
  for (const step of pointerSteps(pointer)) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return undefined;
    found = Reflect.get(found, step);
  }
  return found;
}

/** The steps of a JSON pointer, unescaped. */
export function pointerSteps(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The path that a JSON pointer takes through the data: a step into a list is a number, one into an object a name. */
export function pointerPath(value: unknown, pointer: string): (string | number)[] {
  let found: unknown = value;
  return pointerSteps(pointer).map((step) => {
    const inList = Array.isArray(found);
    found = typeof found === 'object' && found !== null ? Reflect.get(found, step) : undefined;
    return inList ? Number(step) : step;
  });
}
