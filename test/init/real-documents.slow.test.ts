import { createRequire } from 'node:module';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseApiDocument } from '../../src/init/api-document.ts';
import { readResults } from '../../src/results/read.ts';
import { run } from '../cli/binary.ts';
import { command, type Told } from '../cli/in-process.ts';
import { decided } from './decided.ts';
import { serveDocument } from './document-server.ts';

/** GitHub's, OpenAPI 3.0 (see documents/README.md), and GitBook's, OpenAPI 3.1, as its package holds it. */
const documents = {
  github: async () => {
    const packed = await readFile(new URL('./documents/github.json.br', import.meta.url));
    return brotliDecompressSync(packed).toString('utf8');
  },
  gitbook: () => readFile(createRequire(import.meta.url).resolve('@gitbook/api/spec/openapi.json'), 'utf8'),
};

const families = ['--family', 'access', 'denied', 'not-found', 'authentication'];
/** Of the bad credentials the missing one: what is proven is that init and engine fit, not each form of a key. */
const filters = ['--filter', '!*/*/authentication/[!n]*'];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A broken server is worth the time of one document. */
const outcomes = [
  { what: 'keeps it', broken: false, exitCode: 0, verdict: 'conformant' },
  { what: 'lets viewers write', broken: true, exitCode: 1, verdict: 'violations' },
] as const;

describe.each([
  { name: 'github', operations: 420, version: '3.0', basePath: '', surface: 'gists' },
  { name: 'gitbook', operations: 377, version: '3.1', basePath: '/v1', surface: undefined },
] as const)('the API of $name, OpenAPI $version', ({ name, operations, version, basePath, surface }) => {
  let text: string;
  let contract: readonly string[];
  let told: Told;

  beforeAll(async () => {
    text = await documents[name]();
    const source = join(folder, `${name}.json`);
    await writeFile(source, text);
    contract = ['--matrix', join(folder, name, 'matrix.yaml'), '--specs', join(folder, name, 'specs')];
    told = await command([
      'init',
      '--from-openapi',
      source,
      '--out',
      join(folder, name),
      '--roles',
      'viewer,editor',
    ]);
  }, 60_000);

  it('becomes a matrix with every operation, those included that have no cases', async () => {
    expect(told.exitCode).toBe(0);
    const [, taken = ''] = /^(\d+) operations/m.exec(told.stdout) ?? [];
    const [, left = '0'] = /^No case can be made for: (\d+)/m.exec(told.stdout) ?? [];
    expect(Number(taken) + Number(left)).toBe(operations);
    expect(told.stdout).toContain(`OpenAPI ${version}`);
  });

  it('is sound but for what is still to be decided, which lint tells by its place', async () => {
    const linted = await command(['lint', ...contract]);
    expect(linted.exitCode).toBe(2);
    const errors = linted.stdout.split('\n').filter((line) => line.includes('  error  '));
    expect(errors.filter((line) => !/matrix\.yaml:\d+:\d+  error  todo  /.test(line))).toEqual([]);
    expect(errors.some((line) => line.includes('decide (expected allowed or denied)'))).toBe(true);
  }, 60_000);

  describe('once it is decided', () => {
    beforeAll(async () => {
      const file = join(folder, name, 'matrix.yaml');
      const matrix = await readFile(file, 'utf8');
      await writeFile(
        file,
        decided(matrix, (role, method) => (method === 'GET' || role === 'editor' ? 'allowed' : 'denied')),
      );
    });

    it('is sound, so that its cases are listed', async () => {
      const listed = await command(['list', '--profile', 'guarded', ...contract, ...families, ...filters]);
      expect(listed.exitCode).toBe(0);
      expect(listed.stdout.split('\n').length).toBeGreaterThan(operations);
    }, 60_000);

    it.each(outcomes.filter(({ broken }) => !broken || surface !== undefined))(
      'finds a server made from the same document that $what: $verdict',
      async ({ broken, exitCode, verdict }) => {
        const server = await serveDocument(parseApiDocument(text, name), {
          basePath,
          roles: ['viewer', 'editor'],
          allows: (role, method) => broken || method === 'GET' || role === 'editor',
        });
        const keys = join(folder, `${name}-keys.yaml`);
        await writeFile(
          keys,
          Object.entries(server.keys)
            .map(([role, key]) => `${role}: ${key}\n`)
            .join(''),
        );
        const directory = join(folder, `${name}-${verdict}`);
        const chosen = broken
          ? ['--family', 'denied', '--surface', surface ?? '']
          : [...families, ...filters];
        try {
          const ran = await run([
            'run',
            '--base-url',
            server.baseUrl,
            '--keys',
            keys,
            '--profile',
            'guarded',
            ...contract,
            ...chosen,
            '--quiet',
            '--report-dir',
            directory,
          ]);
          expect(ran.stdout + ran.stderr).toContain(verdict.toUpperCase());
          expect(ran.exitCode).toBe(exitCode);
          const { summary } = await readResults(join(directory, 'results.json'));
          expect(broken ? summary.failed : summary.passed).toBeGreaterThan(broken ? 0 : 500);
        } finally {
          await server.close();
        }
      },
      120_000,
    );
  });
});
