/** Commands that compare, on mocks of the test's own. */
import * as mocks from '../../mock/index.ts';
import { main } from '../../src/cli/main.ts';
import { startMock, type Mock, type MockOptions } from '../../mock/start.ts';
import { loadContract } from '../../src/contract/load.ts';
import { scene, type Told } from '../cli/in-process.ts';

export const contract = await loadContract();

/** A mock that is closed when the work is done. */
export async function withMock<T>(options: MockOptions, work: (mock: Mock) => Promise<T>): Promise<T> {
  const mock = await startMock(options);
  try {
    return await work(mock);
  } finally {
    await mock.close();
  }
}

/** The keys of a mock as the variables of one of the two deployments. */
export function keysOf(mock: Mock, prefix: 'ARMATURE_' | 'ARMATURE_AGAINST_'): Record<string, string> {
  return Object.fromEntries(
    Object.values(contract.credentials).flatMap(({ id, env }) => {
      const key = mock.keys[id];
      return key === undefined ? [] : [[env.replace('ARMATURE_', prefix), key]];
    }),
  );
}

/** Carries out a command line that may start the embedded mock. */
export async function live(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Told> {
  const { surroundings, told } = scene(env, mocks);
  const exitCode = await main(args, surroundings);
  return { exitCode, ...told() };
}

/** `diff` on two mocks. */
export async function diffOf(
  a: MockOptions,
  b: MockOptions,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>> = {},
): Promise<Told & { readonly keys: readonly string[] }> {
  return withMock(a, (first) =>
    withMock(b, async (second) => {
      const all = { ...keysOf(first, 'ARMATURE_'), ...keysOf(second, 'ARMATURE_AGAINST_'), ...env };
      const given = Object.entries(all).flatMap(([name, value]) =>
        value === undefined ? [] : [[name, value] as const],
      );
      const told = await live(
        ['diff', '--base-url', first.baseUrl, '--against', second.baseUrl, ...args],
        Object.fromEntries(given),
      );
      return { ...told, keys: [...Object.values(first.keys), ...Object.values(second.keys)] };
    }),
  );
}
