/** The ledger on disk: a line an event, written at once, so that it survives whatever ends the process. */
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import type { JsonValue } from '../plan/types.ts';
import { fileErrorWord } from '../write-whole.ts';
import type { ProcessMark } from './process-mark.ts';
import { Inconclusive } from './stop.ts';

export type LedgerLine =
  | ({
      readonly kind: 'run';
      readonly runId: string;
      readonly baseUrl: string;
      readonly startedAt: string;
    } & ProcessMark)
  /** What of a kind was listed before the run made the first: it is none of the run's, whatever its name says. */
  | { readonly kind: 'before'; readonly resource: string; readonly ids: readonly string[] }
  /** About to be made: where no `made` follows, the answer was never seen and the name alone tells it. */
  | { readonly kind: 'intended'; readonly resource: string; readonly name: string; readonly by: string }
  | {
      readonly kind: 'made';
      readonly resource: string;
      readonly id: string;
      readonly name: string;
      readonly by: string;
    }
  | { readonly kind: 'removed'; readonly resource: string; readonly id: string }
  /** How something was that the run did not make and is about to change; the last such line counts. */
  | ({ readonly kind: 'original' } & ChangedLine)
  /** What it is about to be given instead. */
  | ({ readonly kind: 'asked' } & ChangedLine)
  /** It is as it was. */
  | { readonly kind: 'restored'; readonly resource: string; readonly id: string };

interface ChangedLine {
  readonly resource: string;
  readonly id: string;
  readonly values: Readonly<Record<string, JsonValue>>;
}

export interface LedgerFile {
  /** Writes what is known anyway as long as the run lasts; where that fails the run goes on. */
  write(line: LedgerLine): void;
  /** Writes what must stand there before the request is sent. Throws Inconclusive where it cannot be written. */
  require(line: LedgerLine): void;
  /** Closes the file; where nothing is left to remove it goes away. */
  close(settled: boolean): void;
}

/** The name of the ledger of a run in the report directory. */
export function ledgerFileName(runId: string): string {
  return `ledger-${runId}.jsonl`;
}

/** The run id in the name of a ledger; undefined for another file. */
export function runIdOfLedger(fileName: string): string | undefined {
  return /^ledger-([0-9a-f]{8})\.jsonl$/.exec(fileName)?.[1];
}

/** A ledger at a path, made at the first line; without a path nothing is written. */
export function createLedgerFile(path: string | undefined, head: () => LedgerLine): LedgerFile {
  let file: number | undefined;
  const write = (line: LedgerLine): void => {
    if (path === undefined) return;
    if (file === undefined) {
      mkdirSync(dirname(path), { recursive: true });
      // Made anew, for nobody else to read: what is there already, a link for instance, is not opened.
      file = openSync(path, 'ax', 0o600);
      writeSync(file, asText(head()));
    }
    writeSync(file, asText(line));
  };
  return {
    write(line) {
      try {
        write(line);
      } catch {
        // What is lost is the help for a run that is killed; this one still knows what it made.
      }
    },
    require(line) {
      try {
        write(line);
      } catch (error) {
        throw new Inconclusive(
          `the ledger cannot be written (${fileErrorWord(error)}), and nothing is made or changed that is not booked`,
          'Make room for it, or choose another --report-dir.',
        );
      }
    },
    close(settled) {
      if (file !== undefined) closeSync(file);
      if (path !== undefined && file !== undefined && settled) rmSync(path, { force: true });
      file = undefined;
    },
  };
}

function asText(line: LedgerLine): string {
  return `${JSON.stringify(line)}\n`;
}
