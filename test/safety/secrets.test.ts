import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { run } from '../cli/binary.ts';
import { startFront, type Front } from './mischief.ts';
import { contract } from './small-run.ts';

let front: Front | undefined;
let folder: string | undefined;
afterEach(async () => {
  await front?.close();
  if (folder !== undefined) await rm(folder, { recursive: true, force: true });
});

/** The forms in which a secret must be nowhere. */
function forms(secret: string): readonly string[] {
  const base64 = [0, 1, 2].map((offset) =>
    Buffer.from(`${' '.repeat(offset)}${secret}`)
      .toString('base64')
      .replaceAll('=', '')
      .slice(4, -4),
  );
  return [secret, encodeURIComponent(secret), ...base64];
}

async function textsBelow(directory: string): Promise<readonly (readonly [name: string, text: string])[]> {
  const names = await readdir(directory, { recursive: true, withFileTypes: true });
  return Promise.all(
    names
      .filter((entry) => entry.isFile())
      .map(
        async (entry) => [entry.name, await readFile(join(entry.parentPath, entry.name), 'utf8')] as const,
      ),
  );
}

describe('a target that echoes the Authorization header in every answer', () => {
  it('gets no secret of a key, and none of an extra header, into any file or line of output', async () => {
    folder = await mkdtemp(join(tmpdir(), 'safety-'));
    front = await startFront((request, response) => {
      const shown = request.headers.authorization ?? '';
      const key = shown.replace(/^\w+ /, '');
      response.writeHead(500, {
        'content-type': 'application/json',
        'x-echo': encodeURIComponent(shown),
        'x-echo-base64': Buffer.from(shown).toString('base64'),
        'x-request-id': key.slice(0, 200),
      });
      const gateway = request.headers['x-gateway-token'];
      const text = [
        shown,
        encodeURIComponent(key),
        Buffer.from(key).toString('base64'),
        request.url,
        gateway,
      ];
      response.end(JSON.stringify({ error: { code: key, message: text.join(' ') } }));
      return true;
    });
    const { keys, baseUrl } = front;
    const env = Object.fromEntries(
      Object.values(contract.credentials).map(({ id, env: name }) => [name, keys[id] ?? '']),
    );
    const gatewayToken = 'gateway-token-0123456789abcdef';
    const told = await run(
      [
        'run',
        '--verbose',
        '--base-url',
        baseUrl,
        '--profile',
        'guarded',
        '--report-dir',
        folder,
        '--header',
        `X-Gateway-Token: ${gatewayToken}`,
        '--filter',
        'org/**',
        'mcp-servers/listMcpServers/**',
      ],
      env,
    );
    expect(told.exitCode).toBe(1);
    const files = await textsBelow(folder);
    expect(files.map(([name]) => name)).toContain('results.json');
    const secrets = Object.values(keys).map((key) => key.split('_').slice(2).join('_'));
    for (const [name, text] of [...files, ['stdout', told.stdout], ['stderr', told.stderr]] as const) {
      for (const secret of [...secrets, gatewayToken]) {
        for (const form of forms(secret)) expect(text.includes(form), `${name} holds a secret`).toBe(false);
      }
    }
  }, 60_000);
});
