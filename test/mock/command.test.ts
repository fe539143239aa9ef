import { describe, expect, it } from 'vitest';
import * as mock from '../../mock/index.ts';
import { main } from '../../src/cli/main.ts';
import { scene, type Told } from '../cli/in-process.ts';

async function command(...args: readonly string[]): Promise<Told> {
  const { surroundings, told } = scene({}, mock);
  const exitCode = await main(['mock', ...args], surroundings);
  return { exitCode, ...told() };
}

describe('armature-conformance mock', () => {
  it('lists axes, dialects and defects', async () => {
    const { exitCode, stdout } = await command('--list');
    expect(exitCode).toBe(0);
    for (const { id, open, values } of mock.axes)
      expect(stdout).toContain(`${id} = ${values.join(' | ')}\n    ${open}\n`);
    for (const { id, description } of [...mock.dialects, ...mock.defects]) {
      expect(stdout).toContain(`\n${id}`);
      expect(stdout).toContain(`    ${description}\n`);
    }
  });

  it('lists them as JSON', async () => {
    const { stdout } = await command('--list', '--json');
    const { axes, dialects, defects } = JSON.parse(stdout) as Record<string, readonly unknown[]>;
    expect([axes?.length, dialects?.length, defects?.length]).toEqual([
      mock.axes.length,
      mock.dialects.length,
      mock.defects.length,
    ]);
  });

  it.each([
    ['data-envelop', 'There is no dialect data-envelop. Did you mean data-envelope?'],
    ['run.order=oldest', 'There is no axis run.order. Did you mean runs.order'],
    ['runs.order=odest', 'There is no value of runs.order odest. Did you mean oldest?'],
    ['seed:1,lists.lagMs=2s', 'There is no value of lists.lagMs 2s. Did you mean'],
  ])('%s is told in a line, exit 2', async (dialect, message) => {
    const { exitCode, stderr } = await command('--dialect', dialect);
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
    expect(stderr.trimEnd().split('\n')).toHaveLength(1);
  });
});
