/** What `npx vitest run` needs before the suites: the target and the keys, from the same variables as the CLI. */
import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { Output } from './src/cli/surroundings.ts';
import { openTarget } from './src/cli/target.ts';
import { loadContract } from './src/contract/load.ts';
import { inPhases } from './src/plan/phases.ts';
import { promiseOf } from './src/plan/promise.ts';
import { everything } from './src/plan/select.ts';
import { planRun } from './src/run/preview.ts';
import { giveParts } from './src/run/run-channel.ts';
import { reachTarget } from './src/run/reach.ts';
import { settingsKey, userAgent } from './src/run/settings.ts';

/** Opens the target (the embedded mock where none is named) and hands the settings to the suites. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { env, stdin, stdout, stderr } = process;
  const surroundings = {
    env,
    cwd: process.cwd(),
    stdin,
    stdout,
    stderr,
    loadMock: () => import('./mock/index.ts'),
  };
  const contract = await loadContract();
  const baseUrl = env['ARMATURE_BASE_URL'];
  const target = await openTarget(
    contract,
    baseUrl === undefined ? {} : { baseUrl },
    surroundings,
    new Output(surroundings),
  );
  const runId = randomBytes(4).toString('hex');
  const config = {
    runId,
    baseUrl: target.baseUrl,
    keys: target.keys,
    profile: target.defaultProfile,
    seed: 1,
    timeoutMs: 10_000,
    concurrency: 16,
    userAgent,
  };
  await reachTarget(contract, config);
  const { profile, seed, keys } = config;
  const channel = `armature-conformance-${runId}`;
  const { selected } = planRun({ contract, selection: everything, profile, seed, keys });
  project.provide(settingsKey, {
    contract,
    config,
    promise: promiseOf(contract, selected),
    channel,
  });
  const given = giveParts(channel, [inPhases(selected)]);
  return () => {
    given.close();
    return target.close();
  };
}
