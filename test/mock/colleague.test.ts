import { afterEach, describe, expect, it, vi } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { startMock, type Mock } from '../../mock/index.ts';
import { unlawful } from './lawful.ts';
import { ask } from './lawful-client.ts';
import { arraysIn, type Members } from './open-body.ts';

const contract = await loadContract();

const open: Mock[] = [];

async function started(options: Parameters<typeof startMock>[0]): Promise<Mock> {
  const mock = await startMock(options);
  open.push(mock);
  return mock;
}

afterEach(async () => {
  vi.useRealTimers();
  await Promise.all(open.splice(0).map((mock) => mock.close()));
});

async function rows(mock: Mock, path: string, as = 'owner'): Promise<readonly Members[]> {
  return arraysIn((await ask(mock, path, { as })).body)[0] ?? [];
}

async function names(mock: Mock): Promise<readonly unknown[]> {
  return (await rows(mock, '/workflows')).map(({ name }) => name);
}

/** A clock that stands still. */
function now(): number {
  return Date.UTC(2026, 4, 4, 12);
}

/** Lets a colleague do `count` things at once, by the clock of the timers alone. */
async function after(count: number, options: Parameters<typeof startMock>[0] = {}): Promise<Mock> {
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  const mock = await started({ colleague: 10, seed: 5, ...options });
  vi.advanceTimersByTime(count * 100);
  return mock;
}

describe('a colleague', () => {
  it('makes workflows, dispatches runs and edits topics, in both organizations', async () => {
    const busy = await after(120);
    const quiet = await started({ seed: 5 });
    for (const as of ['owner', 'otherOrg']) {
      for (const path of [
        '/workflows',
        '/runs?pageSize=200',
        '/insights/topics?range=90d',
        '/insights/sessions?limit=100',
      ]) {
        expect(await rows(busy, path, as)).not.toEqual(await rows(quiet, path, as));
      }
    }
    expect((await rows(busy, '/mcp-servers')).length).toBeGreaterThan(
      (await rows(quiet, '/mcp-servers')).length,
    );
  });

  it('does the same in the same order for the same seed', async () => {
    expect(await names(await after(80, { now }))).toEqual(await names(await after(80, { now })));
    expect(await names(await after(80, { now }))).not.toEqual(await names(await after(80, { now, seed: 6 })));
  });

  it('keeps off what somebody else made or changed', async () => {
    const mock = await after(0);
    const [source] = await rows(mock, '/mcp-servers');
    const body = { name: 'Mine', testerPrompt: 'p', mcpServerId: source?.['id'] };
    const made = (await ask(mock, '/workflows', { method: 'POST', body })).body as Members;
    const [topic] = await rows(mock, '/insights/topics?range=90d');
    await ask(mock, `/insights/topics/${String(topic?.['id'])}`, {
      method: 'PATCH',
      body: { label: 'Mine' },
    });
    const before = await Promise.all([
      ask(mock, `/workflows/${String(made['id'])}`),
      ask(mock, `/insights/topics/${String(topic?.['id'])}`),
    ]);
    vi.advanceTimersByTime(60_000);
    const then = await Promise.all([
      ask(mock, `/workflows/${String(made['id'])}`),
      ask(mock, `/insights/topics/${String(topic?.['id'])}`),
    ]);
    expect(then.map(({ text }) => text)).toEqual(before.map(({ text }) => text));
    expect(await rows(mock, `/runs?workflowId=${String(made['id'])}`)).toEqual([]);
  });

  it('lets runs of long ago leave the list, which can still be read', async () => {
    const mock = await after(0);
    const old = await rows(mock, '/runs?range=30d&pageSize=200');
    vi.advanceTimersByTime(60_000);
    const seen = new Set<unknown>();
    for (const page of [1, 2, 3, 4, 5])
      for (const { id } of await rows(mock, `/runs?range=30d&pageSize=200&page=${page}`)) seen.add(id);
    const gone = old.filter(({ id }) => !seen.has(id));
    expect(gone.length).toBeGreaterThan(3);
    expect((await ask(mock, `/runs/${String(gone[0]?.['id'])}`)).status).toBe(200);
  });

  it('stops when the mock is closed', async () => {
    const mock = await after(10);
    await mock.close();
    open.splice(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it.each(['plain', 'seed:21', 'seed:22', 'seed:23'])(
    'leaves a deployment conformant: %s',
    async (dialect) => {
      const clock = { at: Date.UTC(2026, 4, 4, 12) };
      const mock = await started({
        dialect: `${dialect},transport.latencyMs=none,sources.probeMs=none,runs.pageBase=0`,
        colleague: 100,
        now: () => clock.at,
      });
      expect(await unlawful(mock, contract, clock)).toEqual([]);
    },
  );
});
