/** The API of examples/other-api: notes on a shelf, numbers for ids, a header of its own for the key. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface NotesServer {
  readonly baseUrl: string;
  readonly keys: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

interface Note {
  readonly number: number;
  readonly title: string;
  readonly text: string;
}

type Answer = readonly [status: number, body?: unknown];

/** Starts it on a free port. @param broken readers may change and delete notes, though not make any */
export async function serveNotes(broken = false): Promise<NotesServer> {
  const keys = { reader: 'reader-0123456789abcdef', writer: 'writer-0123456789abcdef' };
  const notes = new Map<number, Note>([[1000, { number: 1000, title: 'first', text: 'hello' }]]);
  let next = 1001;

  const answer = async (request: IncomingMessage): Promise<Answer> => {
    const { method = '', url = '/', headers } = request;
    const text = await textOf(request);
    const role = Object.entries(keys).find(([, key]) => key === headers['x-api-key'])?.[0];
    if (role === undefined) return [401, { problem: 'no valid key' }];
    const path = /^\/api\/shelves\/main\/notes(?:\/([^/?]*))?$/.exec(url.split('?')[0] ?? '');
    if (path === null) return [404, { problem: 'no such path' }];
    const one = path[1] !== undefined;
    const allowed = method === 'GET' || role === 'writer' || (broken && one);
    if (!allowed) return [403, { problem: 'this key may only read' }];
    const note = notes.get(Number(path[1]));
    if (one && note === undefined) return [404, { problem: 'no such note' }];
    if (method === 'GET') return [200, note ?? { notes: [...notes.values()] }];
    if (method === 'DELETE' && note !== undefined) {
      notes.delete(note.number);
      return [204];
    }
    const given = parsed(text);
    if (given === undefined) return [422, { problem: 'not a note' }];
    const made = { ...given, number: note?.number ?? next++ };
    notes.set(made.number, made);
    return [one ? 200 : 201, made];
  };

  const server = createServer((request, response) => {
    void answer(request)
      .catch(failed)
      .then(([status, body]) => {
        if (body === undefined) response.writeHead(status).end();
        else response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    baseUrl: `http://127.0.0.1:${port}/api`,
    keys,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function failed(error: unknown): Answer {
  return [500, { problem: String(error) }];
}

function parsed(text: string): { title: string; text: string } | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const { title, text: body, ...rest } = value as Record<string, unknown>;
    const valid = typeof title === 'string' && title !== '' && typeof body === 'string';
    return valid && Object.keys(rest).length === 0 ? { title, text: body } : undefined;
  } catch {
    return undefined;
  }
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
