import { describe, expect, it } from 'vitest';
import { hiddenBy, withCauses } from '../../src/selftest/because.ts';
import { dialectOf, type Point } from '../../src/selftest/points.ts';
import type { FalseAlarm } from '../../src/selftest/types.ts';
import { sampleAlarm } from './outcomes.ts';

const point: Point = Array.from({ length: 20 }, (_, index) => ({ axis: `a${index}`, value: 'x' }));
const alarm = (id: string, told = 'status: no.'): FalseAlarm => ({
  ...sampleAlarm,
  dialect: 'seed:7',
  case: id,
  told: [told],
});
const has = (part: Point, ...ids: readonly string[]): boolean =>
  ids.every((id) => part.some(({ axis }) => axis === id));

/** Alarms as a deployment would give them: each case with the axes that bring it about. */
function deployment(behind: Readonly<Record<string, readonly string[]>>): {
  readonly alarming: Parameters<typeof withCauses>[3];
  readonly tried: Point[];
} {
  const tried: Point[] = [];
  return {
    tried,
    alarming: (part, cases) => {
      tried.push(part);
      return Promise.resolve(new Set(cases.filter((id) => has(part, ...(behind[id] ?? ['none'])))));
    },
  };
}

async function causes(
  alarms: readonly FalseAlarm[],
  known: readonly Point[],
  { alarming }: ReturnType<typeof deployment>,
): Promise<Readonly<Record<string, string | undefined>>> {
  const told = await withCauses(alarms, point, known, alarming);
  return Object.fromEntries(told.map(({ case: id, because }) => [id, because && dialectOf(because)]));
}

describe('what is behind a false alarm', () => {
  it('is the fewest choices that bring it about, for each of several causes', async () => {
    const alarms = [alarm('s/o/query/a'), alarm('s/o/query/b'), alarm('s/o/access/c', 'schema: no.')];
    const where = deployment({
      's/o/query/a': ['a3'],
      's/o/query/b': ['a5', 'a17'],
      's/o/access/c': ['a3'],
    });
    expect(await causes(alarms, [], where)).toEqual({
      's/o/query/a': 'a3=x',
      's/o/query/b': 'a5=x,a17=x',
      's/o/access/c': 'a3=x',
    });
  });

  it('is no choice where the plain point brings it about too', async () => {
    const where = deployment({ 's/o/query/a': [] });
    expect(await causes([alarm('s/o/query/a')], [], where)).toEqual({ 's/o/query/a': 'plain' });
  });

  it('is first looked for among what is known, as far as the point has it', async () => {
    const where = deployment({ 's/o/query/a': ['a3'] });
    const known: readonly Point[] = [[{ axis: 'a3', value: 'other' }], [{ axis: 'a3', value: 'x' }]];
    expect(await causes([alarm('s/o/query/a')], known, where)).toEqual({ 's/o/query/a': 'a3=x' });
    expect(where.tried).toHaveLength(3);
  });

  it('is not told where the alarm does not come again', async () => {
    const told = await causes([alarm('s/o/query/a')], [], deployment({}));
    expect(told).toEqual({ 's/o/query/a': undefined });
  });
});

describe('what hides a defect', () => {
  it('is the fewest choices, and none where the plain point hides it', async () => {
    expect(dialectOf(await hiddenBy(point, (part) => Promise.resolve(has(part, 'a2', 'a9'))))).toBe(
      'a2=x,a9=x',
    );
    expect(await hiddenBy(point, () => Promise.resolve(true))).toEqual([]);
  });
});
