import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand, type RunConformance } from '../../src/cli/commands/run.ts';
import type { FlagsOf } from '../../src/cli/option-table.ts';
import { settle } from '../../src/cli/settle.ts';
import { UnreachableError, UsageError } from '../../src/errors.ts';
import { start } from '../cli/binary.ts';
import { command, scene } from '../cli/in-process.ts';
import { sampleCase, sampleResults } from '../report/sample.ts';
import { contract } from '../safety/small-run.ts';
import { freePort, gone, hold, listens, serving } from './server.ts';

const secret = '0123456789abcdefSECRET';
const env = { ...process.env, ARMATURE_KEY_VIEWER: `amt_env_${secret}` };
const results = sampleResults([sampleCase('org/getOrg/access/viewer')]);

let folder: string;
let port: number;
let baseUrl: string;
beforeEach(async () => {
  [folder, port] = await Promise.all([mkdtemp(join(tmpdir(), 'start-')), freePort()]);
  baseUrl = `http://127.0.0.1:${port}`;
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** A run of the given flags, whose cases are what `during` does. */
async function run(
  flags: FlagsOf<'run'>,
  during: () => Promise<unknown> = () => Promise.resolve(),
): Promise<{ exitCode: number; stderr: string }> {
  const { surroundings, output, told } = scene(env);
  const cases: RunConformance = async () => {
    await during();
    return results;
  };
  const exitCode = await runCommand({ reportDir: folder, ...flags }, surroundings, output, cases);
  return { exitCode, stderr: told().stderr };
}

const refused = { code: 'ECONNREFUSED' };

describe('run --start', () => {
  it('begins when the base URL answers, and ends the command with all that it started', async () => {
    let held: Socket | undefined;
    const told = await run({ baseUrl, start: `${serving(port)} & wait` }, async () => {
      held = await hold(port);
    });
    expect(told.exitCode).toBe(0);
    if (held === undefined) throw new Error('the server was never there');
    await gone(held);
    await expect(hold(port)).rejects.toMatchObject(refused);
  });

  it('waits for another URL where one is named', async () => {
    const other = await freePort();
    const both = `${serving(port)} & ${serving(other)}`;
    const seen: number[] = [];
    await run({ baseUrl, start: both, waitFor: `http://127.0.0.1:${other}/ready` }, async () => {
      (await hold(other)).destroy();
      seen.push(other);
    });
    expect(seen).toEqual([other]);
    await expect(hold(port)).rejects.toMatchObject(refused);
  });

  it('ends the command where the run throws', async () => {
    const broken = run({ baseUrl, start: serving(port) }, () => Promise.reject(new Error('of the run')));
    await expect(broken).rejects.toThrow('of the run');
    await expect(hold(port)).rejects.toMatchObject(refused);
  });

  it('ends by force what does not end by itself', async () => {
    const deaf = `trap '' TERM; ${serving(port)}; ${serving(port)}`;
    await run({ baseUrl, start: deaf });
    await expect(hold(port)).rejects.toMatchObject(refused);
  }, 20_000);

  it('tells what a command that ends too early wrote last, without a key', async () => {
    const failing = run({ baseUrl, start: `echo 'no database'; echo amt_other_${secret} >&2; exit 7` });
    await expect(failing).rejects.toBeInstanceOf(UnreachableError);
    await expect(failing).rejects.toThrow(
      /ended with exit code 7 before http:\/\/127\.0\.0\.1:\d+\/\S* answered\. It wrote last:\n[^]*no database/,
    );
    await expect(failing).rejects.not.toThrow(secret);
    await expect(failing).rejects.toThrow('amt_other_***');
  });

  it('gives up after --start-timeout and leaves nothing running', async () => {
    const elsewhere = await freePort();
    const deaf = run({ baseUrl, start: serving(elsewhere, 'up'), startTimeout: 700 });
    await expect(deaf).rejects.toMatchObject({
      message: expect.stringMatching(/does not answer after 700 ms/) as string,
      hint: expect.stringContaining('--wait-for') as string,
    });
    await expect(hold(elsewhere)).rejects.toMatchObject(refused);
  });

  it('refuses to test what was there before', async () => {
    await run({ baseUrl, start: serving(port) }, async () => {
      const second = run({ baseUrl, start: serving(port) });
      await expect(second).rejects.toBeInstanceOf(UsageError);
      await expect(second).rejects.toThrow('answers at');
    });
  });

  it('says so where the command ends while the run lasts', async () => {
    const code = `require("http").createServer((q,s)=>s.end("{}",()=>q.url==="/end"&&process.exit(9)))`;
    const dying = `${process.execPath} -e '${code}.listen(${port},"127.0.0.1")'`;
    const { stderr } = await run({ baseUrl, start: dying }, async () => {
      const socket = await hold(port);
      socket.write('GET /end HTTP/1.1\r\nhost: x\r\n\r\n');
      await gone(socket);
      // The end of the process is seen a moment after that of its connections.
      await expect
        .poll(() =>
          hold(port).then(
            () => 'up',
            () => 'gone',
          ),
        )
        .toBe('gone');
      await new Promise((resolve) => setImmediate(resolve));
    });
    // Whether the run saw it before its own end is a matter of time; nothing else may be said.
    expect(stderr.replace(/The command of --start .* ended with exit code 9\. .*\n/, '')).not.toContain(
      '--start',
    );
  });

  it('leaves nothing behind even where it is killed itself', async () => {
    const waiting = start(
      ['run', '--base-url', baseUrl, '--start', serving(port), '--report-dir', folder, '--rate', '1'],
      { ARMATURE_KEY_VIEWER: env.ARMATURE_KEY_VIEWER },
    );
    await waiting.saw('stderr', 'Testing');
    const held = await hold(port);
    waiting.child.kill('SIGKILL');
    await gone(held);
    // A process that ends closes what it holds one by one.
    await expect.poll(() => listens(port)).toBe(false);
  }, 30_000);

  it.each([
    [['run', '--start', 'x'], /--start is given, but no target/],
    [['run', '--base-url', 'http://127.0.0.1:9', '--wait-for', 'http://127.0.0.1:9'], /no --start/],
    [['run', '--wait-for', 'ftp://x'], /'--wait-for <url>' argument 'ftp:\/\/x' is invalid/],
  ])('is told in a line where it makes no sense: %j', async (args, message) => {
    const { exitCode, stderr } = await command(args, { ARMATURE_KEY_VIEWER: env.ARMATURE_KEY_VIEWER });
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: expect.stringMatching(message) as string });
  });
});

describe('a target of the configuration', () => {
  it('is started in the folder of its file', async () => {
    const config = join(folder, 'conformance.config.yaml');
    await writeFile(join(folder, 'serve.sh'), serving(port));
    await writeFile(
      config,
      `targets:\n  own:\n    base-url: ${baseUrl}\n    keys: { viewer: '\${ARMATURE_KEY_VIEWER}' }\n    start: sh serve.sh\n    start-timeout: 30000\n`,
    );
    const flags = { target: 'own', config, reportDir: join(folder, 'reports') };
    const settled = await settle(flags, contract, scene(env).surroundings);
    expect(settled.flags).toMatchObject({ start: 'sh serve.sh', startTimeout: 30_000 });
    const seen: string[] = [];
    await run(flags, async () => {
      (await hold(port)).destroy();
      seen.push('up');
    });
    expect(seen).toEqual(['up']);
  });
});
