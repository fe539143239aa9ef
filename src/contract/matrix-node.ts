import type { Problem } from './problem.ts';
import { isJsonObject } from './json-object.ts';
import type { Part, Path, SourceText } from './source-text.ts';

type Fault = Pick<Problem, 'code' | 'message'> &
  Partial<Pick<Problem, 'severity' | 'expected' | 'suggestion'>>;

/**
 * A part of a matrix that may be broken, with its place. Lint asks it for what it hopes to find: where that is
 * missing or of another type there is nothing to check, and the schema of the matrix has said so already.
 */
export class MatrixNode {
  readonly value: unknown;
  readonly path: Path;
  readonly #source: SourceText;

  private constructor(source: SourceText, value: unknown, path: Path) {
    this.#source = source;
    this.value = value;
    this.path = path;
  }

  /** The whole matrix. */
  static root(source: SourceText): MatrixNode {
    return new MatrixNode(source, source.data, []);
  }

  /** The name or index under which it stands. */
  get name(): string {
    return String(this.path.at(-1) ?? '');
  }

  get text(): string | undefined {
    return typeof this.value === 'string' ? this.value : undefined;
  }

  get isPresent(): boolean {
    return this.value !== undefined;
  }

  /** The line it begins in, for a message that points at it. */
  get line(): number {
    return this.#source.place(this.path, 'key').line;
  }

  member(name: string): MatrixNode {
    const value = isJsonObject(this.value) && Object.hasOwn(this.value, name) ? this.value[name] : undefined;
    return new MatrixNode(this.#source, value, [...this.path, name]);
  }

  /** The members of a map; none where it is no map. */
  members(): readonly MatrixNode[] {
    if (!isJsonObject(this.value)) return [];
    return Object.entries(this.value).map(
      ([name, value]) => new MatrixNode(this.#source, value, [...this.path, name]),
    );
  }

  names(): readonly string[] {
    return this.members().map(({ name }) => name);
  }

  /** The items of a list; none where it is no list. */
  items(): readonly MatrixNode[] {
    if (!Array.isArray(this.value)) return [];
    return this.value.map(
      (value: unknown, index) => new MatrixNode(this.#source, value, [...this.path, index]),
    );
  }

  /** The texts of a list, without its items of other types. */
  texts(): readonly string[] {
    return this.items().flatMap(({ text }) => text ?? []);
  }

  problem(fault: Fault, part: Part = 'value'): Problem {
    return { severity: 'error', ...this.#source.place(this.path, part), ...fault };
  }
}
