import { access, readdir, rm } from 'node:fs/promises';
import { isAbsolute, join, relative } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { UsageError } from '../../errors.ts';
import { initFromOpenapi } from '../../init/init.ts';
import { readSource } from '../../init/read-source.ts';
import { packageRoot } from '../../package-root.ts';
import { printable } from '../../report/printable.ts';
import { exitCodes } from '../../results/verdict.ts';
import { shownAddress } from '../../shown-address.ts';
import { fileErrorWord, writeWhole } from '../../write-whole.ts';
import { initOptions } from '../options/init.ts';
import type { FlagsOf } from '../option-table.ts';
import type { Output, Surroundings } from '../surroundings.ts';

/**
 * Writes a first matrix and its schemas from an OpenAPI document, and tells what was made and what is left to do.
 * Gives 0; throws UsageError for a document that cannot be read, and where files are there that it would replace.
 */
export async function initCommand(
  flags: FlagsOf<'init'>,
  surroundings: Surroundings,
  output: Output,
): Promise<number> {
  const { fromOpenapi: source, force = false } = flags;
  if (source === undefined)
    throw new UsageError(
      '--from-openapi is missing.',
      'Name the file or the address of an OpenAPI document.',
    );
  const out = flags.initDir ?? '.';
  const [matrix, specs] = [join(out, 'matrix.yaml'), join(out, 'specs')];
  if (!force) await requireFree(matrix, specs);
  const text = await readSource(source);
  const from = /^https?:/i.test(source) ? shownAddress(source) : source;
  const roles = flags.roles ?? (await askRoles(surroundings));
  const made = initFromOpenapi({ text, from, roles, schema: schemaPath(out) });
  try {
    if (force) await removeSchemas(specs);
    await writeWhole(matrix, made.matrix);
    for (const [name, content] of Object.entries(made.specs)) await writeWhole(join(specs, name), content);
  } catch (error) {
    throw new UsageError(`${out} cannot be written: ${fileErrorWord(error)}.`, 'Choose another --out.');
  }
  output.print(made.summary.map((line) => `${printable(line)}\n`).join(''));
  output.note(
    `Written: ${matrix} and ${Object.keys(made.specs).length} files in ${specs}.\nNext: armature-conformance lint --matrix ${matrix} --specs ${specs}`,
  );
  return exitCodes.conformant;
}

async function requireFree(matrix: string, specs: string): Promise<void> {
  const there = await access(matrix).then(
    () => true,
    () => false,
  );
  const schemas = (await namesIn(specs)).filter((name) => name.endsWith('.schema.json'));
  if (!there && schemas.length === 0) return;
  const what = there ? matrix : `${specs}, with ${schemas.length} schemas,`;
  throw new UsageError(`${what} is there already.`, 'Choose another --out, or write over it with --force.');
}

/** Schemas of an earlier document would stay behind as if they were of this one. */
async function removeSchemas(specs: string): Promise<void> {
  const names = (await namesIn(specs)).filter((name) => name.endsWith('.schema.json'));
  await Promise.all(names.map((name) => rm(join(specs, name))));
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** The roles by an answer on the terminal; none where there is no terminal, or no answer. */
async function askRoles({ stdin, stderr }: Surroundings): Promise<readonly string[]> {
  if (stdin.isTTY !== true || stderr.isTTY !== true) return [];
  const prompt = createInterface({ input: stdin, output: stderr });
  try {
    const answer = await prompt.question(
      'The roles, from least to most, with commas between them (empty: to be named later): ',
    );
    return initOptions.roles.parse(answer);
  } finally {
    prompt.close();
  }
}

/** The schema of matrices as an editor finds it from the folder of the matrix. */
function schemaPath(out: string): string {
  const path = relative(out, join(packageRoot, 'specs', 'matrix.schema.json'));
  return path.startsWith('.') || isAbsolute(path) ? path : `./${path}`;
}
