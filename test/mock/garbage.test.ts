import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAjv } from '../../src/contract/ajv.ts';
import { loadContract } from '../../src/contract/load.ts';
import { dialects, startMock, type Mock } from '../../mock/index.ts';
import { send, type Reply, type Sending } from './client.ts';

const contract = await loadContract();
const isError = createAjv(contract.schemas).getSchema(contract.errorSchema);

function deep(levels: number): string {
  return `{"metadata":${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}}`;
}

const bodies: readonly (readonly [string, string | Uint8Array<ArrayBuffer>])[] = [
  ['cut JSON', '{"name":'],
  ['no JSON', 'name=x'],
  ['nothing but a brace', '}'],
  ['a number', '7'],
  ['null', 'null'],
  ['an array', '[{"name":"x"}]'],
  ['a byte order mark', '\ufeff{"name":"x"}'],
  ['invalid UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0x22, 0x3a, 0x31, 0x7d])],
  ['NaN', '{"name":NaN}'],
  ['a deep nesting', deep(5000)],
  ['a very deep nesting', deep(100_000)],
  ['a name that is a prototype', '{"__proto__":{"name":"x"},"constructor":1}'],
];

const targets = [
  '/workflows/%',
  '/workflows/%ff%fe',
  '/workflows/%00',
  '/workflows/..%2f..%2forg',
  `/workflows/${'a'.repeat(4000)}`,
  '/workflows/🥐',
  '/runs?status=%&page=%ff',
  '/runs?page=1e999&pageSize=-0',
  '/runs?pageSize=99999999999999999999',
  '/runs?search=%00%0a',
  '/insights/topics?limit=__proto__',
  '/insights/topics/__proto__',
  '/runs/constructor',
  '/nothing/here',
  '//',
];

/** What may be answered to garbage: a success where it is harmless, and else an error in the documented form. */
function lawful({ status, body }: Reply): boolean {
  return status < 500 && (status < 300 || isError?.(body) === true);
}

describe.each(dialects.map(({ id }) => id))('dialect %s', (dialect) => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock({ dialect });
  });
  afterAll(() => mock.close());

  it.each(bodies)('%s as a body is refused lawfully', async (_what, content) => {
    for (const path of ['/mcp-servers', '/workflows']) {
      const reply = await send(mock, path, { method: 'POST', raw: content });
      expect(reply).toSatisfy((refusal: Reply) => lawful(refusal) && [400, 413].includes(refusal.status));
    }
  });

  it('odd paths and queries are answered lawfully', async () => {
    const replies = await Promise.all(targets.map((target) => send(mock, target)));
    expect(replies.filter((reply) => !lawful(reply)).map(({ text }) => text)).toEqual([]);
  });

  it('odd credentials are 401', async () => {
    const odd = [
      '',
      'Bearer',
      'Bearer ',
      'Bearer amt_',
      'Bearer amt__',
      `Bearer ${'x'.repeat(6000)}`,
      'Basic Og==',
      'ü',
    ];
    const replies = await Promise.all(odd.map((authorization) => send(mock, '/org', { authorization })));
    expect(replies.map(({ status }) => status)).toEqual(odd.map(() => 401));
  });

  it('each method is answered lawfully on each path', async () => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'POST', 'PROPFIND', 'TRACK-ME']) {
      const sending: Sending = { method, as: 'viewer' };
      expect(await send(mock, '/org', sending)).toSatisfy(
        (reply: Reply) => lawful(reply) && reply.status >= 400,
      );
    }
    expect((await send(mock, '/org', { method: 'HEAD' })).text).toBe('');
    expect((await send(mock, '/org', { method: 'OPTIONS' })).status).toBeLessThan(500);
  });

  it('a large body is refused or read', async () => {
    const large = JSON.stringify({ name: 'x'.repeat(2 * 1024 * 1024) });
    const reply = await send(mock, '/mcp-servers', { method: 'POST', raw: large });
    expect([201, 413]).toContain(reply.status);
  });
});

describe('the server', () => {
  let mock: Mock;
  beforeAll(async () => {
    mock = await startMock();
  });
  afterAll(() => mock.close());

  it.each([
    'nonsense\r\n\r\n',
    'GET / HTTP/1.1\r\nConnection: close\r\n\r\n',
    'GET http://other.example.com/api/armature/v1/org HTTP/1.1\r\nHost: other.example.com\r\nConnection: close\r\n\r\n',
    'GET /api\\armature HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n',
    'GET /org HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n',
    'CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n',
    'TRACE /org HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n',
    `GET /org HTTP/1.1\r\nHost: a\r\nX-Long: ${'x'.repeat(20_000)}\r\n\r\n`,
    'POST /org HTTP/1.1\r\nHost: a\r\nExpect: nothing\r\nConnection: close\r\n\r\n',
    'POST /api/armature/v1/workflows HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  ])('%j gets a 4xx with an error', async (text) => {
    const reply = await raw(mock, text);
    expect(reply).toMatch(/^HTTP\/1\.1 4\d\d /);
    expect(reply).toContain('{"error":{');
  });

  it('lives on after a body that breaks off', async () => {
    await raw(
      mock,
      'POST /api/armature/v1/workflows HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n\r\n{"na',
      true,
    );
    expect((await send(mock, '/org')).status).toBe(200);
  });
});

/** Sends bytes, and gives the bytes that come back until the connection closes. */
function raw(mock: Mock, text: string, breakOff = false): Promise<string> {
  const { hostname, port } = new URL(mock.baseUrl);
  return new Promise((resolve) => {
    let reply = '';
    const socket = connect(Number(port), hostname, () => {
      socket.write(text);
      if (breakOff) socket.destroy();
    });
    socket.on('data', (chunk) => (reply += chunk.toString()));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => resolve(reply));
  });
}
