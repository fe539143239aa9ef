/** Ledgers that earlier runs left on disk. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isObject } from '../check/members.ts';
import { runIdOfLedger } from './ledger-file.ts';

export interface LeftThing {
  readonly resource: string;
  readonly id: string;
  readonly name: string;
  /** The credential that made it. */
  readonly by: string;
}

/** What a ledger says is still there. */
export interface LeftLedger {
  readonly file: string;
  readonly runId: string;
  readonly baseUrl: string;
  /** Made and not removed. */
  readonly made: readonly LeftThing[];
  /** Names of what was about to be made when the run was cut off: the target may have made it. */
  readonly names: readonly string[];
}

/** The ledgers in a folder, by name; none where there is no such folder. */
export async function ledgersIn(directory: string): Promise<readonly LeftLedger[]> {
  const files = await readdir(directory).catch(() => []);
  const found = files
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => {
      const runId = runIdOfLedger(name);
      return runId === undefined ? [] : [{ file: join(directory, name), runId }];
    });
  return Promise.all(
    found.map(async ({ file, runId }) => readLedger(await readFile(file, 'utf8'), file, runId)),
  );
}

/** Reads the text of a ledger; a last line that was cut off is left out. */
export function readLedger(text: string, file: string, runId: string): LeftLedger {
  let baseUrl = '';
  const made = new Map<string, LeftThing>();
  const names = new Set<string>();
  for (const line of text.split('\n')) {
    const event = parse(line);
    const word = (name: string): string => {
      const value = event?.[name];
      return typeof value === 'string' ? value : '';
    };
    const key = `${word('resource')}/${word('id')}`;
    if (event?.['kind'] === 'run') baseUrl = word('baseUrl');
    else if (event?.['kind'] === 'intended' && word('name') !== '') names.add(word('name'));
    else if (event?.['kind'] === 'made') {
      names.delete(word('name'));
      made.set(key, { resource: word('resource'), id: word('id'), name: word('name'), by: word('by') });
    } else if (event?.['kind'] === 'removed') made.delete(key);
  }
  return { file, runId, baseUrl, made: [...made.values()], names: [...names] };
}

function parse(line: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
