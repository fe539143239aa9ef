/**
 * A map that also knows what it held a while ago, for lists that lag behind. What was put into it before `settle` has
 * been there for ever.
 */
export class Kept<T> extends Map<string, T> {
  readonly #now: () => number;
  #changes: { readonly at: number; readonly id: string; readonly before: T | undefined }[] = [];
  #isSettled = false;

  /** @param now milliseconds since the epoch */
  constructor(now: () => number) {
    super();
    this.#now = now;
  }

  /** From here on changes are remembered. */
  settle(): void {
    this.#isSettled = true;
  }

  override set(id: string, value: T): this {
    this.#remember(id);
    return super.set(id, value);
  }

  override delete(id: string): boolean {
    this.#remember(id);
    return super.delete(id);
  }

  /** What the map held at a moment, which may not be before one that was asked for earlier. */
  asOf(at: number): readonly T[] {
    const held = new Map(this);
    this.#changes = this.#changes.filter((change) => change.at > at);
    for (const { id, before } of this.#changes.toReversed()) {
      if (before === undefined) held.delete(id);
      else held.set(id, before);
    }
    return [...held.values()];
  }

  #remember(id: string): void {
    // The constructor of Map does not set anything, so the private members are there.
    if (this.#isSettled) this.#changes.push({ at: this.#now(), id, before: this.get(id) });
  }
}
