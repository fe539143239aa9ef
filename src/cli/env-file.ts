import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { UsageError } from '../errors.ts';
import { reasonOf } from './checked-file.ts';
import type { Surroundings } from './surroundings.ts';

/**
 * The environment with what the files of `--env-file` add; what is set already stays, and the later file wins. The
 * files are read before the arguments are parsed, for an option may get its value from there. Throws UsageError for
 * a file that cannot be read.
 */
export function withEnvFiles(args: readonly string[], env: Surroundings['env']): Surroundings['env'] {
  const fromFiles: Record<string, string | undefined> = {};
  for (const file of envFilesIn(args)) {
    try {
      Object.assign(fromFiles, parseEnv(readFileSync(file, 'utf8')));
    } catch (error) {
      throw new UsageError(`--env-file ${file} cannot be read: ${reasonOf(error)}.`);
    }
  }
  return { ...fromFiles, ...env };
}

function envFilesIn(args: readonly string[]): readonly string[] {
  const flag = '--env-file';
  return args.flatMap((word, index) => {
    if (word === flag) return args[index + 1] ?? [];
    return word.startsWith(`${flag}=`) ? word.slice(flag.length + 1) : [];
  });
}
