/** What a contract is told apart by. Pure. */
import { createHash } from 'node:crypto';

export interface ContractDigests {
  /** SHA-256 of matrix and schemas, hex. */
  readonly digest: string;
  /** SHA-256 of each file, hex, by name: `matrix.yaml`, `specs/org.response.schema.json`. */
  readonly files: Readonly<Record<string, string>>;
}

/**
 * The digests of the texts of a contract.
 * @param schemas texts by file name, in the order of the names
 */
export function digestsOf(matrix: string, schemas: Readonly<Record<string, string>>): ContractDigests {
  const whole = createHash('sha256').update(matrix);
  const files: Record<string, string> = { 'matrix.yaml': sha256(matrix) };
  for (const [name, text] of Object.entries(schemas)) {
    whole.update(`\0${name}\0${text}`);
    files[`specs/${name}`] = sha256(text);
  }
  return { digest: whole.digest('hex'), files };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
