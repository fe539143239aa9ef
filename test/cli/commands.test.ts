import { readFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Validator } from '@seriousme/openapi-schema-validator';
import { parse } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { namesOfSubjects, optionsOf } from '../../src/cli/option-table.ts';
import { loadContract } from '../../src/contract/load.ts';
import { command } from './in-process.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'cli-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('help', () => {
  it.each(Object.keys(optionsOf))('%s --help has examples and exit codes', async (name) => {
    const { exitCode, stdout, stderr } = await command([name, '--help']);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toMatch(/^Usage: armature-conformance /);
    expect(stdout).toContain('Examples:\n  armature-conformance ');
    expect(stdout).toMatch(/Exit codes:\n {4}0 {2}/);
  });

  it('names every command', async () => {
    const { exitCode, stdout } = await command(['--help']);
    expect(exitCode).toBe(0);
    for (const name of Object.keys(optionsOf)) expect(stdout).toContain(`\n  ${name} `);
  });

  it.each([
    [['help'], 'Usage: armature-conformance [options] [command]'],
    [['help', 'run'], 'Usage: armature-conformance run [options]'],
  ])('%j tells it as well', async (args, start) => {
    const { exitCode, stdout } = await command(args);
    expect(exitCode).toBe(0);
    expect(stdout.startsWith(start)).toBe(true);
  });

  it('has the many options of a run under headings, and says of each command what is true of it', async () => {
    const run = await command(['run', '--help']);
    for (const heading of ['What is tested:', 'What comes of it:'])
      expect(run.stdout).toContain(`\n${heading}\n`);
    expect(run.stdout).toContain('which the run then');
    expect((await command(['list', '--help'])).stdout).not.toContain('which the run then');
    expect((await command(['openapi', '--help'])).stdout).not.toContain('fingerprint');
  });

  it('has each option once: of two with one name the later would win unseen', () => {
    expect(namesOfSubjects.filter((name, index) => namesOfSubjects.indexOf(name) !== index)).toEqual([]);
  });

  it.each(['--version', '-v'])('prints the version of the package with %s', async (flag) => {
    const manifest = JSON.parse(await readFile('package.json', 'utf8')) as { version: string };
    expect(await command([flag])).toEqual({
      exitCode: 0,
      stdout: `${manifest.version}\n`,
      stderr: '',
    });
  });
});

