import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCommand, type RunConformance } from '../../src/cli/commands/run.ts';
import type { FlagsOf } from '../../src/cli/option-table.ts';
import type { MockModule, Surroundings } from '../../src/cli/surroundings.ts';
import { loadContract } from '../../src/contract/load.ts';
import { ContractError } from '../../src/contract/problem.ts';
import { UnreachableError, UsageError } from '../../src/errors.ts';
import { readResults } from '../../src/results/read.ts';
import { failedCase, sampleCase, sampleResults } from '../report/sample.ts';
import { scene, type Told } from './in-process.ts';

type RunOptions = Parameters<RunConformance>[0];

const contract = await loadContract();
const secret = '0123456789abcdefSECRET';
const env = { ARMATURE_KEY_VIEWER: `amt_env_${secret}` };
const elsewhere = 'https://your-org.example.com';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'run-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

interface Outcome extends Told {
  readonly asked: RunOptions | undefined;
}

async function run(
  flags: FlagsOf<'run'>,
  given: { env?: Surroundings['env']; run?: RunConformance; mock?: MockModule } = {},
): Promise<Outcome> {
  const { surroundings, output, told } = scene(given.env ?? {}, given.mock);
  let asked: RunOptions | undefined;
  const runConformance: RunConformance = (options) => {
    asked = options;
    return given.run?.(options) ?? Promise.resolve(sampleResults([sampleCase('org/getOrg/access/viewer')]));
  };
  const exitCode = await runCommand({ reportDir: folder, ...flags }, surroundings, output, runConformance);
  return { exitCode, ...told(), asked };
}

function mockModule(events: string[]): MockModule {
  return {
    startMock: () => {
      events.push('started');
      const close = (): Promise<void> => {
        events.push('closed');
        return Promise.resolve();
      };
      return Promise.resolve({
        baseUrl: 'http://127.0.0.1:9/api/armature/v1',
        keys: Object.fromEntries(Object.keys(contract.credentials).map((id) => [id, `amt_m${id}_${secret}`])),
        close,
      });
    },
    axes: [],
    dialects: [],
    readPoint: () => ({ kind: 'point', values: {} }),
    defects: [],
    url: 'file:///nowhere/mock.js',
  };
}

describe('the target of a run', () => {
  it('is the embedded mock, in full, where it is asked for; it is closed afterwards', async () => {
    const events: string[] = [];
    const { exitCode, asked } = await run({ target: 'mock' }, { mock: mockModule(events) });
    expect(exitCode).toBe(0);
    expect(asked).toMatchObject({
      targetName: 'embedded mock',
      profile: 'full',
      seed: 1,
      timeoutMs: 10_000,
      concurrency: 16,
    });
    expect(events).toEqual(['started', 'closed']);
  });

  it('is closed where the run fails', async () => {
    const events: string[] = [];
    const failing = run(
      { target: 'mock' },
      { mock: mockModule(events), run: () => Promise.reject(new UnreachableError('down')) },
    );
    await expect(failing).rejects.toThrow(UnreachableError);
    expect(events).toEqual(['started', 'closed']);
  });

  it('says that keys in the environment are not for the mock', async () => {
    const { stderr } = await run({ target: 'mock' }, { env, mock: mockModule([]) });
    expect(stderr).toContain('ARMATURE_KEY_VIEWER not used');
  });

  it('is told to be one that keys go to in clear, unless they do not leave this machine', async () => {
    const [staging, secure, own] = await Promise.all(
      ['http://staging.example.com', elsewhere, 'http://127.0.0.1:1'].map((baseUrl, index) =>
        run({ baseUrl, reportDir: join(folder, String(index)) }, { env }),
      ),
    );
    expect(staging?.stderr).toMatch(/is not https: the keys go over the network in clear/);
    expect(secure?.stderr).not.toContain('in clear');
    expect(own?.stderr).not.toContain('in clear');
  });

  it.each([
    ['but an empty key', { ARMATURE_KEY_VIEWER: '' }, /No target is named\./],
    ['but a key', env, /No target is named for the keys that are given \(ARMATURE_KEY_VIEWER\)/],
  ])('is never the mock where it is not named, %s', async (_what, given, message) => {
    const events: string[] = [];
    const unnamed = run({}, { env: given, mock: mockModule(events) });
    await expect(unnamed).rejects.toThrow(UsageError);
    await expect(unnamed).rejects.toThrow(message);
    await expect(unnamed).rejects.toThrow(
      expect.objectContaining({
        hint: expect.stringMatching(/--base-url .*mock for the embedded/) as string,
      }),
    );
    expect(events).toEqual([]);
  });

  it('is the mock where neither a target nor a key is named, and says so', async () => {
    const events: string[] = [];
    const { stderr } = await run({}, { mock: mockModule(events) });
    expect(events).toEqual(['started', 'closed']);
    expect(stderr).toContain('the embedded mock is tested, which says nothing of yours');
  });

  it.each([
    [{ target: 'mock', baseUrl: elsewhere }, /a base URL is given too/],
    [{ target: 'mock', keys: 'keys.yaml' }, /--keys is given too/],
  ])('is not two at once: %j', async (flags, message) => {
    const events: string[] = [];
    await expect(run(flags, { env, mock: mockModule(events) })).rejects.toThrow(message);
    expect(events).toEqual([]);
  });

  it('is only read where it is elsewhere', async () => {
    const { asked } = await run({ baseUrl: elsewhere }, { env });
    expect(asked).toMatchObject({
      baseUrl: `${elsewhere}/api/armature/v1`,
      profile: 'read',
      keys: { viewer: env.ARMATURE_KEY_VIEWER },
    });
    expect(asked?.targetName).toBeUndefined();
  });

  it('is not let loose on in full without a yes, unless it is this machine', async () => {
    await expect(run({ baseUrl: elsewhere, profile: 'full' }, { env })).rejects.toThrow(
      /creates, changes and archives/,
    );
    expect((await run({ baseUrl: elsewhere, profile: 'full', yes: true }, { env })).asked?.profile).toBe(
      'full',
    );
    expect((await run({ baseUrl: 'http://127.0.0.1:1', profile: 'full' }, { env })).asked?.profile).toBe(
      'full',
    );
  });

  it('is not the mock where a variable is misspelt', async () => {
    const misspelt = run({}, { env: { ARMATURE_BASEURL: elsewhere }, mock: mockModule([]) });
    await expect(misspelt).rejects.toThrow(/ARMATURE_BASEURL is none of this tool/);
  });
});

