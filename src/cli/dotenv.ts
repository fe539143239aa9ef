import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { UsageError } from '../errors.ts';
import { reasonOf } from './checked-file.ts';
import type { Surroundings } from './surroundings.ts';

/** Not `--env-file`: Node takes that out of the arguments of a script, and ends by itself where the file is missing. */
const flag = '--dotenv';

/**
 * The environment with what the files of `--dotenv` add; what is set already stays, and the later file wins. The
 * files are read before the arguments are parsed, for an option may get its value from there. Throws UsageError for
 * a file that cannot be read.
 */
export function withDotenv(args: readonly string[], env: Surroundings['env']): Surroundings['env'] {
  const fromFiles: Record<string, string | undefined> = {};
  for (const file of filesIn(args)) {
    try {
      Object.assign(fromFiles, parseEnv(readFileSync(file, 'utf8')));
    } catch (error) {
      throw new UsageError(`${flag} ${file} cannot be read: ${reasonOf(error)}.`);
    }
  }
  return { ...fromFiles, ...env };
}

/** The files that the flag names, each by itself or several behind one; an empty name is left to the parser. */
function filesIn(args: readonly string[]): readonly string[] {
  const files: string[] = [];
  let behind = false;
  for (const word of args) {
    if (word.startsWith(`${flag}=`)) files.push(word.slice(flag.length + 1));
    else if (behind && !word.startsWith('-')) files.push(word);
    behind = word === flag || (behind && !word.startsWith('-'));
  }
  return files.filter((file) => file !== '');
}
