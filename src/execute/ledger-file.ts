/** The ledger on disk: a line an event, written at once, so that it survives whatever ends the process. */
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export type LedgerLine =
  | { readonly kind: 'run'; readonly runId: string; readonly baseUrl: string; readonly startedAt: string }
  /** About to be made: where no `made` follows, the answer was never seen and the name alone tells it. */
  | { readonly kind: 'intended'; readonly resource: string; readonly name: string; readonly by: string }
  | {
      readonly kind: 'made';
      readonly resource: string;
      readonly id: string;
      readonly name: string;
      readonly by: string;
    }
  | { readonly kind: 'removed'; readonly resource: string; readonly id: string };

export interface LedgerFile {
  write(line: LedgerLine): void;
  /** Closes the file; where nothing is left to remove it goes away. */
  close(settled: boolean): void;
}

/** The name of the ledger of a run in the report directory. */
export function ledgerFileName(runId: string): string {
  return `ledger-${runId}.jsonl`;
}

/** The run id in the name of a ledger; undefined for another file. */
export function runIdOfLedger(fileName: string): string | undefined {
  return /^ledger-([0-9a-f]+)\.jsonl$/.exec(fileName)?.[1];
}

/** A ledger at a path, opened at the first line; without a path nothing is written. */
export function createLedgerFile(path: string | undefined, head: () => LedgerLine): LedgerFile {
  let file: number | undefined;
  return {
    write(line) {
      if (path === undefined) return;
      if (file === undefined) {
        mkdirSync(dirname(path), { recursive: true });
        file = openSync(path, 'a');
        writeSync(file, asText(head()));
      }
      writeSync(file, asText(line));
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
