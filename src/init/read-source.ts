/** Reading the document of `init` from a file or an address, within bounds. */
import { readFile, stat } from 'node:fs/promises';
import { fetch } from 'undici';
import { UsageError } from '../errors.ts';
import { hasUserInfo, shownAddress } from '../shown-address.ts';
import { fileErrorWord } from '../write-whole.ts';

/** The largest document, in bytes: the largest public ones are about a third of it. */
const mostBytes = 64 * 1024 * 1024;
const timeoutMs = 30_000;

/** The text at a path or an http(s) address. Throws UsageError where there is none, or too much of it. */
export async function readSource(source: string): Promise<string> {
  return /^https?:\/\//i.test(source) ? readAddress(source) : readPath(source);
}

async function readPath(path: string): Promise<string> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw tooLarge(path);
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${path} cannot be read: ${fileErrorWord(error)}.`, 'Name a file or an address.');
  }
}

async function readAddress(given: string): Promise<string> {
  const signal = AbortSignal.timeout(timeoutMs);
  const address = shownAddress(given);
  if (hasUserInfo(given)) {
    throw new UsageError(
      `${address} is given with a user name or password, which is not sent.`,
      'Save the document to a file, and name that.',
    );
  }
  try {
    const response = await fetch(given, { signal, redirect: 'follow' });
    if (!response.ok) throw new UsageError(`${address} answers ${response.status}.`, 'Check the address.');
    const chunks: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of response.body ?? []) {
      const bytes: unknown = chunk;
      if (!(bytes instanceof Uint8Array)) continue;
      size += bytes.byteLength;
      if (size > mostBytes) throw tooLarge(address);
      chunks.push(bytes);
    }
    return Buffer.concat(chunks).toString('utf8');
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = signal.aborted ? `no whole answer within ${timeoutMs / 1000} s` : reasonOf(error);
    throw new UsageError(
      `${address} cannot be read: ${why}.`,
      'Check the address, or save the document to a file.',
    );
  }
}

function tooLarge(source: string): UsageError {
  return new UsageError(`${source} is larger than ${mostBytes / 1024 / 1024} MiB.`, 'Trim the document.');
}

/** What undici says lies in the cause of the error. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { message } = error.cause instanceof Error ? error.cause : error;
  return message.replaceAll(/https?:\/\/\S+/gi, shownAddress);
}