describe('a mistake on the command line', () => {
  it.each<[readonly string[], RegExp, Readonly<Record<string, string>>?]>([
    [['run', '--base-ur', 'x'], /unknown option '--base-ur' \(Did you mean --base-url\?\)/],
    [['runn'], /unknown command 'runn' \(Did you mean run\?\)/],
    [['run', 'extra'], /too many arguments/],
    [['explain'], /missing required argument 'case-id'/],
    [['run', '--seed', 'one'], /--seed.*'one' is invalid.*whole number/],
    [['run', '--timeout', '0'], /whole number from 1/],
    [['run', '--concurrency', '1e3'], /whole number from 1 to 1024/],
    [['run', '--profile', 'ful'], /Did you mean full\?/],
    [['list', '--family', 'denid'], /Did you mean denied\?/],
    [['list', '--filter', 'workflow/**'], /matches no case\. Did you mean workflows\/\*\*/],
    [['list', '--surface', 'workflow'], /Did you mean workflows\?/],
    [['list', '--role', 'vewer'], /Did you mean viewer\?/],
    [['matrix', '--format', 'markdwn'], /Did you mean markdown\?/],
    [['explain', 'org/getOrg/acces/viewer'], /There is no case .* Did you mean org\/getOrg\/access\/viewer/],
    [['list'], /ARMATURE_SEED is wrong/, { ARMATURE_SEED: 'x' }],
    [['list'], /ARMATURE_SEED is wrong.*set and empty/, { ARMATURE_SEED: '' }],
    [['run'], /ARMATURE_BASE_URL is wrong.*set and empty/, { ARMATURE_BASE_URL: '' }],
    [['run', '--base-url', ''], /--base-url.*set and empty/],
    [['run', '--keys='], /--keys.*set and empty/],
    [['cleanup', '--target', 'mock'], /The embedded mock is gone/],
    [['mock', '--dialect', 'plan'], /There is no dialect plan\. Did you mean plain\?/],
    [['mock', '--colleague', '0'], /times a second/],
    [['mock', '--defect', 'revoked-keys-accepted'], /Did you mean revoked-key-accepted\?/],
    [
      ['selftest', '--defect', 'revoked-key-acepted'],
      /matches no defect .*Did you mean revoked-key-accepted/,
    ],
    [['selftest', '--dialect', 'plan'], /matches no dialect .*Did you mean plain/],
    [['lint', '--matrix', '/nowhere/matrix.yaml'], /error/],
  ])('%j is told in a line, exit 2', async (args, message, env = {}) => {
    const { exitCode, stdout, stderr } = await command(args, env);
    expect(exitCode).toBe(2);
    expect(stdout + stderr).toMatch(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
    expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  });

  it('is a command that is not there', async () => {
    expect(await command([])).toMatchObject({
      exitCode: 2,
      stdout: expect.stringContaining('Commands:') as string,
    });
  });
});

describe('list', () => {
  it('holds every operation with every role, and the keyless one once', async () => {
    const { exitCode, stdout } = await command(['list', '--json']);
    const cases = JSON.parse(stdout) as readonly { id: string; operation: string; credential: string }[];
    expect(exitCode).toBe(0);
    const { operations, roles } = await loadContract();
    const listed = new Set(cases.map(({ operation, credential }) => `${operation} with ${credential}`));
    const owed = operations.flatMap(({ id, keyless }) =>
      (keyless ? ['none'] : roles).map((credential) => `${id} with ${credential}`),
    );
    expect(owed.filter((pair) => !listed.has(pair))).toEqual([]);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(cases.length);
  });

  it('prints a line a case, and the count apart from them', async () => {
    const { stdout, stderr } = await command(['list', '--filter', 'org/getOrg/access/*']);
    expect(stdout.trimEnd().split('\n')).toHaveLength(4);
    expect(stdout).toMatch(/^org\/getOrg\/access\/viewer {2}\S/);
    expect(stderr).toMatch(/^4 cases, \d+ not selected\n$/);
  });

  it('is the same for the same seed', async () => {
    expect(await command(['list', '--seed', '7'])).toEqual(await command(['list', '--seed', '7']));
  });
});

describe('explain', () => {
  it('tells request, expectation, reference, and a curl line with the key as a variable', async () => {
    const { exitCode, stdout } = await command(['explain', 'workflows/createWorkflow/denied/viewer']);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('POST /workflows');
    expect(stdout).toContain('403 forbidden_role');
    expect(stdout).toMatch(/matrix\s+matrix\.yaml:\d+:\d+/);
    expect(stdout).toMatch(/curl\n {2}curl .*"authorization: Bearer \$\{ARMATURE_KEY_VIEWER\}"/);
  });

  it('explains the tokens that only a run can fill in', async () => {
    const { stdout } = await command([
      'explain',
      'workflows/getWorkflow/access/viewer',
      '--base-url',
      'http://localhost:1',
    ]);
    expect(stdout).toContain('http://localhost:1/api/armature/v1/workflows/LISTED_WORKFLOW');
    expect(stdout).toContain('LISTED_WORKFLOW stands for {{listed:workflow}}: the id of a');
  });

  it('explains every case there is', async () => {
    const { explainCase } = await import('../../src/cli/explain-case.ts');
    const { planCases } = await import('../../src/plan/plan.ts');
    const contract = await loadContract();
    for (const planned of planCases(contract, { seed: 1 }).filter((_case, index) => index % 20 === 0)) {
      const text = await explainCase(planned, contract, { baseUrl: 'http://127.0.0.1:1/api', seed: 1 });
      expect(text).toContain(planned.id);
      expect(text).not.toMatch(/ undefined\b|\[object/);
    }
  });
});

describe('lint', () => {
  it('is content with the own contract', async () => {
    expect(await command(['lint'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(
        /^The contract is sound: 24 operations, 4 roles, \d+ schemas\.\n$/,
      ) as string,
    });
  });

  it('shows each mistake with its place, exit 2', async () => {
    const matrix = join(folder, 'matrix.yaml');
    const text = await readFile('matrix.yaml', 'utf8');
    await writeFile(
      matrix,
      text.replace('surface: org', 'surfce: org').replace('method: GET', 'method: GTE'),
    );
    const { exitCode, stdout } = await command(['lint', '--matrix', matrix]);
    expect(exitCode).toBe(2);
    expect(
      stdout.split('\n').filter((line) => /matrix\.yaml:\d+:\d+ {2}error/.test(line)).length,
    ).toBeGreaterThan(1);
    expect(stdout).toContain('did you mean');
  });
});

describe('matrix', () => {
  it.each([
    ['table', /getOrg +GET +\/org/],
    ['markdown', /\| .*getOrg.* \|/],
    ['json', /"operation": "getOrg"/],
  ])('prints the roles as %s', async (format, expected) => {
    const { exitCode, stdout } = await command(['matrix', '--format', format]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(expected);
  });
});

describe('openapi', () => {
  it('writes a valid document that names the server asked for', async () => {
    const { exitCode, stdout } = await command(['openapi', '--base-url', 'https://your-org.example.com']);
    const document = JSON.parse(stdout) as { servers: unknown };
    expect(exitCode).toBe(0);
    expect(document.servers).toEqual([{ url: 'https://your-org.example.com/api/armature/v1' }]);
    expect(await new Validator().validate(document)).toMatchObject({ valid: true });
  });

  it('writes the same document as YAML to a file whose name asks for it, and nothing else', async () => {
    const file = join(folder, 'openapi.yaml');
    expect(await command(['openapi', '--out', file])).toEqual({ exitCode: 0, stdout: '', stderr: '' });
    const { stdout } = await command(['openapi']);
    const text = await readFile(file, 'utf8');
    expect(text).not.toMatch(/^\{/);
    expect(parse(text)).toEqual(JSON.parse(stdout));
  });

  it('tells where a file cannot be written', async () => {
    const { exitCode, stdout, stderr } = await command(['openapi', '--out', join(folder, 'cli', '\0')]);
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(stderr).toMatch(/^error: The document cannot be written to .*: .+\. Choose another --out\.$/m);
  });
});
