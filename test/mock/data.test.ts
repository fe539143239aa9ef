import { describe, expect, it } from 'vitest';
import { startMock, type Mock } from '../../mock/index.ts';
import { at, itemsOf, send } from './client.ts';

const start = Date.UTC(2026, 4, 4, 12);
const lists = [
  '/mcp-servers',
  '/workflows',
  '/runs?range=30d&pageSize=200',
  '/insights/topics',
  '/insights/searches',
  '/insights/sessions?range=30d&limit=100',
];

async function withMock<T>(use: (mock: Mock, clock: { at: number }) => Promise<T>, seed = 1): Promise<T> {
  const clock = { at: start };
  const mock = await startMock({ seed, now: () => clock.at });
  try {
    return await use(mock, clock);
  } finally {
    await mock.close();
  }
}

function textsOf(seed: number, as = 'owner'): Promise<readonly string[]> {
  return withMock(
    (mock) => Promise.all(lists.map(async (path) => (await send(mock, path, { as })).text)),
    seed,
  );
}

describe('the data of a mock', () => {
  it('is the same for the same seed, and another for another', async () => {
    const [first, again, other] = [await textsOf(1), await textsOf(1), await textsOf(2)];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });

  it('is enough to try everything on', async () => {
    const bodies = await withMock((mock) =>
      Promise.all(lists.map(async (path) => (await send(mock, path)).body)),
    );
    const counts = bodies.map((body) => itemsOf(body, ['rows', 'topics', 'searches', 'sessions']).length);
    const least = [6, 8, 60, 10, 8, 25];
    expect(counts.every((count, index) => count >= (least[index] ?? 0))).toBe(true);
    const statuses = new Set(itemsOf(bodies[2], ['rows']).map((run) => at(run, 'status')));
    expect(statuses).toEqual(new Set(['error', 'fail', 'partial', 'pass', 'pending', 'running']));
    const intents = new Set(itemsOf(bodies[5], ['sessions']).map((session) => at(session, 'raw_intent')));
    expect(intents.size).toBeGreaterThan(5);
    expect(intents).toContain(null);
  });

  it('is another for another organization', async () => {
    const [own, theirs] = [await textsOf(1), await textsOf(1, 'otherOrg')];
    for (const [index, text] of own.entries()) expect(theirs[index]).not.toBe(text);
  });
});

describe('a dispatched run', () => {
  it('goes from pending over running to an end as the clock goes', async () => {
    await withMock(async (mock, clock) => {
      const [workflow] = itemsOf((await send(mock, '/workflows')).body, ['rows']);
      const path = `/workflows/${String(at(workflow, 'id'))}/runs`;
      const runId = String(at((await send(mock, path, { method: 'POST', body: {} })).body, 'runId'));
      const status = async (): Promise<unknown> => at((await send(mock, `/runs/${runId}`)).body, 'status');
      expect(await status()).toBe('pending');
      clock.at += 260;
      expect(['pending', 'running', 'pass', 'fail']).toContain(await status());
      clock.at += 800;
      const end = await status();
      expect(['pass', 'fail']).toContain(end);
      clock.at += 86_400_000;
      expect(await status()).toBe(end);
    });
  });

  it('is the same for the same idempotencyKey and workflow, and another where it is forced', async () => {
    await withMock(async (mock) => {
      const ids = itemsOf((await send(mock, '/workflows')).body, ['rows']).map((workflow) =>
        String(at(workflow, 'id')),
      );
      const dispatch = async (id: string | undefined, body: object): Promise<unknown> =>
        at((await send(mock, `/workflows/${id ?? ''}/runs`, { method: 'POST', body })).body, 'runId');
      const first = await dispatch(ids[0], { idempotencyKey: 'k' });
      expect(await dispatch(ids[0], { idempotencyKey: 'k' })).toBe(first);
      const others = [
        await dispatch(ids[0], { idempotencyKey: 'k', forceNewRun: true }),
        await dispatch(ids[0], { idempotencyKey: 'l' }),
        await dispatch(ids[1], { idempotencyKey: 'k' }),
        await dispatch(ids[0], {}),
      ];
      expect(new Set([first, ...others]).size).toBe(5);
    });
  });
});

describe('the keys', () => {
  it('are of the documented form, and another for each start', async () => {
    const [first, again] = [
      await withMock((mock) => Promise.resolve(mock.keys)),
      await withMock((mock) => Promise.resolve(mock.keys)),
    ];
    expect(Object.keys(first)).toEqual([
      'viewer',
      'editor',
      'admin',
      'owner',
      'revoked',
      'featureDisabled',
      'otherOrg',
    ]);
    for (const [name, key] of Object.entries(first)) {
      expect(key).toMatch(/^amt_[^_]+_[\w-]{43}$/);
      expect(again[name]).not.toBe(key);
    }
  });

  it('stay unknown after many bad ones', async () => {
    await withMock(async (mock) => {
      const bad = Array.from({ length: 50 }, (_, index) => `Bearer ${mock.keys['owner']}.${index}`);
      const statuses = await Promise.all(
        bad.map(async (authorization) => (await send(mock, '/org', { authorization })).status),
      );
      expect(new Set(statuses)).toEqual(new Set([401]));
      expect((await send(mock, '/org')).status).toBe(200);
    });
  });
});
