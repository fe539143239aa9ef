/** What `npx vitest run` needs before the suites: the target and the keys, from the same variables as the CLI. */
import type { TestProject } from 'vitest/node';
import type { Flags } from './src/cli/option-table.ts';
import { Output } from './src/cli/surroundings.ts';
import { sendingOf, settle } from './src/cli/settle.ts';
import { openTarget } from './src/cli/target.ts';
import { loadContract } from './src/contract/load.ts';
import { inPhases } from './src/plan/phases.ts';
import { everything } from './src/plan/select.ts';
import { prepareRun } from './src/run/prepare.ts';
import { giveParts } from './src/run/run-channel.ts';
import { settingsKey } from './src/run/settings.ts';

/** Opens the target (`ARMATURE_TARGET=mock`: the embedded mock) and hands the settings to the suites. */
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
  const { ARMATURE_BASE_URL: baseUrl, ARMATURE_TARGET: named } = env;
  const given: Flags = {
    ...(baseUrl === undefined ? {} : { baseUrl }),
    ...(named === undefined ? {} : { target: named }),
  };
  const { flags, target: configured } = await settle(given, contract, surroundings);
  const output = new Output(surroundings);
  const target = await openTarget(contract, flags, surroundings, output, configured);
  const polite = await sendingOf(target.baseUrl, flags, configured, env);
  output.protect(polite.secrets);
  const { config, selected, promise } = await prepareRun({
    contract,
    baseUrl: target.baseUrl,
    keys: target.keys,
    profile: flags.profile ?? target.defaultProfile,
    polite,
    seed: 1,
    timeoutMs: 10_000,
    concurrency: 16,
    selection: everything,
    strict: false,
    allowInconclusive: false,
  });
  project.provide(settingsKey, { contract, config, promise });
  const giving = giveParts(config.runId, [inPhases(selected)]);
  return () => {
    giving.close();
    return target.close();
  };
}
