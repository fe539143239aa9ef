/** Tidying up later: only what bears the mark of a run, only at the target that the user named. */
import { existsSync, readdirSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { loadContract } from '../../src/contract/load.ts';
import { createMarkers } from '../../src/execute/marker.ts';
import { ownProcess } from '../../src/execute/process-mark.ts';
import { command, type Told } from './in-process.ts';
import { answering } from './binary.ts';

type Mock = Awaited<ReturnType<typeof startMock>>;

interface Workflow {
  readonly id: string;
  readonly name: string;
}

const contract = await loadContract();
const runId = '0123abcd';
/** Long enough ago that the run has ended, whatever machine it ran on. */
const longAgo = new Date(Date.now() - 3 * 86_400_000);

let mock: Mock;
let folder: string;
beforeEach(async () => {
  [mock, folder] = await Promise.all([startMock({}), mkdtemp(join(tmpdir(), 'cleanup-'))]);
});
afterEach(async () => {
  await mock.close();
  await rm(folder, { recursive: true, force: true });
});

function environment(): Record<string, string> {
  return Object.fromEntries(
    Object.values(contract.credentials).flatMap(({ id, env }) => {
      const key = mock.keys[id];
      return key === undefined ? [] : [[env, key]];
    }),
  );
}

async function ask(path: string, method = 'GET', body?: unknown, by = 'owner'): Promise<unknown> {
  const answer = await fetch(`${mock.baseUrl}${path}`, {
    method,
    headers: { authorization: `Bearer ${mock.keys[by] ?? ''}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  return answer.json();
}

async function workflows(by = 'owner'): Promise<readonly Workflow[]> {
  const body = (await ask('/workflows', 'GET', undefined, by)) as Readonly<Record<string, unknown>>;
  return Object.values(body).find((value): value is readonly Workflow[] => Array.isArray(value)) ?? [];
}

async function make(name: string, by = 'owner'): Promise<Workflow> {
  const { rows } = (await ask('/mcp-servers', 'GET', undefined, by)) as { rows: readonly { id: string }[] };
  const body = { name, testerPrompt: 'Check it.', mcpServerId: rows[0]?.id };
  return (await ask('/workflows', 'POST', body, by)) as Workflow;
}

/** A marked name, as a run gives it that began at a time. */
function named(run = runId, startedAt = longAgo): string {
  return `conformance ${createMarkers(run, startedAt)()} Chair`;
}

interface Line {
  readonly kind: string;
  readonly [member: string]: unknown;
}

function head(more: Readonly<Record<string, unknown>> = {}): Line {
  return { kind: 'run', runId, baseUrl: mock.baseUrl, startedAt: longAgo.toISOString(), ...more };
}

function madeLine({ id, name }: Workflow, by = 'owner'): Line {
  return { kind: 'made', resource: 'workflow', id, name, by };
}

async function ledger(lines: readonly (Line | string)[], run = runId): Promise<void> {
  const text = lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join('');
  await writeFile(join(folder, `ledger-${run}.jsonl`), text);
}

function cleanup(...more: readonly string[]): Promise<Told> {
  return command(['cleanup', '--base-url', mock.baseUrl, '--report-dir', folder, ...more], environment());
}

describe('cleanup by a ledger', () => {
  it('archives what bears the mark of the run, in each organization, and takes the ledger away', async () => {
    const [own, foreign] = [await make(named()), await make(named(), 'otherOrg')];
    await ledger([head(), madeLine(own), madeLine(foreign, 'otherOrg')]);
    const told = await cleanup();
    expect(told).toMatchObject({ exitCode: 0, stderr: '' });
    expect(told.stdout).toContain(`Run ${runId} on ${mock.baseUrl}: 2 archived.`);
    expect(await workflows()).not.toContainEqual(expect.objectContaining({ id: own.id }));
    expect(await workflows('otherOrg')).not.toContainEqual(expect.objectContaining({ id: foreign.id }));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('leaves what the target shows without that mark, tells it and exits 4', async () => {
    const [theirs] = await workflows();
    const another = await make(named('feedbeef'));
    const own = await make(named());
    if (theirs === undefined) throw new Error('the mock lists no workflow');
    await ledger([head(), madeLine({ ...theirs, name: named() }), madeLine(another), madeLine(own)]);
    const told = await cleanup();
    expect(told.exitCode).toBe(4);
    expect(told.stdout).toContain('1 archived');
    for (const { id, name } of [theirs, another]) {
      expect(told.stdout).toContain(`the workflow ${id} "${name}" is left`);
      expect(await workflows()).toContainEqual(expect.objectContaining({ id }));
    }
    expect(existsSync(join(folder, `ledger-${runId}.jsonl`))).toBe(true);
  });

  it('leaves what was there before the run, whatever its name says now', async () => {
    const renamed = await make(named());
    await ledger([head(), { kind: 'before', resource: 'workflow', ids: [renamed.id] }, madeLine(renamed)]);
    const told = await cleanup();
    expect(told).toMatchObject({ exitCode: 4 });
    expect(told.stdout).toContain('it was there before the run');
    expect(await workflows()).toContainEqual(expect.objectContaining({ id: renamed.id }));
  });

  it('tells what is gone as gone, and not as archived', async () => {
    await ledger([head(), madeLine({ id: 'wf_nothing', name: named() })]);
    const told = await cleanup();
    expect(told).toMatchObject({ exitCode: 0 });
    expect(told.stdout).toContain('0 archived, 1 gone already.');
  });

  it('goes on past lines that say nothing, and names that are none of the contract', async () => {
    const own = await make(named());
    await ledger([
      head(),
      '{"kind":"made"',
      { kind: 'made', resource: 'workflow', id: 7, name: 'x', by: 'owner' },
      { kind: 'made', resource: '__proto__', id: 'a', name: 'x', by: 'owner' },
      { kind: 'made', resource: 'workflow', id: 'b', name: 'x', by: 'toString' },
      { kind: 'made', resource: 'workflow', id: '\ud800/../x', name: 'x', by: 'owner' },
      madeLine(own),
      { kind: 'unheard of' },
      { kind: 'original', resource: 'topic', id: 'no_topic', values: { label: 'x' } },
      { kind: 'asked', resource: 'topic', id: 'no_topic', values: { label: 'y' } },
    ]);
    const told = await cleanup();
    expect(told.exitCode).toBe(4);
    expect(told.stdout).toContain('1 archived');
    expect(told.stdout).toContain('the contract knows no such resource');
    expect(told.stdout).toContain('toString, which is none of the contract');
    expect(told.stderr).toContain('3 lines say nothing that can be understood');
    expect(await workflows()).not.toContainEqual(expect.objectContaining({ id: own.id }));
  });

  it('gives back what the run changed, where the target shows its mark', async () => {
    const { topics } = (await ask('/insights/topics?range=90d')) as {
      topics: readonly { id: string; label: string; is_unmet_demand: boolean }[];
    };
    const [one, other] = topics;
    if (one === undefined || other === undefined) throw new Error('the mock lists no two topics');
    const label = `${one.label} ${createMarkers(runId, longAgo)()} ümläut`;
    await ask(`/insights/topics/${one.id}`, 'PATCH', { label, is_unmet_demand: !one.is_unmet_demand });
    const changed = (topic: typeof one, asked: string): readonly Line[] => [
      {
        kind: 'original',
        resource: 'topic',
        id: topic.id,
        values: { label: topic.label, is_unmet_demand: topic.is_unmet_demand },
      },
      {
        kind: 'asked',
        resource: 'topic',
        id: topic.id,
        values: { label: asked, is_unmet_demand: !topic.is_unmet_demand },
      },
    ];
    await ledger([head(), ...changed(one, label), ...changed({ ...other, label: 'forged' }, other.label)]);
    const told = await cleanup();
    expect(told.exitCode).toBe(4);
    expect(told.stdout).toContain('1 given back as they were');
    // What does not bear the mark is named with what it was, and let alone.
    expect(told.stdout).toContain(`the topic ${other.id} "forged" is left`);
    const after = (await ask('/insights/topics?range=90d')) as { topics: readonly unknown[] };
    expect(after.topics).toEqual(topics);
  });

  it('leaves a run of this machine that is not at its end, and waits for it with --wait', async () => {
    const own = await make(named());
    await ledger([head({ ...ownProcess(), startedAt: new Date().toISOString() }), madeLine(own)]);
    const told = await cleanup();
    expect(told).toMatchObject({ exitCode: 4, stdout: '' });
    expect(told.stderr).toContain(`The run ${runId} is not at its end`);
    expect(await workflows()).toContainEqual(expect.objectContaining({ id: own.id }));

    const waiting = cleanup('--wait');
    await ledger([head({ ...ownProcess(), pid: 2 ** 22 + 1 }), madeLine(own)]);
    expect(await waiting).toMatchObject({ exitCode: 0 });
    expect(await workflows()).not.toContainEqual(expect.objectContaining({ id: own.id }));
  });

  it('leaves a run of another machine that may go on, unless it is named or long ago', async () => {
    const own = await make(named());
    const elsewhere = { host: `not-${hostname()}`, pid: 1, startedAt: new Date().toISOString() };
    await ledger([head(elsewhere), madeLine(own)]);
    expect(await cleanup()).toMatchObject({ exitCode: 4, stdout: '' });
    expect(await workflows()).toContainEqual(expect.objectContaining({ id: own.id }));
    expect(await cleanup('--older-than', '0', '--dry-run')).toMatchObject({ exitCode: 0 });
    expect(await cleanup('--run-id', runId)).toMatchObject({ exitCode: 0 });
    expect(await workflows()).not.toContainEqual(expect.objectContaining({ id: own.id }));
  });
});

describe('the target of cleanup', () => {
  it('is never taken from a ledger: without one nothing is sent, and exit 2 names what the ledgers are for', async () => {
    const other = await answering(200, '{"rows":[]}');
    await ledger([head({ baseUrl: `${other.baseUrl}/api/armature/v1` })]);
    const told = await command(['cleanup', '--report-dir', folder], environment());
    await other.close();
    expect(told).toMatchObject({ exitCode: 2, stdout: '' });
    expect(told.stderr).toContain(`${other.baseUrl}/api/armature/v1`);
    expect(told.stderr).toContain('Name the target by --base-url or --target');
    expect(other.requests()).toBe(0);
  });

  it('in another spelling than the ledger has is told, with exit 4; --run-id looks there all the same', async () => {
    const own = await make(named());
    const spelling = mock.baseUrl.replace('127.0.0.1', 'localhost');
    await ledger([head({ baseUrl: spelling }), madeLine(own)]);
    const told = await cleanup();
    expect(told).toMatchObject({ exitCode: 4, stdout: '' });
    expect(told.stderr).toContain(`There is a ledger of the run ${runId}, but for ${spelling}.`);
    expect(await cleanup('--run-id', runId)).toMatchObject({ exitCode: 0 });
    expect(await workflows()).not.toContainEqual(expect.objectContaining({ id: own.id }));
  });

  it('is not known of a ledger without its first line: exit 4', async () => {
    await ledger([madeLine({ id: 'wf_1', name: named() })]);
    const told = await cleanup();
    expect(told.exitCode).toBe(4);
    expect(told.stderr).toContain('has lost its first line');
  });

  it('counts once: a second first line, or one of another run, says nothing', async () => {
    await ledger([head(), head({ baseUrl: 'http://user:password@127.0.0.1:9/x?y' })]);
    const told = await cleanup();
    expect(told.exitCode).toBe(4);
    expect(told.stderr).toContain('1 lines say nothing');
    await ledger([head({ runId: 'feedbeef' })]);
    expect((await cleanup()).stderr).toContain('has lost its first line');
  });

  it('has nothing to tidy up only where there is no ledger', async () => {
    expect(await cleanup()).toEqual({
      exitCode: 0,
      stdout: 'There is no ledger of an earlier run: nothing to archive.\n',
      stderr: '',
    });
  });
});

describe('cleanup --by-marker', () => {
  it('lists, asks for --yes and archives what bears the mark of a run that began long enough ago', async () => {
    const [old, young, unknown, theirs] = [
      await make(named()),
      await make(named('feedbeef', new Date())),
      await make('conformance cf-0badcafe-1 Chair'),
      await make('Nightly billing check'),
    ];
    const asked = await cleanup('--by-marker');
    expect(asked.exitCode).toBe(2);
    expect(asked.stderr).toContain('--yes');
    const preview = await cleanup('--by-marker', '--dry-run');
    expect(preview).toMatchObject({ exitCode: 0 });
    expect(preview.stdout).toBe(`Run ${runId}: the workflow ${old.id} "${old.name}"\n`);
    expect(await workflows()).toContainEqual(expect.objectContaining({ id: old.id }));

    const told = await cleanup('--by-marker', '--older-than', '1d', '--yes');
    expect(told).toMatchObject({ exitCode: 0 });
    expect(told.stderr).toContain('Run feedbeef: 1 left');
    expect(told.stderr).toContain('Run 0badcafe: 1 left');
    const left = (await workflows()).map(({ id }) => id);
    expect(left).not.toContain(old.id);
    expect(left).toEqual(expect.arrayContaining([young.id, unknown.id, theirs.id]));

    await cleanup('--by-marker', '--older-than', '0', '--yes');
    const then = (await workflows()).map(({ name }) => name);
    expect(then.filter((name) => name.includes('cf-'))).toEqual([]);
    expect(then).toContain(theirs.name);
  });

  it('gives a topic the label back that it had before the run wrote behind it', async () => {
    const before = (await ask('/insights/topics?range=90d')) as {
      topics: readonly { id: string; label: string }[];
    };
    const [one] = before.topics;
    const label = `${one?.label ?? ''} ${createMarkers(runId, longAgo)()} ümläut 漢字 🦊 again`;
    await ask(`/insights/topics/${one?.id ?? ''}`, 'PATCH', { label });
    expect(await cleanup('--by-marker', '--yes')).toMatchObject({ exitCode: 0 });
    expect(await ask('/insights/topics?range=90d')).toEqual(before);
  });

  it('leaves what a run of this machine has made that is not at its end', async () => {
    const own = await make(named());
    await ledger([head({ ...ownProcess() }), madeLine(own)]);
    const told = await cleanup('--by-marker', '--older-than', '0', '--yes');
    expect(told.stderr).toContain('it is not at its end');
    expect(await workflows()).toContainEqual(expect.objectContaining({ id: own.id }));
  });
});