describe('the keys of a run', () => {
  it('must hold one of a role', async () => {
    const without = run({ baseUrl: elsewhere }, { env: { ARMATURE_KEY_REVOKED: `amt_r_${secret}` } });
    await expect(without).rejects.toThrow(UsageError);
    await expect(without).rejects.toThrow(
      expect.objectContaining({ hint: expect.stringContaining('ARMATURE_KEY_VIEWER') as string }),
    );
  });

  it('come from a file before the environment, which is said', async () => {
    const file = join(folder, 'keys.yaml');
    await writeFile(file, 'viewer: ${STAGING_KEY}\n');
    const both = { ...env, STAGING_KEY: 'amt_file_fedcba9876543210SECRET' };
    const { asked, stderr } = await run({ baseUrl: elsewhere, keys: file }, { env: both });
    expect(asked?.keys).toEqual({ viewer: both.STAGING_KEY });
    expect(stderr).toMatch(/viewer: the key of .*keys\.yaml is used, not the one of ARMATURE_KEY_VIEWER/);
  });

  it('are told by name where a variable is set and empty, and count as not given', async () => {
    const { asked, stderr } = await run({ baseUrl: elsewhere }, { env: { ...env, ARMATURE_KEY_EDITOR: '' } });
    expect(asked?.keys).toEqual({ viewer: env.ARMATURE_KEY_VIEWER });
    expect(stderr).toMatch(/^ARMATURE_KEY_EDITOR is set and empty: it gives no key\.$/m);
    const none = run({ baseUrl: elsewhere }, { env: { ARMATURE_KEY_VIEWER: '' } });
    await expect(none).rejects.toThrow(/nothing to test with\. Set and empty: ARMATURE_KEY_VIEWER\./);
  });

  it.each([
    ['in quotes', `"amt_a_${secret}"`, ContractError, /the key of viewer stands in quotes/],
    ['with one quote', `amt_a_${secret}'`, ContractError, /the key of viewer stands in quotes/],
  ])('are refused %s, without being told', async (_what, key, error, message) => {
    const quoted = run({ baseUrl: elsewhere }, { env: { ARMATURE_KEY_VIEWER: key } });
    await expect(quoted).rejects.toThrow(error);
    await expect(quoted).rejects.toThrow(message);
    await expect(quoted).rejects.not.toThrow(secret);
  });

  it('of another form are told before anything is sent, from wherever they come', async () => {
    const file = join(folder, 'keys.yaml');
    await writeFile(file, 'editor: sk_live_0123456789abcdef\n');
    const { exitCode, stderr } = await run(
      { baseUrl: elsewhere, keys: file },
      { env: { ARMATURE_KEY_VIEWER: 'sk_test_0123456789abcdef' } },
    );
    expect(exitCode).toBe(0);
    expect(stderr.split('Testing')[0]).toMatch(/ARMATURE_KEY_VIEWER .*the key of viewer does not begin/);
    expect(stderr.split('Testing')[0]).toMatch(/keys\.yaml:1:9 .*the key of editor does not begin/);
    expect(stderr).not.toContain('0123456789abcdef');
  });

  it.each([
    ['a misspelt member', `viewr: amt_a_${secret}\n`, ContractError, /viewer/],
    ['what is no YAML', 'viewer: [\n', ContractError, /keys\.yaml:\d+:\d+/],
    ['a variable that is not set', 'viewer: ${NOWHERE}\n', ContractError, /NOWHERE/],
  ])('are refused for %s, by its place', async (_name, text, error, message) => {
    const file = join(folder, 'keys.yaml');
    await writeFile(file, text);
    const refused = run({ baseUrl: elsewhere, keys: file }, {});
    await expect(refused).rejects.toThrow(error);
    await expect(refused).rejects.toThrow(message);
    await expect(refused).rejects.not.toThrow(secret);
  });

  it('are refused where the file is not there', async () => {
    await expect(run({ baseUrl: elsewhere, keys: join(folder, 'none') }, {})).rejects.toThrow(
      /none cannot be read: ENOENT/,
    );
  });

  it('never stand in what is told', async () => {
    const leaky = failedCase('org/getOrg/hygiene/echo', { title: `echoes ${env.ARMATURE_KEY_VIEWER}` });
    const { stdout, stderr } = await run(
      { baseUrl: elsewhere, verbose: true },
      {
        env,
        run: ({ onEvent }) => {
          onEvent?.({ kind: 'preflight', lines: [`a line with ${secret}`] });
          return Promise.resolve(sampleResults([leaky]));
        },
      },
    );
    expect(stdout).toContain('echoes amt_env_***');
    expect(stderr).toContain('a line with ***');
    expect(stdout + stderr).not.toContain(secret);
  });
});

