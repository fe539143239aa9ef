import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { axes, defects, dialects, startMock, type MockOptions } from '../../mock/index.ts';
import { unlawful } from './lawful.ts';

const contract = await loadContract();

/** As many points as the longest axis has values: together they have every value of every axis. */
const longest = Math.max(...axes.map(({ values }) => values.length));
const everyValue = Array.from({ length: longest }, (_, index) =>
  axes.map(({ id, values }) => `${id}=${values[index % values.length]}`).join(','),
);
const random = Array.from({ length: 8 }, (_, index) => `seed:${index + 1}`);

async function breaks(options: MockOptions): Promise<readonly string[]> {
  const clock = { at: Date.UTC(2026, 4, 4, 12) };
  const mock = await startMock({ ...options, now: () => clock.at, seed: 3 });
  try {
    return await unlawful(mock, contract, clock);
  } finally {
    await mock.close();
  }
}

/** Answers that take their time are as lawful; the test has less of it. */
const fast = 'transport.latencyMs=none,sources.probeMs=none';

describe('every point of the axes keeps the contract', () => {
  it.each([...dialects.map(({ id }) => id), ...random])('%s', async (point) => {
    expect(await breaks({ dialect: `${point},${fast}` })).toEqual([]);
  });

  it.each(everyValue.map((point, index) => [index, point] as const))(
    'value %i of each axis',
    async (_index, point) => {
      expect(await breaks({ dialect: `${point},${fast}` })).toEqual([]);
    },
  );
});

/** A few; all of them with EVERY_DEFECT=1, which takes some minutes. */
const some = defects.filter((_defect, index) => process.env['EVERY_DEFECT'] === '1' || index % 30 === 7);

describe('a defect works on any point', () => {
  it.each(some.map(({ id }, index) => [id, `seed:${index + 100}`] as const))(
    '%s on %s',
    async (defect, point) => {
      const broken = await breaks({ dialect: `${point},${fast}`, defect }).catch((error: unknown) => [
        String(error),
      ]);
      expect(broken.filter((line) => line.includes('The mock failed'))).toEqual([]);
    },
  );
});

describe('what is tried can fail', () => {
  it.each([
    'created-workflow-unlisted',
    'role-viewer-may-createWorkflow',
    'key-disregarded',
    'foreign-write-updateWorkflow',
    'runs-status-disregarded',
    'version-stays',
    'archived-stays-listed',
  ])('%s', async (defect) => {
    expect(await breaks({ defect })).not.toEqual([]);
  });
});
