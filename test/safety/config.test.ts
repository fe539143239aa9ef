import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { command, type Told } from '../cli/in-process.ts';

const secret = '0123456789abcdefSECRET';
const env = { STAGING_VIEWER: `amt_stage_${secret}`, GATEWAY: 'gateway-secret-value' };

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'safety-'));
  file = join(folder, 'conformance.config.yaml');
  await writeFile(
    file,
    `targets:
  staging:
    base-url: https://staging.example.com
    keys: { viewer: '\${STAGING_VIEWER}', editor: '\${STAGING_EDITOR}' }
    headers: { X-Gateway: '\${GATEWAY}' }
    profile: guarded
    rate: 5
    concurrency: 2
    without: [permanent]
`,
  );
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('run --target', () => {
  it('takes what the file says; a flag beats the environment, which beats the file', async () => {
    const { exitCode, stdout, stderr } = await command(
      ['run', '--target', 'staging', '--config', file, '--print-config', '--rate', '7'],
      { ...env, ARMATURE_CONCURRENCY: '3' },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^base-url +https:\/\/staging\.example\.com +.*conformance\.config\.yaml$/m);
    expect(stdout).toMatch(/^rate +7 +--rate$/m);
    expect(stdout).toMatch(/^concurrency +3 +ARMATURE_CONCURRENCY$/m);
    expect(stdout).toMatch(/^profile +guarded +.*conformance\.config\.yaml$/m);
    expect(stdout).toMatch(/^timeout +10000 +default$/m);
    expect(stdout).toMatch(/^header X-Gateway +\*\*\* /m);
    expect(stdout).toMatch(/^key viewer +amt_stage_\*\*\* +STAGING_VIEWER$/m);
    expect(stdout).toMatch(/^key editor +not given$/m);
    expect(stdout).not.toContain(secret);
  });

  it('reads an environment file where one is given; what is set already stays', async () => {
    const envFile = join(folder, '.env');
    await writeFile(envFile, `STAGING_VIEWER=amt_file_${secret}\nGATEWAY=from-the-file\nARMATURE_RATE=9\n`);
    const { stdout } = await command(
      ['run', '--target', 'staging', '--config', file, '--dotenv', envFile, '--print-config'],
      { GATEWAY: env.GATEWAY },
    );
    expect(stdout).toMatch(/^key viewer +amt_file_\*\*\* /m);
    expect(stdout).toMatch(/^rate +9 +ARMATURE_RATE$/m);
    const later = join(folder, 'later.env');
    await writeFile(later, 'ARMATURE_RATE=8\n');
    const both = await command(
      ['run', '--dotenv', envFile, later, '--target', 'staging', '--config', file, '--print-config'],
      { GATEWAY: env.GATEWAY },
    );
    expect(both.stdout).toMatch(/^rate +8 +ARMATURE_RATE$/m);
  });

  it.each([
    [['--dotenv', 'nope.env'], /--dotenv nope\.env cannot be read: ENOENT/],
    [['--dotenv=nope.env'], /--dotenv nope\.env cannot be read: ENOENT/],
    [['--dotenv', ''], /--dotenv.*set and empty/],
  ])('is told in a line where there is no such environment file: %j', async (args, message) => {
    const told = await command(['run', ...args], env);
    expect(told).toMatchObject({ exitCode: 2, stdout: '' });
    expect(told.stderr).toMatch(message);
  });

  it.each([
    ['a misspelt member', 'rates: 5', /:4:5 .*has no member rates .*did you mean "rate"/],
    ['a value out of range', 'rate: 0', /:4:11 .*rate is 0/],
    ['a key in plain', `keys: { viewer: amt_a_${secret} }`, /:4:21 .*must not stand in this file/],
    ['an unknown credential', 'keys: { viewr: "${A}" }', /viewr.*did you mean "viewer"/],
    ['an empty value', 'ca: ""', /:4:9 .*ca/],
    ['a header variable that is not set', 'headers: { X-A: "${NOT_SET}" }', /NOT_SET is not set/],
  ])('refuses %s at its place, and repeats no secret', async (_what, line, message) => {
    await writeFile(file, `targets:\n  staging:\n    base-url: https://staging.example.com\n    ${line}\n`);
    const { exitCode, stdout, stderr } = await command(
      ['run', '--target', 'staging', '--config', file, '--print-config'],
      env,
    );
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(message);
    expect(stdout + stderr).not.toContain(secret);
  });

  it('names the targets that there are', async () => {
    const { exitCode, stderr } = await command(['run', '--target', 'stagin', '--config', file], env);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/has no target stagin\. Did you mean staging\?/);
  });

  it('tells a variable of a key that is set and empty', async () => {
    const { exitCode, stderr } = await command(
      ['run', '--target', 'staging', '--config', file, '--print-config'],
      { ...env, STAGING_EDITOR: '' },
    );
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: 'STAGING_EDITOR is set and empty: it gives no key.\n',
    });
  });

  it('finds no target of the name of the embedded mock, which is another', async () => {
    await writeFile(
      file,
      'targets:\n  staging: { base-url: https://a.example }\n  mock: { base-url: https://b.example }\n',
    );
    const { exitCode, stderr } = await command(['run', '--target', 'staging', '--config', file], env);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/:3:3 .*mock is the embedded mock: give this target another name/);
  });

  it('refuses --config without --target, and a header that the cases set themselves', async () => {
    expect((await command(['run', '--config', file], env)).stderr).toMatch(
      /--config is given, but no --target/,
    );
    const { stderr } = await command(
      ['run', '--target', 'staging', '--config', file, '--header', 'Authorization: x'],
      env,
    );
    expect(stderr).toMatch(/The header Authorization is set by the cases themselves/);
  });

  it.each([
    'Transfer-Encoding: chunked',
    'Upgrade: h2c',
    'Keep-Alive: 5',
    'Expect: 100-continue',
    'TE: trailers',
    'Trailer: X-Sum',
    'Connection: close',
    'content-length: 5',
    'HOST: elsewhere.example.com',
    'Proxy-Connection: close',
  ])('refuses a header that is not of a request, before anything is sent: %s', async (header) => {
    const { exitCode, stdout, stderr } = await command(
      ['run', '--target', 'staging', '--config', file, '--header', header],
      env,
    );
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: The header \S+ is of the connection, .* Leave it out\.$/m);
    expect(stderr).toContain(header.split(':')[0] ?? '');
    const [name, value] = header.split(': ');
    await writeFile(
      file,
      `targets:\n  staging:\n    base-url: https://staging.example.com\n    headers: { ${name}: '${value}' }\n    keys: { viewer: '\${STAGING_VIEWER}' }\n`,
    );
    const configured = await command(['run', '--target', 'staging', '--config', file], env);
    expect(configured).toMatchObject({
      exitCode: 2,
      stderr: expect.stringMatching(/is of the connection/) as string,
    });
  });

  it.each(['X-Trace: \u0001', 'X-Trace: 日本'])(
    'refuses a header that cannot be sent: %j',
    async (header) => {
      const { exitCode, stderr } = await command(
        ['run', '--target', 'staging', '--config', file, '--header', header],
        env,
      );
      expect(exitCode).toBe(2);
      expect(stderr).toMatch(/The header X-Trace has a character that no header takes/);
    },
  );
});

