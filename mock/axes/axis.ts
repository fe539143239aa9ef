/** One thing that the documentation leaves open, and what a conformant deployment may make of it. */
export interface Axis<Meaning> {
  /** The id of the ambiguity in docs/ambiguities.md. */
  readonly ambiguity: string;
  /** The sentence of the documentation that leaves it open, or the gap, in the project's own words. */
  readonly open: string;
  /** The lawful values by name, with what each means to the deployment; the first is that of the plain dialect. */
  readonly values: ReadonlyMap<string, Meaning>;
}

/** An axis whose values mean what their names say. Takes the plain one first. */
export function named<const Name extends string>(
  ambiguity: string,
  open: string,
  names: readonly Name[],
): Axis<Name> {
  return { ambiguity, open, values: new Map(names.map((name) => [name, name])) };
}

/** An axis whose values stand for something else than their names. Takes the plain one first. */
export function valued<const Pairs extends readonly (readonly [name: string, meaning: unknown])[]>(
  ambiguity: string,
  open: string,
  pairs: Pairs,
): Axis<Pairs[number][1]> {
  return { ambiguity, open, values: new Map<string, Pairs[number][1]>(pairs) };
}
