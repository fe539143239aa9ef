/** The names of the parameters of a path template, in order: `/a/{b}/c/{d}` has `b` and `d`. */
export function templateParameters(path: string): string[] {
  return [...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? '');
}

/** A path template without the names of its parameters, so that two that match the same paths are equal. */
export function templateShape(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, '{}');
}
