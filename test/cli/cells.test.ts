/** The profile guarded on deployments that enforce roles and on one that does not, by the command line. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { runCommand, type RunConformance } from '../../src/cli/commands/run.ts';
import type { FlagsOf } from '../../src/cli/option-table.ts';
import { executePlan } from '../../src/execute/execute-plan.ts';
import { finishRun } from '../../src/execute/finish.ts';
import { Run } from '../../src/execute/run.ts';
import type { Results } from '../../src/results/types.ts';
import { prepareRun } from '../../src/run/prepare.ts';
import { contract } from '../safety/small-run.ts';
import { scene, type Told } from './in-process.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guarded-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** Carries the cases out in this process: what is tested here is what comes before and after them. */
async function withoutVitest(options: Parameters<RunConformance>[0]): Promise<Results> {
  const prepared = await prepareRun(options);
  const carried = new Run(options.contract, prepared.config, prepared.promise);
  try {
    const { results, faults } = await executePlan(carried, prepared.selected);
    const footer = await finishRun(carried);
    const collected = { results: new Map(results.map((one) => [one.id, one])), faults: [...faults], footer };
    return prepared.conclude(collected);
  } finally {
    await carried.close();
  }
}

/** Who may do what with workflows, as far as guarded asks. */
async function guarded(defect: string | undefined, more: FlagsOf<'run'> = {}): Promise<Told> {
  const mock = await startMock(defect === undefined ? {} : { defect });
  const env = Object.fromEntries(
    Object.values(contract.credentials).map(({ id, env: name }) => [name, mock.keys[id] ?? '']),
  );
  const { surroundings, output, told } = scene({ ...env, COLUMNS: '400' });
  const flags: FlagsOf<'run'> = {
    baseUrl: mock.baseUrl,
    profile: 'guarded',
    reportDir: folder,
    filter: ['workflows/*/denied/*', 'workflows/*/access/*'],
    ...more,
  };
  try {
    const exitCode = await runCommand(flags, surroundings, output, withoutVitest);
    return { exitCode, ...told() };
  } finally {
    await mock.close();
  }
}

/** The row of an operation in the grid. */
function row(stdout: string, operation: string): readonly string[] {
  const line = stdout.split('\n').find((one) => one.startsWith(`  ${operation} `));
  return line?.trim().split(/\s+/).slice(1) ?? [];
}

describe('guarded', () => {
  it('proves that a deployment refuses a role, and says what it did not try', async () => {
    const { exitCode, stdout } = await guarded(undefined);
    expect(stdout).toContain('cells: 12 proven, 12 not tried');
    expect(exitCode).toBe(0);
    expect(row(stdout, 'updateWorkflow')).toEqual(['–', '·', '·', '·']);
    expect(row(stdout, 'listWorkflows')).toEqual(['✓', '✓', '✓', '✓']);
  });

  it('does not pass a deployment that enforces no role', async () => {
    const { exitCode, stdout } = await guarded('role-not-enforced');
    expect([1, 4]).toContain(exitCode);
    for (const operation of ['createWorkflow', 'updateWorkflow', 'archiveWorkflow', 'dispatchRun']) {
      expect(['?', '✗']).toContain(row(stdout, operation)[0]);
    }
    expect(stdout).not.toMatch(/^CONFORMANT/m);
  });
});

describe('cells that are accepted as not proven', () => {
  it('are written from a run, let that run pass, and are red once they are proven', async () => {
    const file = join(folder, 'known.yaml');
    const filter = ['workflows/createWorkflow/denied/*'];
    const first = await guarded('role-not-enforced', {
      knownFailures: file,
      updateKnownFailures: true,
      filter,
    });
    await writeFile(file, (await readFile(file, 'utf8')).replaceAll(/reason: .*/g, 'reason: agreed'));
    expect(await readFile(file, 'utf8')).toContain('/viewer');
    expect(first.exitCode).toBe(0);
    const mended = await guarded(undefined, { knownFailures: file, filter });
    expect(mended.exitCode).toBe(1);
    expect(mended.stdout).toContain('delete it');
  });
});
