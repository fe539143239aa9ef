import { describe, expect, it } from 'vitest';
import { dialects, startMock } from '../../mock/index.ts';
import { tryDialect } from './trials.ts';

/** Its answers take up to half a second. */
const slow = new Set(['busy-queue']);

describe('a conformant mock is accused of nothing', () => {
  it.each(dialects.map(({ id }) => id))(
    '%s',
    async (dialect) => {
      const { falseAlarms, faults } = await tryDialect(
        dialect,
        () => startMock({ dialect }),
        slow.has(dialect),
      );
      expect({ falseAlarms, faults }).toEqual({ falseAlarms: [], faults: [] });
    },
    120_000,
  );
});
