import { readFile, writeFile } from 'node:fs/promises';
import type { Contract } from './types.ts';

/**
 * The build lints the contract of this package and keeps what it read beside the compiled code, so that a start does
 * not parse and lint the same text again (it takes about 300 ms; the copy takes 10 ms). Source code has no copy.
 */
const copy = new URL('./linted-contract.json', import.meta.url);

/** The contract as the build linted it, or undefined where the texts have changed since, or nothing was built. */
export async function readLintedCopy(digest: string): Promise<Contract | undefined> {
  try {
    const contract: unknown = JSON.parse(await readFile(copy, 'utf8'));
    return isContract(contract) && contract.digest === digest ? contract : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a contract that has no problems, warnings included. */
export async function writeLintedCopy(contract: Contract): Promise<void> {
  await writeFile(copy, JSON.stringify(contract));
}

/** Only {@link writeLintedCopy} writes the file, so its digest vouches for the rest. */
function isContract(value: unknown): value is Contract {
  return typeof value === 'object' && value !== null && 'digest' in value;
}
