/** A statement as it was published: plain, or in a signed envelope. */
import type { KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { asEnvelope, isSignedBy, keyIdOf, payloadOf } from '../report/envelope.ts';
import { envelopeFile } from '../report-files/write-reports.ts';
import { fileErrorWord } from '../write-whole.ts';

export interface PublishedStatement {
  readonly statement: unknown;
  /** What does not hold of its signature. */
  readonly problems: readonly string[];
  /** Who vouches for it, in a sentence. */
  readonly signature: string;
}

/**
 * Reads a statement, and checks its signature where a key is given: one that is not signed, or by another key, has a
 * problem then. Throws UsageError where the file cannot be read or is no JSON.
 */
export async function readPublished(path: string, key: KeyObject | undefined): Promise<PublishedStatement> {
  const value = parsed(await textOf(path), path);
  const envelope = asEnvelope(value);
  if (envelope === undefined) {
    const problems =
      key === undefined ? [] : [`signature: ${path} is not signed; --sign writes ${envelopeFile}`];
    return { statement: value, problems, signature: 'Nobody has signed it.' };
  }
  const statement = parsed(payloadOf(envelope), `What ${path} signs`);
  if (key === undefined) {
    const signature = 'It is signed, and nobody has looked by whom: --key FILE checks the signature.';
    return { statement, problems: [], signature };
  }
  if (isSignedBy(envelope, key))
    return { statement, problems: [], signature: `It is signed by the key ${keyIdOf(key)}.` };
  const problems = [`signature: none of ${path} is by the key ${keyIdOf(key)}, over what it holds today`];
  return { statement, problems, signature: 'The signature does not hold.' };
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${fileErrorWord(error)}.`);
  }
}

function parsed(text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new UsageError(`${what} is no JSON.`, 'A run writes it as conformance-statement.json.');
  }
}
