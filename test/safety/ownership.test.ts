/** A run touches what it made: what a create answers is used only where it is proven to be the run's own. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { frontRuns } from './front-run.ts';
import { startFront } from './mischief.ts';
import { smallRun } from './small-run.ts';

const { front, runAgainst } = frontRuns();

interface Workflow {
  readonly id: string;
  readonly name: string;
  readonly testerPrompt: string;
}

const filters = [
  'workflows/createWorkflow/access/**',
  'workflows/{archiveWorkflow,updateWorkflow}/access/**',
  'workflows/dispatchRun/access/**',
];

function isCreate({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && url?.endsWith('/workflows') === true;
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

/** Asks the deployment itself, past the front's tricks. */
async function ask(request: IncomingMessage, method: string, path: string, body?: unknown): Promise<unknown> {
  const answered = await fetch(`${front()?.baseUrl ?? ''}${path}`, {
    method,
    headers: {
      authorization: request.headers.authorization ?? '',
      'content-type': 'application/json',
      'x-from': 'the test',
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answered.json();
}

/** A workflow that a person has made. */
async function theirs(request: IncomingMessage): Promise<Workflow> {
  const listed = await ask(request, 'GET', '/workflows');
  const [first] = Object.values(listed as Record<string, readonly Workflow[]>).flat();
  if (first === undefined) throw new Error('the mock lists no workflow');
  return first;
}

interface Trick {
  readonly what: string;
  /** What a create answers, and whose the id is in it. */
  readonly answer: (request: IncomingMessage, name: string) => Promise<{ id: string; body: unknown }>;
}

const tricks: readonly Trick[] = [
  {
    what: 'the record of one that was there',
    answer: async (request) => {
      const one = await theirs(request);
      return { id: one.id, body: one };
    },
  },
  {
    what: 'the id alone of one that was there',
    answer: async (request) => {
      const { id } = await theirs(request);
      return { id, body: { workflowId: id } };
    },
  },
  {
    what: 'the name that was sent under the id of one that was there',
    answer: async (request, name) => {
      const one = await theirs(request);
      return { id: one.id, body: { ...one, name } };
    },
  },
  {
    what: 'one that a colleague made at that moment',
    answer: async (request) => {
      const { id: _id, ...one } = await theirs(request);
      const source = await ask(request, 'GET', '/mcp-servers');
      const { rows } = source as { rows: readonly { id: string }[] };
      const body = { name: `${one.name} again`, testerPrompt: 'Check.', mcpServerId: rows[0]?.id };
      const made = (await ask(request, 'POST', '/workflows', body)) as { id: string };
      return { id: made.id, body: made };
    },
  },
];

describe('a create that answers something that the run did not make', () => {
  it.each(tricks)('$what: nothing is sent to it, and the case fails', async ({ answer: trick }) => {
    const ids = new Set<string>();
    const failed: string[] = [];
    const results = await runAgainst(
      (request, response) => {
        if (!isCreate(request) || request.headers['x-from'] !== undefined) return false;
        let text = '';
        request.setEncoding('utf8').on('data', (part: string) => {
          text += part;
        });
        request.on('end', () => {
          const { name = '' } = JSON.parse(text) as { name?: string };
          trick(request, name).then(
            ({ id, body }) => {
              ids.add(id);
              answer(response, 201, body);
            },
            (error: unknown) => {
              failed.push(String(error));
              response.destroy();
            },
          );
        });
        return true;
      },
      { profile: 'full', filters, config: { listLagMs: 300 } },
    );
    expect(failed).toEqual([]);
    const touched = (front()?.seen ?? []).filter(
      ({ method, path }) => method !== 'GET' && [...ids].some((id) => path.includes(id)),
    );
    expect(ids.size).toBeGreaterThan(0);
    expect(touched).toEqual([]);
    expect(results.verdict).toBe('violations');
    const created = results.cases.filter(({ id }) => id.startsWith('workflows/createWorkflow/access/'));
    expect(created.map(({ status }) => status)).toEqual(['failed', 'failed', 'failed']);
    const told = created[0]?.findings.map(({ message }) => message) ?? [];
    expect(told).toContainEqual(expect.stringMatching(/no workflow of its own/));
    expect(results.suiteFaults).toEqual([]);
  });
});

describe('a run on a deployment with things of others', () => {
  it('sends no write to what was there, and archives all that it made', async () => {
    const plain = await startFront(() => false);
    try {
      const authorization = `Bearer ${plain.keys['owner'] ?? ''}`;
      const list = await fetch(`${plain.baseUrl}/workflows`, { headers: { authorization } });
      const before = [...(await list.text()).matchAll(/"id":"(\w+)"/g)].map(([, id = '']) => id);
      expect(before.length).toBeGreaterThan(3);
      const cases = [...filters, 'workflows/{createWorkflow,updateWorkflow}/{denied,lifecycle}/**'];
      const results = await smallRun({ ...plain, profile: 'full', filters: cases });
      expect(results.exitCode).toBe(0);
      const writes = plain.seen.filter(({ method }) => method !== 'GET');
      expect(writes.length).toBeGreaterThan(50);
      expect(writes.filter(({ path }) => before.some((id) => path.includes(id)))).toEqual([]);
      expect(results.leftovers.filter(({ resource }) => resource === 'workflow')).toEqual([]);
    } finally {
      await plain.close();
    }
  });
});