describe('the results of a run', () => {
  it('are written and give the exit code', async () => {
    const results = sampleResults([failedCase('org/getOrg/authentication/revoked')]);
    const { exitCode, stdout, stderr } = await run(
      { baseUrl: elsewhere },
      { env, run: () => Promise.resolve(results) },
    );
    expect(exitCode).toBe(1);
    expect(stdout).toContain('VIOLATIONS');
    expect(stderr).toContain(`Results: ${join(folder, 'results.json')}`);
    expect(await readResults(join(folder, 'results.json'))).toEqual(results);
  });

  it('of an earlier run do not outlive one that came to nothing', async () => {
    await run({ baseUrl: elsewhere }, { env });
    const down = run(
      { baseUrl: elsewhere },
      { env, run: () => Promise.reject(new UnreachableError('down')) },
    );
    await expect(down).rejects.toThrow(UnreachableError);
    expect(await readdir(folder)).toEqual(['history.ndjson']);
  });

  it('cannot go where a file is, which is told before the first request', async () => {
    const file = join(folder, 'file');
    await writeFile(file, '');
    const { run: never, sent } = countingRun();
    await expect(run({ baseUrl: elsewhere, reportDir: file }, { env, run: never })).rejects.toThrow(
      UsageError,
    );
    expect(sent()).toBe(0);
  });

  it('are the verdict alone where quiet and conformant', async () => {
    const { stdout, stderr } = await run({ baseUrl: elsewhere, quiet: true }, { env });
    expect(stdout).toMatch(/^CONFORMANT .*\n(?: {2}.*\n)* {2}Exit code 0: .*\n$/);
    expect(stderr).toBe('');
  });

  it('cannot be both quiet and verbose', async () => {
    await expect(run({ quiet: true, verbose: true }, { mock: mockModule([]) })).rejects.toThrow(/both given/);
  });
});

function countingRun(): { readonly run: RunConformance; readonly sent: () => number } {
  let count = 0;
  return {
    run: () => {
      count += 1;
      return Promise.resolve(sampleResults([]));
    },
    sent: () => count,
  };
}

describe('an interrupted run', () => {
  it('is aborted in order and keeps what it knows', async () => {
    const results = sampleResults([sampleCase('org/getOrg/access/viewer')], {
      verdict: 'interrupted',
      exitCode: 130,
    });
    const { exitCode, stderr, stdout } = await run(
      { baseUrl: elsewhere },
      {
        env,
        run: ({ signal }) => {
          const aborted = new Promise<void>((resolve) => {
            signal?.addEventListener('abort', () => resolve());
          });
          process.emit('SIGTERM');
          return aborted.then(() => results);
        },
      },
    );
    expect(exitCode).toBe(130);
    expect(stderr).toContain('Interrupted');
    expect(stdout).toContain('INTERRUPTED');
  });
});
