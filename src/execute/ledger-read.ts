/** Ledgers that earlier runs left on disk: files that anybody may have cut, merged or made up. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isObject, type JsonObject } from '../check/members.ts';
import { asRecord, type JsonRecord } from '../plan/valid-body.ts';
import { runIdOfLedger } from './ledger-file.ts';
import type { ProcessMark } from './process-mark.ts';

export interface LeftThing {
  readonly resource: string;
  readonly id: string;
  readonly name: string;
  /** The credential that made it. */
  readonly by: string;
}

/** Something that a run changed and did not make, as it was before. */
export interface LeftChange {
  readonly resource: string;
  readonly id: string;
  readonly values: JsonRecord;
  /** What the run asked for, by member. */
  readonly asked: Readonly<Record<string, readonly JsonRecord[string][]>>;
}

/** What a ledger says of the run itself; only where its first line could be read. */
export interface LedgerHead {
  readonly baseUrl: string;
  readonly startedAt: Date | undefined;
  readonly process: ProcessMark | undefined;
}

/** What a ledger says is still there. */
export interface LeftLedger {
  readonly file: string;
  readonly runId: string;
  readonly head?: LedgerHead;
  /** Made and not removed. */
  readonly made: readonly LeftThing[];
  /** Names of what was about to be made when the run was cut off: the target may have made it. */
  readonly names: readonly string[];
  /** Changed and not given back. */
  readonly changed: readonly LeftChange[];
  /** The ids, by resource, of what was there before. */
  readonly before: ReadonlyMap<string, ReadonlySet<string>>;
  /** How many lines say nothing that can be understood; a last one that was cut off is not among them. */
  readonly odd: number;
}

/** The ledgers in a folder, by name; none where there is no such folder. */
export function ledgersIn(directory: string): readonly LeftLedger[] {
  return namesIn(directory)
    .toSorted((a, b) => (a < b ? -1 : 1))
    .flatMap((name) => {
      const runId = runIdOfLedger(name);
      const file = join(directory, name);
      return runId === undefined ? [] : [readLedger(textOf(file), file, runId)];
    });
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory);
  } catch {
    return [];
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

interface Reading {
  head: LedgerHead | undefined;
  readonly made: Map<string, LeftThing>;
  readonly names: Set<string>;
  readonly values: Map<string, JsonRecord>;
  readonly asked: Map<string, LeftChange['asked']>;
  readonly before: Map<string, Set<string>>;
  odd: number;
}

/** Reads the text of a ledger. Never throws: a line that cannot be understood is counted. */
export function readLedger(text: string, file: string, runId: string): LeftLedger {
  const reading: Reading = {
    head: undefined,
    made: new Map(),
    names: new Set(),
    values: new Map(),
    asked: new Map(),
    before: new Map(),
    odd: 0,
  };
  const lines = text.split('\n');
  for (const [index, line] of lines.entries()) {
    const event = parse(line);
    const cutOff = index === lines.length - 1;
    if (event !== undefined && take(reading, event, index === 0 ? runId : undefined)) continue;
    if (line !== '' && !cutOff) reading.odd++;
  }
  const { head, made, names, values, asked, before, odd } = reading;
  return {
    file,
    runId,
    ...(head === undefined ? {} : { head }),
    made: [...made.values()],
    names: [...names],
    changed: [...asked].map(([key, members]) => {
      const [resource = '', id = ''] = splitKey(key);
      return { resource, id, values: values.get(key) ?? {}, asked: members };
    }),
    before,
    odd,
  };
}

/** Takes in one line; gives whether it could be understood. @param runId of the file, for its first line alone */
function take(reading: Reading, event: JsonObject, runId: string | undefined): boolean {
  const [resource, id, name, by] = [
    word(event, 'resource'),
    word(event, 'id'),
    word(event, 'name'),
    word(event, 'by'),
  ];
  const key = `${resource}\n${id}`;
  const named = resource !== '' && id !== '';
  switch (event['kind']) {
    case 'run':
      // Only the first line of a file speaks of the run, and only of the run that the file is named after.
      if (runId === undefined || word(event, 'runId') !== runId) return false;
      reading.head = headOf(event);
      return true;
    case 'before':
      if (!Array.isArray(event['ids'])) return false;
      reading.before.set(
        resource,
        new Set([...(reading.before.get(resource) ?? []), ...event['ids'].map(String)]),
      );
      return true;
    case 'intended':
      if (name !== '') reading.names.add(name);
      return true;
    case 'made':
      if (!named) return false;
      reading.names.delete(name);
      reading.made.set(key, { resource, id, name, by });
      return true;
    case 'removed':
      reading.made.delete(key);
      return named;
    case 'original':
    case 'asked':
      return named && takeChange(reading, key, event);
    case 'restored':
      reading.asked.delete(key);
      return named;
    default:
      return false;
  }
}

function takeChange({ values, asked }: Reading, key: string, event: JsonObject): boolean {
  const told = event['values'];
  if (!isObject(told)) return false;
  const members = asRecord(told);
  if (event['kind'] === 'original') values.set(key, members);
  else {
    const known = asked.get(key) ?? {};
    const more = Object.entries(members).map(([member, value]) => [
      member,
      [...(known[member] ?? []), value],
    ]);
    asked.set(key, { ...known, ...Object.fromEntries(more) });
  }
  return true;
}

function headOf(event: JsonObject): LedgerHead {
  const started = new Date(word(event, 'startedAt'));
  const { pid, host, born } = event;
  const process =
    Number.isSafeInteger(pid) && typeof host === 'string'
      ? { pid: Number(pid), host, ...(typeof born === 'string' ? { born } : {}) }
      : undefined;
  return {
    baseUrl: word(event, 'baseUrl'),
    startedAt: Number.isNaN(started.getTime()) ? undefined : started,
    process,
  };
}

function splitKey(key: string): readonly string[] {
  const at = key.indexOf('\n');
  return [key.slice(0, at), key.slice(at + 1)];
}

function word(event: JsonObject, name: string): string {
  const value = event[name];
  return typeof value === 'string' ? value : '';
}

function parse(line: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(line);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
