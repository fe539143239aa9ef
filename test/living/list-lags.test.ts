/** What was made can be read by its id at once, but the lists show it later: a violation only after a while. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import type { Results } from '../../src/results/types.ts';
import { smallRun } from '../safety/small-run.ts';

let close: (() => Promise<void>) | undefined;
afterEach(async () => {
  await close?.();
  close = undefined;
});

/** A deployment whose lists show what was made only so many ms later, and what was archived as much longer. */
async function startLagging(
  lagMs: number,
): Promise<{ readonly baseUrl: string; readonly keys: Readonly<Record<string, string>> }> {
  const mock = await startMock({});
  const inner = new URL(mock.baseUrl);
  const shownFrom = new Map<string, number>();
  const server = createServer((request, response) => {
    void answer(inner, request, response, (path, body) => {
      if (request.method === 'POST')
        for (const [, id = ''] of body.matchAll(/"(?:id|runId)":"([^"]+)"/g))
          if (!shownFrom.has(id)) shownFrom.set(id, performance.now() + lagMs);
      if (request.method !== 'GET' || !/\/(?:workflows|mcp-servers|runs)(?:\?|$)/.test(path)) return body;
      const whole: unknown = JSON.parse(body);
      return JSON.stringify(whole, (_name, value: unknown) =>
        Array.isArray(value)
          ? value.filter((item) => !(shownAt(shownFrom, item) > performance.now()))
          : value,
      );
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  close = async () => {
    server.close();
    server.closeAllConnections();
    await mock.close();
  };
  const { port } = server.address() as AddressInfo;
  return { baseUrl: `http://127.0.0.1:${port}${inner.pathname}`, keys: mock.keys };
}

function shownAt(shownFrom: ReadonlyMap<string, number>, item: unknown): number {
  const id = typeof item === 'object' && item !== null && 'id' in item ? String(item.id) : '';
  return shownFrom.get(id) ?? 0;
}

async function answer(
  inner: URL,
  request: IncomingMessage,
  response: ServerResponse,
  change: (path: string, body: string) => string,
): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk as Uint8Array));
  const { method = 'GET', url = '' } = request;
  const { authorization = '', 'content-type': type = 'application/json' } = request.headers;
  const onward = await fetch(new URL(url, inner), {
    method,
    headers: { authorization, 'content-type': type },
    ...(chunks.length === 0 ? {} : { body: Buffer.concat(chunks) }),
  });
  const body = await onward.text();
  const headers = { 'content-type': onward.headers.get('content-type') ?? 'application/json' };
  response.writeHead(onward.status, headers).end(body === '' ? '' : change(url, body));
}

const filters = [
  'mcp-servers/createMcpServer/lifecycle/**',
  'workflows/createWorkflow/lifecycle/**',
  'workflows/archiveWorkflow/lifecycle/**',
  'workflows/dispatchRun/dispatch/**',
];

function redIn({ cases }: Results): readonly string[] {
  return cases.flatMap(({ status, findings }) =>
    status === 'failed' ? findings.map(({ message }) => message) : [],
  );
}

it('is lag for ten seconds: three seconds turn nothing red', async () => {
  const target = await startLagging(3_000);
  const results = await smallRun({ ...target, filters, profile: 'full' });
  expect(redIn(results)).toEqual([]);
  expect(results.exitCode).toBe(0);
}, 120_000);

it('is a violation where it takes longer than the target says', async () => {
  const target = await startLagging(60_000);
  const results = await smallRun({ ...target, filters, profile: 'full', config: { listLagMs: 300 } });
  expect(redIn(results)).toContain('The new workflow is not in the list that editor sees.');
  expect(redIn(results)).toContain('The queued run is not in the list of its owner.');
}, 60_000);
