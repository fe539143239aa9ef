import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { PassThrough } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { initCommand } from '../../src/cli/commands/init.ts';
import { loadContract } from '../../src/contract/load.ts';
import { toOpenapi } from '../../src/contract/openapi.ts';
import { command, scene, type Told } from '../cli/in-process.ts';

let folder: string;
let made = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'init-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const ok = { description: '', content: { 'application/json': { schema: { type: 'object' } } } };

function json(schema: object): object {
  return { description: '', content: { 'application/json': { schema } } };
}

function api(paths: object, more: object = {}): object {
  return { openapi: '3.1.0', info: { title: 'Small API', version: '7' }, paths, ...more };
}

interface Initialized extends Told {
  readonly matrix: {
    readonly api: Record<string, unknown>;
    readonly roles: readonly string[];
    readonly operations: Record<string, Record<string, unknown>>;
    readonly [section: string]: unknown;
  };
  readonly out: string;
}

/** Runs init on a document, and reads the matrix that it writes. */
async function init(document: object | string, ...flags: readonly string[]): Promise<Initialized> {
  const out = join(folder, `out-${(made += 1)}`);
  await mkdir(out);
  const source = join(out, 'openapi.yaml');
  await writeFile(source, typeof document === 'string' ? document : JSON.stringify(document));
  const told = await command(['init', '--from-openapi', source, '--out', out, ...flags]);
  const text = await readFile(join(out, 'matrix.yaml'), 'utf8').catch(() => '{}');
  return { ...told, out, matrix: parse(text) as Initialized['matrix'] };
}

function lint(out: string): Promise<Told> {
  return command(['lint', '--matrix', join(out, 'matrix.yaml'), '--specs', join(out, 'specs')]);
}

async function schemaOf(out: string, name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(out, 'specs', `${name}.schema.json`), 'utf8'));
}