function target(...more: readonly string[]): Promise<Told> {
  return command(['run', '--base-url', 'https://staging.example.com', '--dry-run', ...more], {
    ARMATURE_KEY_VIEWER: `amt_a_${secret}a`,
    ARMATURE_KEY_EDITOR: `amt_b_${secret}b`,
    ARMATURE_KEY_OWNER: `amt_c_${secret}c`,
  });
}

describe('run --dry-run', () => {
  it('says what would be sent and what would stay, and sends nothing', async () => {
    const { exitCode, stdout } = await target('--profile', 'full');
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/would hold \d+ cases/);
    expect(stdout).toMatch(/at most \d+ creates, \d+ updates, \d+ archives, \d+ dispatches/);
    expect(stdout).toMatch(
      /leaves behind for good at most \d+ mcp-servers?, \d+ runs and \d+ workflow-change-proposals/,
    );
  });

  it('--without dispatch dispatches nothing, --without permanent leaves nothing for good', async () => {
    const dispatchless = await target('--profile', 'full', '--without', 'dispatch');
    expect(dispatchless.stdout).not.toMatch(/dispatches/);
    expect(dispatchless.stdout).toMatch(/cases left out: left out by --without dispatch/);
    const harmless = await target('--profile', 'full', '--without', 'permanent');
    expect(harmless.stdout).toMatch(/nothing stays behind but what is archived/);
  });

  it('says how many requests show a key in a URL and of which role, and leaves them out where asked', async () => {
    const shown = /^(\d+) requests show the whole key of (\w+) in the URL, .*--without key-in-url/m;
    const { stdout } = await target();
    expect(shown.exec(stdout)?.[2]).toBe('viewer');
    const without = await target('--without', 'key-in-url');
    expect(without.stdout).not.toMatch(/in the URL/);
    expect(without.stdout).toMatch(
      new RegExp(`^${shown.exec(stdout)?.[1] ?? ''} cases left out: left out by --without key-in-url`, 'm'),
    );
  });

  it('a run that only reads says so', async () => {
    expect((await target('--profile', 'read')).stdout).toMatch(/It sends reads alone, which change nothing/);
  });
});
