import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { command } from '../cli/in-process.ts';
import { contract } from '../safety/small-run.ts';

interface Step {
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly if?: string;
  readonly env?: Readonly<Record<string, string>>;
}

const text = await readFile('examples/github/nightly.yml', 'utf8');
const workflow = parse(text) as {
  readonly permissions: object;
  readonly jobs: { readonly conformance: { readonly permissions: object; readonly steps: readonly Step[] } };
};
const { steps, permissions } = workflow.jobs.conformance;

function step(name: string): Step {
  const found = steps.find((one) => one.name === name);
  if (found === undefined) throw new Error(`no step ${name}`);
  return found;
}

describe('the nightly workflow', () => {
  it('tests nothing where its variables are not set, which makes them empty', async () => {
    const env = Object.fromEntries(Object.keys(step('Test').env ?? {}).map((name) => [name, '']));
    const told = await command(['run', '--profile', 'read'], env);
    expect(told).toMatchObject({ exitCode: 2, stdout: '' });
    expect(told.stderr).toMatch(/ARMATURE_BASE_URL .*set and empty/);
  });

  it('takes every key of the contract from its secret, in the step that needs them alone', () => {
    const { ARMATURE_BASE_URL: target, ...keys } = step('Test').env ?? {};
    expect(target).toBe('${{ vars.ARMATURE_BASE_URL }}');
    expect(keys).toEqual(
      Object.fromEntries(
        Object.values(contract.credentials).map(({ env }) => [env, `\${{ secrets.${env} }}`]),
      ),
    );
    expect(text.match(/secrets\./g)).toHaveLength(Object.keys(keys).length);
  });

  it('may do no more than it needs', () => {
    expect(workflow.permissions).toEqual({});
    expect(permissions).toEqual({ contents: 'read', actions: 'read', issues: 'write' });
  });

  it('keeps the reports whatever happened', () => {
    expect(step('Keep the reports').if).toBe('${{ always() }}');
  });
});

describe('its steps, on a machine where npx and gh only write down what they are asked', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nightly-'));
    await mkdir(join(folder, 'bin'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** Puts a program in the way that writes down its arguments, tells a text and ends with a code. */
  async function standIn(name: string, says: string, exitCode: number): Promise<void> {
    const file = join(folder, 'bin', name);
    await writeFile(file, `#!/bin/sh\necho "${name} $*" >> calls\nprintf '%s' '${says}'\nexit ${exitCode}\n`);
    await chmod(file, 0o755);
  }

  async function carryOut(
    name: string,
    env: Record<string, string> = {},
  ): Promise<{ status: number | null; calls: string; output: string }> {
    const { status } = spawnSync('bash', ['-e', '-c', step(name).run ?? ''], {
      cwd: folder,
      env: {
        PATH: `${join(folder, 'bin')}:${process.env['PATH'] ?? ''}`,
        GITHUB_STEP_SUMMARY: 'summary',
        GITHUB_OUTPUT: 'output',
        GITHUB_WORKFLOW: 'Nightly conformance',
        GITHUB_REF_NAME: 'main',
        RUN_URL: 'https://example.com/run/1',
        ...env,
      },
    });
    const written = (file: string): Promise<string> => readFile(join(folder, file), 'utf8').catch(() => '');
    return { status, calls: await written('calls'), output: await written('output') };
  }

  it('test the target that is named, and pass on how that ended', async () => {
    await standIn('npx', '', 1);
    const told = await carryOut('Test', { ARMATURE_BASE_URL: 'https://example.com' });
    expect(told.status).toBe(1);
    expect(told.calls).toMatch(/armature-conformance run --profile read/);
  });

  it.each([
    [0, 0, ''],
    [1, 0, 'new=true\n'],
    [2, 2, ''],
  ])('pass on what compare says: exit code %i', async (compared, status, output) => {
    await standIn('npx', '## Compared', compared);
    expect(await carryOut('Compare with the last night')).toMatchObject({ status, output });
    expect(await readFile(join(folder, 'summary'), 'utf8')).toBe('## Compared');
  });

  it.each([
    ['', /gh issue create --title .* --body-file issue\.md/],
    ['17', /gh issue comment 17 --body-file issue\.md/],
  ])('open one issue, and add to one that is open (%s)', async (open, call) => {
    await standIn('gh', open, 0);
    await writeFile(join(folder, 'compare.md'), '## New violations');
    const told = await carryOut('Tell of new violations');
    expect(told.status).toBe(0);
    expect(told.calls).toMatch(call);
    expect(await readFile(join(folder, 'issue.md'), 'utf8')).toMatch(/run\/1[^]*## New violations/);
  });

  it('go on where there was no night before, or its results are gone', async () => {
    await standIn('gh', '', 0);
    expect(await carryOut('Fetch the results of the last night')).toMatchObject({ status: 0 });
    await writeFile(join(folder, 'bin', 'gh'), '#!/bin/sh\n[ "$2" = list ] && echo 41 && exit 0\nexit 1\n');
    expect(await carryOut('Fetch the results of the last night')).toMatchObject({ status: 0 });
  });
});
