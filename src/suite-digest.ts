/** Which code planned and judged: the digest of this suite as it stands on the disk. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds `src/` and `suites/`: the checkout, or `dist/` of the package. */
const codeRoot = fileURLToPath(new URL('../', import.meta.url));

let known: string | undefined;

/**
 * SHA-256, hex, of the list that `sha256sum` makes of every file of code below `src/` and `suites/`, in the order of
 * their names. Read once a process. Throws what the file system says.
 */
export function suiteDigest(): string {
  known ??= sha256(
    ['src', 'suites']
      .flatMap((folder) => codeBelow(join(codeRoot, folder)))
      .map((file) => `${sha256(readFileSync(file))}  ${relative(codeRoot, file).split(sep).join('/')}\n`)
      .join(''),
  );
  return known;
}

function codeBelow(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return codeBelow(path);
      return /(?<!\.d)\.[jt]s$/.test(entry.name) ? [path] : [];
    });
}

function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
