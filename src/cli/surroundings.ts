/** What a command needs of the process around it, so that tests can give it something else. */
import type { Defect } from '../selftest/types.ts';
import { Border } from './border.ts';

export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stdin: NodeJS.ReadableStream & { readonly isTTY?: boolean };
  readonly stdout: NodeJS.WritableStream & { readonly isTTY?: boolean; readonly columns?: number };
  readonly stderr: NodeJS.WritableStream & { readonly isTTY?: boolean };
  readonly loadMock: () => Promise<MockModule>;
}

/** What the composition root knows of the embedded mock; nothing else here knows more. */
export interface MockModule {
  readonly startMock: (options: {
    readonly port?: number;
    readonly dialect?: string;
    readonly defect?: string;
    readonly colleague?: number;
  }) => Promise<EmbeddedMock>;
  /** Every freedom of the mock, with its values; the first is the plain one. */
  readonly axes: readonly MockAxis[];
  /** The points of the space of axes that have a name. */
  readonly dialects: readonly { readonly id: string; readonly description: string }[];
  /** Reads which point of the space of axes a text means. */
  readonly readPoint: (text: string) => PointReading;
  readonly defects: readonly Defect[];
  /** Where a worker thread imports this module from. */
  readonly url: string;
}

export interface MockAxis {
  readonly id: string;
  /** What leaves it open. */
  readonly open: string;
  readonly values: readonly string[];
}

/** A point of the space of axes, by the values that are not plain; or the word that is not known, and those that are. */
export type PointReading =
  | { readonly kind: 'point'; readonly values: Readonly<Record<string, string>> }
  | {
      readonly kind: 'unknown';
      readonly what: string;
      readonly word: string;
      readonly known: readonly string[];
    };

export interface EmbeddedMock {
  readonly baseUrl: string;
  /** By credential id. */
  readonly keys: Readonly<Record<string, string>>;
  readonly close: () => Promise<void>;
}

/** Where a command writes: what it was asked for on stdout, what it has to say about that on stderr. */
export class Output {
  private readonly border = new Border();
  private readonly surroundings: Surroundings;
  private clearLive: () => void = () => undefined;

  constructor(surroundings: Surroundings) {
    this.surroundings = surroundings;
  }

  /** From here on no trace of these keys is written, nor of those that were named before. */
  protect(keys: Iterable<string>): void {
    this.border.protect(keys);
  }

  /** From here on no key with this first part is written, known or not. */
  protectForm(prefix: string | undefined): void {
    this.border.protectForm(prefix);
  }

  /** Has `clear` take a live line away before anything is written, so that nothing is written into it. */
  clearBefore(clear: () => void): void {
    this.clearLive = clear;
  }

  print(text: string): void {
    this.clearLive();
    this.surroundings.stdout.write(this.border.text(text, this.colors));
  }

  /** Prints the report of a run of ours. */
  printReport(text: string): void {
    this.clearLive();
    this.surroundings.stdout.write(this.border.report(text, this.colors));
  }

  /** Prints workflow commands, which GitHub Actions carries out. */
  printCommands(lines: readonly string[]): void {
    this.clearLive();
    this.surroundings.stdout.write(this.border.commands(lines));
  }

  /** Prints keys as they are: those of the mock alone, which open nothing else. */
  printKeys(text: string): void {
    this.clearLive();
    this.surroundings.stdout.write(text);
  }

  note(text: string): void {
    this.clearLive();
    this.surroundings.stderr.write(`${this.border.text(text)}\n`);
  }

  /** stderr for a library that draws on it; it must be given no text of the target. */
  get drawing(): Surroundings['stderr'] {
    return this.surroundings.stderr;
  }

  /** Colours on a terminal, unless `NO_COLOR` says no; `FORCE_COLOR` says yes anywhere. */
  get colors(): boolean {
    const { env, stdout } = this.surroundings;
    if (env['NO_COLOR'] !== undefined && env['NO_COLOR'] !== '') return false;
    if (env['FORCE_COLOR'] !== undefined) return env['FORCE_COLOR'] !== '0';
    return stdout.isTTY === true && env['TERM'] !== 'dumb' && !this.inCi;
  }

  /** Whether a line can be drawn again in its place. */
  get live(): boolean {
    const { env, stderr } = this.surroundings;
    return stderr.isTTY === true && env['TERM'] !== 'dumb' && !this.inCi;
  }

  /** Columns of the terminal; 100 where it has none to tell. */
  get width(): number {
    const columns = this.surroundings.stdout.columns ?? Number(this.surroundings.env['COLUMNS']);
    return Number.isInteger(columns) && columns >= 40 ? columns : 100;
  }

  private get inCi(): boolean {
    const ci = this.surroundings.env['CI'];
    return ci !== undefined && ci !== '' && ci !== 'false' && ci !== '0';
  }
}