describe('init', () => {
  it('gives a contract of our own export back: operations, roles and all', async () => {
    const contract = await loadContract();
    const document = toOpenapi(contract, { serverUrl: 'https://example.com/api/armature/v1' });
    const { out, matrix, exitCode } = await init(document, '--roles', 'viewer,editor,admin,owner');
    expect(exitCode).toBe(0);
    expect(matrix.api['basePath']).toBe('/api/armature/v1');
    for (const { id, method, path, roles } of contract.operations) {
      expect(matrix.operations[id], id).toMatchObject({ method, path, roles });
    }
    // The document tells who may do what; what it cannot tell is which ids are there.
    const errors = (await lint(out)).stdout.split('\n').filter((line) => line.includes('  error  '));
    expect(errors.length).toBeGreaterThan(0);
    expect(errors.filter((line) => !/todo  the value of \w+Id is still to be given/.test(line))).toEqual([]);
  });

  it('leaves roles to be named and decisions to be made, each told by lint with its place', async () => {
    const { out, stdout } = await init(
      api({ '/things': { get: { operationId: 'listThings', responses: { 200: ok } } } }),
    );
    expect(stdout).toContain('The roles are still to be named');
    const told = await lint(out);
    expect(told.exitCode).toBe(2);
    expect(told.stdout).toMatch(
      /matrix\.yaml:\d+:\d+  error  todo  the roles of the API are still to be named/,
    );
    expect(told.stdout).toMatch(
      /matrix\.yaml:\d+:\d+  error  todo  listThings does not say yet what TODO may do: decide \(expected allowed or denied\)/,
    );
  });

  it('asks for the roles on a terminal', async () => {
    const out = join(folder, 'asked');
    const source = join(folder, 'asked.json');
    await writeFile(source, JSON.stringify(api({ '/a': { get: { responses: { 200: ok } } } })));
    const { surroundings, output } = scene();
    const stdin = Object.assign(new PassThrough(), { isTTY: true as const });
    const stderr = Object.assign(new PassThrough(), { isTTY: true as const });
    stdin.end('reader, writer\n');
    await initCommand({ fromOpenapi: source, initDir: out }, { ...surroundings, stdin, stderr }, output);
    expect(parse(await readFile(join(out, 'matrix.yaml'), 'utf8'))).toMatchObject({
      roles: ['reader', 'writer'],
    });
  });

  it('takes schemas of 3.0 over as JSON Schema 2020-12', async () => {
    const { out } = await init(
      {
        ...api(
          {
            '/a': {
              get: {
                operationId: 'a',
                responses: {
                  200: {
                    description: '',
                    content: { 'application/json': { schema: { $ref: '#/components/schemas/A' } } },
                  },
                },
              },
            },
          },
          {
            components: {
              schemas: {
                A: {
                  type: 'object',
                  properties: {
                    n: { type: 'string', nullable: true, enum: ['x'] },
                    r: { nullable: true, allOf: [{ $ref: '#/components/schemas/B' }] },
                    m: { type: 'number', minimum: 1, exclusiveMinimum: true },
                    f: { type: 'string', format: 'made-up', example: 'e' },
                    p: { type: 'string', pattern: '(' },
                  },
                  discriminator: { propertyName: 'n' },
                },
                B: { type: 'object' },
              },
            },
          },
        ),
        openapi: '3.0.3',
      },
      '--roles',
      'r',
    );
    expect(await schemaOf(out, 'A')).toEqual({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      $id: 'A.schema.json',
      type: 'object',
      properties: {
        n: { type: ['string', 'null'], enum: ['x', null] },
        r: { anyOf: [{ allOf: [{ $ref: 'B.schema.json' }] }, { type: 'null' }] },
        m: { type: 'number', minimum: 1, exclusiveMinimum: 1 },
        f: { type: 'string', examples: ['e'] },
        p: { type: 'string' },
      },
    });
  });

  it('finds resources, headers for keys, keyless operations and values that every request needs', async () => {
    const item = { type: 'object', properties: { id: { type: 'string' } } };
    const { matrix, out } = await init(
      api(
        {
          '/shops/{shop}/orders': {
            parameters: [{ name: 'shop', in: 'path', required: true, schema: { type: 'string' } }],
            get: { operationId: 'listOrders', responses: { 200: json({ type: 'array', items: item }) } },
            post: {
              operationId: 'makeOrder',
              requestBody: { content: { 'application/json': { schema: item } } },
              responses: { 201: json(item) },
            },
          },
          '/shops/{shop}/orders/{orderId}': {
            get: { operationId: 'getOrder', responses: { 200: json(item), 404: { description: '' } } },
            delete: {
              operationId: 'dropOrder',
              responses: { 204: { description: '' }, 202: { description: '' } },
            },
          },
          '/health': {
            get: {
              operationId: 'health',
              security: [],
              responses: { 200: { description: '', content: { 'text/plain': {} } } },
            },
          },
          '/search': {
            get: {
              operationId: 'search',
              parameters: [{ name: 'q', in: 'query', required: true, example: 'a' }],
              responses: { 200: ok },
            },
          },
        },
        {
          components: { securitySchemes: { key: { type: 'apiKey', in: 'header', name: 'X-Key' } } },
          security: [{ key: [] }],
        },
      ),
      '--roles',
      'reader,writer',
    );
    expect(matrix.api['auth']).toEqual({ header: 'x-key' });
    expect(matrix['resources']).toMatchObject({
      order: {
        list: 'listOrders',
        read: 'getOrder',
        create: 'makeOrder',
        archive: 'dropOrder',
        cleanup: 'archive',
      },
    });
    expect(matrix['values']).toEqual({ shop: 'TODO', q: 'a' });
    expect(matrix.operations['getOrder']?.['parameters']).toEqual({
      orderId: { in: 'path', resource: 'order' },
      shop: { in: 'path', value: 'shop' },
    });
    expect(matrix.operations['dropOrder']?.['success']).toEqual({ status: 202, also: [204], media: '*/*' });
    expect(matrix.operations['health']).toMatchObject({
      keyless: true,
      roles: { reader: 'allowed', writer: 'allowed' },
      success: { status: 200, media: 'text/plain' },
    });
    const { stdout } = await lint(out);
    expect(stdout).toMatch(/error  todo  the value of shop is still to be given/);
  });

  it('keeps what it can make no case for, counts it and lists it', async () => {
    const { matrix, stdout, out } = await init(
      api({
        '/a': {
          post: {
            operationId: 'upload',
            requestBody: { required: true, content: { 'multipart/form-data': {} } },
            responses: { 200: ok },
          },
          head: { operationId: 'peek', responses: { 200: { description: '' } } },
          get: {
            operationId: 'get',
            parameters: [{ in: 'cookie', name: 'session', required: true }],
            responses: { 200: ok },
          },
          put: { operationId: 'move', responses: { 303: { description: '' } } },
        },
        '/b': {
          get: { operationId: 'b', parameters: [{ in: 'header', name: 'X-Opt' }], responses: { 200: ok } },
        },
      }),
      '--roles',
      'r',
    );
    expect(Object.keys(matrix['unsupported'] as object)).toEqual(['get', 'move', 'upload', 'peek']);
    expect(stdout).toContain('No case can be made for: 4.');
    expect(stdout).toContain('left out: the optional header X-Opt');
    expect((await lint(out)).stdout).toMatch(
      /warning  unsupported-operation  no case is made for upload: it takes a body as multipart\/form-data/,
    );
  });

  it('never writes over what is there, unless it is told to', async () => {
    const { out } = await init(api({ '/a': { get: { responses: { 200: ok } } } }), '--roles', 'r');
    const again = ['init', '--from-openapi', join(out, 'openapi.yaml'), '--out', out, '--roles', 'x'];
    expect(await command(again)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('is there already') as string,
    });
    expect(await command([...again, '--force'])).toMatchObject({ exitCode: 0 });
    expect(parse(await readFile(join(out, 'matrix.yaml'), 'utf8'))).toMatchObject({ roles: ['x'] });
    expect((await readdir(out)).toSorted()).toEqual(['matrix.yaml', 'openapi.yaml', 'specs']);
  });

  it('reads YAML, and a document at an address', async () => {
    const text = stringify(api({ '/a': { get: { operationId: 'a', responses: { 200: ok } } } }));
    const server = createServer((request, response) => {
      response.writeHead(request.url === '/openapi.yaml' ? 200 : 404).end(text);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const out = join(folder, 'fetched');
    const told = await command([
      'init',
      '--from-openapi',
      `${address}/openapi.yaml`,
      '--out',
      out,
      '--roles',
      'r',
    ]);
    expect(told).toMatchObject({ exitCode: 0 });
    const missing = await command(['init', '--from-openapi', `${address}/other`, '--out', `${out}-2`]);
    expect(missing).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('answers 404') as string });
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
    const gone = await command(['init', '--from-openapi', `${address}/openapi.yaml`, '--out', `${out}-3`]);
    expect(gone).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('cannot be read') as string });
  });

  it.each<[string, object | string, RegExp]>([
    ['no text at all', '', /it holds no object/],
    ['broken JSON', '{"openapi": "3.1.0",\n "paths": {', /openapi\.yaml:\d+:\d+ cannot be read as OpenAPI/],
    ['Swagger 2', { swagger: '2.0', paths: { '/a': {} } }, /it is Swagger "2\.0"/],
    ['another version', { openapi: '4.0.0', paths: { '/a': {} } }, /its openapi is "4\.0\.0"/],
    ['no paths', { openapi: '3.1.0', info: {} }, /it has no paths/],
    [
      'a reference that leads nowhere',
      api({ '/a': { get: { responses: { 200: { $ref: '#/components/responses/Gone' } } } } }),
      /references lead nowhere: #\/components\/responses\/Gone at \/paths\/\/a\/get\/responses\/200/,
    ],
  ])('refuses %s in one line, with exit code 2', async (_, document, message) => {
    const told = await init(document, '--roles', 'r');
    expect(told).toMatchObject({ exitCode: 2, stdout: '', matrix: {} });
    expect(told.stderr).toMatch(message);
    expect(told.stderr).not.toMatch(/\bat .*\.ts:\d+/);
  });
});
