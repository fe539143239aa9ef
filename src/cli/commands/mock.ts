import { loadContract } from '../../contract/load.ts';
import { UsageError } from '../../errors.ts';
import { didYouMean } from '../../nearest.ts';
import { shellWord } from '../../report/curl.ts';
import { untilInterrupted } from '../interrupt.ts';
import { options, type FlagsOf } from '../option-table.ts';
import type { MockModule, Output, Surroundings } from '../surroundings.ts';

/**
 * Serves the embedded mock until it is interrupted, and prints its base URL and its keys as exports of a shell. They
 * are printed whole: they open this mock alone, and only while it runs. Gives exit code 0; throws UsageError for an
 * unknown dialect or defect and for a port that cannot be had.
 */
export async function mockCommand(
  flags: FlagsOf<'mock'>,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  const module = await surroundings.loadMock();
  known('dialect', flags.dialect, module.dialects);
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
  const hint = didYouMean(id, ids) || `Known: ${ids.slice(0, 20).join(', ')}${ids.length > 20 ? ', …' : ''}.`;
  throw new UsageError(`There is no ${what} ${id}.`, hint);
}

async function started(
  { startMock }: MockModule,
  { port, dialect, defect }: FlagsOf<'mock'>,
): Promise<Awaited<ReturnType<MockModule['startMock']>>> {
  try {
    return await startMock({
      ...(port === undefined ? {} : { port }),
      ...(dialect === undefined ? {} : { dialect }),
      ...(defect === undefined ? {} : { defect }),
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
