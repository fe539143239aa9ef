import { loadContract } from '../../contract/load.ts';
import { UsageError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { shellWord } from '../../report/curl.ts';
import { untilInterrupted } from '../interrupt.ts';
import { mockListing, mockListingJson } from '../mock-listing.ts';
import { options, type FlagsOf } from '../option-table.ts';
import type { MockModule, Output, Surroundings } from '../surroundings.ts';

/**
 * Serves the embedded mock until it is interrupted, and prints its base URL and its keys as exports of a shell. They
 * are printed whole: they open this mock alone, and only while it runs. With `--list` it prints what there is to
 * choose from instead. Gives exit code 0; throws UsageError for an unknown dialect, axis, value or defect and for a port
 * that cannot be had.
 */
export async function mockCommand(
  flags: FlagsOf<'mock'>,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  const module = await surroundings.loadMock();
  if (flags.listMock === true) {
    output.print(flags.json === true ? mockListingJson(module) : mockListing(module));
    return 0;
  }
  checkPoint(flags.dialect ?? 'plain', module);
  known('defect', flags.defect, module.defects);
  const mock = await started(module, flags);
  try {
    const { credentials } = await loadContract();
    const exports = [
      [options.baseUrl.env, mock.baseUrl] as const,
      ...Object.values(credentials).flatMap(({ id, env }) => {
        const key = mock.keys[id];
        return key === undefined ? [] : [[env, key] as const];
      }),
    ];
    output.printKeys(exports.map(([name, value]) => `export ${name}=${shellWord(value)}\n`).join(''));
    output.note('The mock is up. Paste these lines into another shell; Ctrl-C here ends it.');
    await untilInterrupted();
  } finally {
    await mock.close();
  }
  return 0;
}

function known(what: string, id: string | undefined, all: readonly { readonly id: string }[]): void {
  const ids = all.map((one) => one.id);
  if (id === undefined || ids.includes(id)) return;
  throw unknown(what, id, ids);
}

function checkPoint(text: string, { readPoint }: MockModule): void {
  const reading = readPoint(text);
  if (reading.kind === 'unknown') throw unknown(reading.what, reading.word, reading.known);
}

function unknown(what: string, word: string, all: readonly string[]): UsageError {
  const hint =
    didYouMean(word, all) || `Known: ${all.slice(0, 20).join(', ')}${all.length > 20 ? ', …' : ''}.`;
  return new UsageError(`There is no ${what} ${word === '' ? "''" : word}.`, hint);
}

async function started(
  { startMock }: MockModule,
  { port, dialect, defect, colleague }: FlagsOf<'mock'>,
): Promise<Awaited<ReturnType<MockModule['startMock']>>> {
  try {
    return await startMock({
      ...(port === undefined ? {} : { port }),
      ...(dialect === undefined ? {} : { dialect }),
      ...(defect === undefined ? {} : { defect }),
      ...(colleague === undefined ? {} : { colleague }),
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code !== 'EADDRINUSE' && code !== 'EACCES') throw error;
    throw new UsageError(
      `The port ${port} cannot be had: ${code}.`,
      'Choose another --port, or leave it out for a free one.',
    );
  }
}
