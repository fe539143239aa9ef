import { generateKeyPairSync, verify, type KeyObject } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asEnvelope, payloadOf, preAuthEncoding } from '../../src/report/envelope.ts';
import { writeResults } from '../../src/results/write.ts';
import { sampleCase, sampleResults } from '../report/sample.ts';
import { command } from './in-process.ts';

const sample = sampleResults([sampleCase('org/getOrg/access/viewer')]);
const results = { ...sample, contract: { ...sample.contract, title: 'Another API' } };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sign-'));
  await writeResults(folder, results);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const path = (name: string): string => join(folder, name);
const envelope = (): string => path('conformance-statement.dsse.json');
const statement = (): string => path('conformance-statement.json');

/** A pair of keys in files. */
async function keys(
  name: string,
): Promise<{ readonly own: string; readonly shown: string; readonly publicKey: KeyObject }> {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519');
  await writeFile(path(`${name}.key`), privateKey.export({ type: 'pkcs8', format: 'pem' }));
  await writeFile(path(`${name}.pub`), publicKey.export({ type: 'spki', format: 'pem' }));
  return { own: path(`${name}.key`), shown: path(`${name}.pub`), publicKey };
}

async function readEnvelope(): Promise<NonNullable<ReturnType<typeof asEnvelope>>> {
  const read = asEnvelope(JSON.parse(await readFile(envelope(), 'utf8')));
  if (read === undefined) throw new Error('no envelope');
  return read;
}

describe('--sign', () => {
  it('writes the statement as a DSSE envelope that others can check by the published protocol', async () => {
    const { own, publicKey } = await keys('a');
    const signed = await command(['report', folder, '--sign', own]);
    expect(signed.exitCode).toBe(0);
    const { payloadType, payload, signatures } = await readEnvelope();
    expect(payloadType).toBe('application/vnd.in-toto+json');
    const bytes = Buffer.from(payload, 'base64');
    expect(bytes.toString()).toBe(await readFile(statement(), 'utf8'));
    const encoded = Buffer.concat([
      Buffer.from(`DSSEv1 ${payloadType.length} ${payloadType} ${bytes.length} `),
      bytes,
    ]);
    expect(signatures).toHaveLength(1);
    for (const { sig } of signatures) {
      expect(verify(null, encoded, publicKey, Buffer.from(sig, 'base64'))).toBe(true);
    }
    expect(`${signed.stdout}${signed.stderr}`).not.toContain('PRIVATE');
  });

  it('is refused before anything else where the file holds no such key', async () => {
    const { shown } = await keys('a');
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const rsa = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
    await writeFile(path('rsa.key'), rsa);
    for (const file of [shown, path('rsa.key'), path('none'), rsa]) {
      const told = await command(['run', '--base-url', 'http://127.0.0.1:9', '--sign', file]);
      expect(told.exitCode).toBe(2);
      expect(told.stderr).toMatch(/--sign.*openssl genpkey/);
      expect(told.stderr).not.toContain(rsa.slice(40, 80));
    }
    const shard = await command(['run', '--base-url', 'http://127.0.0.1:9', '--shard', '1/2', '--sign', 'k']);
    expect(shard).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('merge') as string });
  });

  it('leaves the signature of the same statement, and takes away one of another', async () => {
    const { own } = await keys('a');
    await command(['report', folder, '--sign', own]);
    await command(['report', folder]);
    expect(payloadOf(await readEnvelope())).toBe(await readFile(statement(), 'utf8'));
    await writeResults(folder, { ...results, seed: 7 });
    await command(['report', folder]);
    await expect(stat(envelope())).rejects.toThrow('ENOENT');
  });
});

/** What verify says of the signature: the sample is of no contract at hand, so that it never exits 0. */
const verified = (file: string, key: string): ReturnType<typeof command> =>
  command(['verify', file, '--key', key]);

describe('verify --key', () => {
  it('tells a signature that holds, and says what else is proven and what is not', async () => {
    const { own, shown } = await keys('a');
    await command(['report', folder, '--sign', own]);
    const { stdout } = await verified(envelope(), shown);
    expect(stdout).toMatch(/It is signed by the key [0-9a-f]{64}\./);
    expect(stdout).toMatch(/Not proven: that this target gave these answers\./);
    const unchecked = await command(['verify', envelope()]);
    expect(unchecked.stdout).toContain('nobody has looked by whom');
    const unsigned = await command(['verify', statement()]);
    expect(unsigned.stdout).toContain('Nobody has signed it.');
  });

  it('finds another signer, another content, another type, and no signature at all', async () => {
    const { own, shown } = await keys('a');
    const other = await keys('b');
    await command(['report', folder, '--sign', own]);
    const whole = await readEnvelope();
    const text = payloadOf(whole).replace('PASSED', 'WARNED');
    const forged = [
      { ...whole, payload: Buffer.from(text).toString('base64') },
      { ...whole, payloadType: 'application/json' },
      { ...whole, signatures: [] },
      { ...whole, signatures: [{ sig: '' }, { sig: 'AAAA' }] },
    ];
    expect(await verified(envelope(), other.shown)).toMatchObject({ exitCode: 1 });
    for (const one of forged) {
      await writeFile(path('forged.json'), JSON.stringify(one));
      const told = await verified(path('forged.json'), shown);
      expect(told.exitCode).toBe(1);
      expect(told.stdout).toMatch(/✗ signature: none of .* is by the key/);
      expect(told.stdout).not.toMatch(/holds\.|add up/);
    }
    const unsigned = await verified(statement(), shown);
    expect(unsigned.exitCode).toBe(1);
    expect(unsigned.stdout).toMatch(/is not signed/);
  });

  it('takes no private key', async () => {
    const { own } = await keys('a');
    await command(['report', folder, '--sign', own]);
    const told = await verified(envelope(), own);
    expect(told).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('public key') as string });
  });
});

describe('the encoding that is signed', () => {
  it('is the one of the published test vector', () => {
    const encoded = preAuthEncoding(Buffer.from('hello world'), 'http://example.com/HelloWorld');
    expect(encoded.toString()).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world');
  });
});
