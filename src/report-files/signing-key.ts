/** Keys that sign statements and check them, from files: Ed25519, as PEM. */
import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.ts';
import { fileErrorWord } from '../write-whole.ts';

/**
 * The private key in a file. Throws UsageError where it cannot be read, and where it holds something else; what it holds
 * is never told.
 */
export async function readPrivateKey(path: string): Promise<KeyObject> {
  return readKey(path, {
    option: '--sign',
    what: 'an Ed25519 private key (PEM, without a passphrase)',
    make: 'openssl genpkey -algorithm ed25519 -out conformance.key makes one.',
    parse: createPrivateKey,
  });
}

/** The public key in a file. Throws UsageError where it cannot be read, and where it holds something else. */
export async function readPublicKey(path: string): Promise<KeyObject> {
  return readKey(path, {
    option: '--key',
    what: 'an Ed25519 public key (PEM)',
    make: 'openssl pkey -in conformance.key -pubout -out conformance.pub makes one of a private key, which stays with who signs.',
    parse(text) {
      if (text.includes('PRIVATE KEY')) throw new Error('private');
      return createPublicKey(text);
    },
  });
}

interface KeyKind {
  readonly option: string;
  readonly what: string;
  readonly make: string;
  readonly parse: (text: string) => KeyObject;
}

async function readKey(path: string, { option, what, make, parse }: KeyKind): Promise<KeyObject> {
  if (path.includes('PRIVATE KEY'))
    throw new UsageError(`${option} takes the path of a file, not the key itself.`, make);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    throw new UsageError(`The key file ${path} of ${option} cannot be read: ${fileErrorWord(error)}.`, make);
  }
  const key = parsed(text, parse);
  if (key?.asymmetricKeyType === 'ed25519') return key;
  throw new UsageError(`${path} does not hold ${what}, which ${option} asks for.`, make);
}

function parsed(text: string, parse: (text: string) => KeyObject): KeyObject | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}
