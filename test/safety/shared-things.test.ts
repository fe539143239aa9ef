/** What nothing makes is changed only with its old values booked, is given back, and is not taken from another run. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import type { Results } from '../../src/results/types.ts';
import { startFront, type Front, type Mischief } from './mischief.ts';
import { smallRun, type SmallRun } from './small-run.ts';

interface Topic {
  readonly id: string;
  readonly label: string;
  readonly is_unmet_demand: boolean;
}

const putBack = 'insights/updateTopic/lifecycle/put-back/*';

let close: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(close.map((one) => one()));
  close = [];
});

async function front(mischief: Mischief): Promise<Front> {
  const started = await startFront(mischief);
  close.push(started.close);
  return started;
}

interface Deployment {
  readonly baseUrl: string;
  readonly keys: Readonly<Record<string, string>>;
}

async function topics({ baseUrl, keys }: Deployment): Promise<readonly Topic[]> {
  const answer = await fetch(`${baseUrl}/insights/topics?range=90d`, {
    headers: { authorization: `Bearer ${keys['owner'] ?? ''}`, 'x-from': 'the test' },
  });
  const { topics: all } = (await answer.json()) as { topics: readonly Topic[] };
  return all.toSorted((a, b) => (a.id < b.id ? -1 : 1));
}

async function change({ baseUrl, keys }: Deployment, id: string, body: Partial<Topic>): Promise<void> {
  await fetch(`${baseUrl}/insights/topics/${id}`, {
    method: 'PATCH',
    headers: {
      authorization: `Bearer ${keys['owner'] ?? ''}`,
      'content-type': 'application/json',
      'x-from': 'the test',
    },
    body: JSON.stringify(body),
  });
}

function isUpdate({ method, url, headers }: IncomingMessage): boolean {
  return method === 'PATCH' && url?.includes('/insights/topics/') === true && headers['x-from'] === undefined;
}

function full(target: Deployment, options: Partial<SmallRun> = {}): Promise<Results> {
  return smallRun({ ...target, profile: 'full', filters: [putBack], ...options });
}

describe('a change of what the run did not make', () => {
  it('is given back, and what was there is as it was', async () => {
    const target = await front(() => false);
    const before = await topics(target);
    const results = await full(target, { filters: ['insights/updateTopic/**'] });
    expect(results.exitCode).toBe(0);
    expect(target.seen.filter(({ method }) => method === 'PATCH').length).toBeGreaterThan(30);
    expect(await topics(target)).toEqual(before);
    expect(results.leftovers).toEqual([]);
  });

  it.each([429, 500, 503])('is given back though updates get %i for a while', async (status) => {
    let left = 3;
    let changed = false;
    const target = await front((request, response) => {
      if (!isUpdate(request)) return false;
      // The first change gets through; what would give it back does not.
      if (!changed) {
        changed = true;
        return false;
      }
      if (left-- <= 0) return false;
      response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' });
      response.end('{"error":{"code":"busy","message":"later"}}');
      return true;
    });
    const before = await topics(target);
    const results = await full(target);
    expect(await topics(target)).toEqual(before);
    expect(results.leftovers).toEqual([]);
  });

  it('is given back though connections break', async () => {
    let updates = 0;
    const target = await front((request, response) => {
      if (!isUpdate(request)) return false;
      updates++;
      if (updates < 2 || updates > 4) return false;
      response.socket?.destroy();
      return true;
    });
    const before = await topics(target);
    const results = await full(target);
    expect(await topics(target)).toEqual(before);
    expect(results.leftovers).toEqual([]);
  });

  it('is told with the old value where it cannot be given back', async () => {
    let changed = false;
    const target = await front((request, response) => {
      if (!isUpdate(request)) return false;
      if (!changed) {
        changed = true;
        return false;
      }
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end('{"error":{"code":"forbidden_role","message":"no more"}}');
      return true;
    });
    const before = await topics(target);
    const results = await full(target, { filters: ['insights/updateTopic/lifecycle/put-back/editor'] });
    const [left] = results.leftovers;
    const old = before.find(({ id }) => id === left?.id);
    expect(left).toMatchObject({ resource: 'topic', name: old?.label, removable: true });
    expect(left?.reason).toContain(`"label":${JSON.stringify(old?.label)}`);
  });
});

describe('what others do to what the run did not make', () => {
  it('is no violation: two runs at the same moment are each judged as if alone', async () => {
    const mock = await startMock({});
    close.push(() => mock.close());
    const before = await topics(mock);
    const all = await Promise.all(
      ['0000000a', '0000000b', '0000000c'].map((runId) =>
        full(mock, { filters: ['insights/updateTopic/**'], config: { runId } }),
      ),
    );
    for (const { cases } of all) {
      expect(cases.filter(({ status }) => status === 'failed')).toEqual([]);
      const unclear = cases.filter(({ status }) => status === 'inconclusive');
      expect(unclear.filter(({ id }) => !id.includes('/put-back/'))).toEqual([]);
    }
    expect(await topics(mock)).toEqual(before);
  }, 120_000);

  it('is stepped back from: what another run has marked is neither changed nor taken for the old value', async () => {
    const marked = ' cf-0badcafe-29000000000001';
    const target = await front(() => false);
    const [first, ...others] = await topics(target);
    if (first === undefined) throw new Error('the mock lists no topic');
    for (const { id, label } of others) await change(target, id, { label: `${label}${marked}` });
    const before = await topics(target);
    const sent = target.seen.length;
    const results = await full(target);
    expect(results.exitCode).toBe(0);
    const touched = target.seen.slice(sent).filter(({ method }) => method === 'PATCH');
    expect(touched.length).toBeGreaterThan(0);
    expect(touched.filter(({ path }) => !path.includes(first.id))).toEqual([]);
    expect(await topics(target)).toEqual(before);
  });

  it('is inconclusive where other runs are at work on all that there is', async () => {
    const target = await front(() => false);
    for (const { id, label } of await topics(target)) {
      await change(target, id, { label: `${label} cf-0badcafe-29000000000001` });
    }
    const before = await topics(target);
    const results = await full(target, { filters: ['insights/updateTopic/lifecycle/put-back/editor'] });
    expect(results.cases.filter(({ status }) => status === 'failed')).toEqual([]);
    expect(await topics(target)).toEqual(before);
  });

  it('is kept: a label that a colleague sets meanwhile is what the topic is given back', async () => {
    let id = '';
    let disturbed = false;
    const target = await front((request, response) => {
      const [, found = ''] = /\/topics\/(\w+)/.exec(request.url ?? '') ?? [];
      if (isUpdate(request) && id === '') id = found;
      // Between the run's own change and its look at it.
      if (request.method !== 'GET' || id === '' || found !== id || disturbed) return false;
      disturbed = true;
      void change(target, id, { label: 'what the colleague wrote' }).then(() =>
        forward(target, request, '', (code, body) => {
          response.writeHead(code, { 'content-type': 'application/json' }).end(body);
        }),
      );
      return true;
    });
    const results = await full(target, { filters: ['insights/updateTopic/lifecycle/put-back/editor'] });
    expect(disturbed).toBe(true);
    expect(results.exitCode).toBe(0);
    const now = (await topics(target)).find((topic) => topic.id === id);
    expect(now?.label).toBe('what the colleague wrote');
  });
});

describe('a target that takes what it must refuse', () => {
  it.each([
    { what: 'says so', status: 200 },
    { what: 'refuses and does it all the same', status: 400 },
  ])('and $what: what was changed is given back', async ({ status }) => {
    const target = await front((request, response) => {
      if (!isUpdate(request) || !isJson(request)) return false;
      let text = '';
      request.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      request.on('end', () => {
        const { label } = JSON.parse(text) as { label?: unknown };
        const asText = typeof label === 'number' ? { ...JSON.parse(text), label: String(label) } : undefined;
        forward(target, request, asText === undefined ? text : JSON.stringify(asText), (code, body) => {
          const told = asText === undefined ? code : status;
          response.writeHead(told, { 'content-type': 'application/json' });
          response.end(told === 400 ? '{"error":{"code":"invalid","message":"no"}}' : body);
        });
      });
      return true;
    });
    const before = await topics(target);
    const results = await full(target, { filters: ['insights/updateTopic/validation/label/**'] });
    expect(results.verdict).toBe('violations');
    expect(results.cases.filter(({ status: one }) => one === 'failed').length).toBeGreaterThan(0);
    expect(await topics(target)).toEqual(before);
    expect(results.leftovers).toEqual([]);
  });
});

function isJson({ headers }: IncomingMessage): boolean {
  return headers['content-type'] === 'application/json';
}

/** Sends a request on with another body, past the tricks. */
function forward(
  { baseUrl }: Deployment,
  { method, url, headers }: IncomingMessage,
  body: string,
  told: (status: number, body: string) => void,
): void {
  const { hostname, port } = new URL(baseUrl);
  const onward = httpRequest(
    {
      hostname,
      port,
      method,
      path: url,
      headers: { ...headers, 'x-from': 'the test', 'content-length': Buffer.byteLength(body) },
    },
    (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      answer.on('end', () => told(answer.statusCode ?? 500, text));
    },
  );
  onward.end(body);
}
