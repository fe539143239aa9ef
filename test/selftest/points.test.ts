import { describe, expect, it } from 'vitest';
import { coveringPoints } from '../../src/selftest/covering.ts';
import { fewest } from '../../src/selftest/fewest.ts';
import { dialectOf, pointOf, type Axis, type Point } from '../../src/selftest/points.ts';

const axis = (id: string, ...values: readonly string[]): Axis => ({ id, open: 'It is not said.', values });
const axes = [
  axis('order', 'newest', 'oldest', 'by-id'),
  axis('base', '0', '1'),
  axis('size', '25', '3', '5', '7'),
  axis('nulls', 'shown', 'absent'),
  axis('lag', 'none', '1s', '3s'),
];

describe('a point', () => {
  it('is told by what it chooses otherwise than the plain one', () => {
    const point = pointOf(axes, { lag: '3s', order: 'newest', base: '1' });
    expect(dialectOf(point)).toBe('base=1,lag=3s');
    expect(dialectOf(pointOf(axes, {}))).toBe('plain');
  });
});

describe('coveringPoints', () => {
  const points = coveringPoints(axes, 1);

  it('meets every pair of values of two axes', () => {
    const values = points.map((point) => axes.map((one) => valueAt(point, one)));
    const open = axes.flatMap((one, a) =>
      axes
        .slice(a + 1)
        .flatMap((other, beyond) =>
          one.values.flatMap((value) =>
            other.values
              .filter((second) => !values.some((row) => row[a] === value && row[a + 1 + beyond] === second))
              .map((second) => `${one.id}=${value} with ${other.id}=${second}`),
          ),
        ),
    );
    expect(open).toEqual([]);
  });

  it('takes few more than the two largest axes need', () => {
    expect(points.length).toBeGreaterThanOrEqual(12);
    expect(points.length).toBeLessThanOrEqual(16);
  });

  it('is the same for the same seed, and another for another', () => {
    expect(coveringPoints(axes, 1)).toEqual(points);
    expect(coveringPoints(axes, 2)).not.toEqual(points);
  });

  it('is empty where nothing is open', () => {
    expect(coveringPoints([], 1)).toEqual([]);
  });
});

describe('fewest', () => {
  const items = Array.from({ length: 40 }, (_, index) => index);

  it.each([[[7]], [[3, 31]], [[0, 1, 39]]])('finds %j', async (wanted) => {
    let calls = 0;
    const found = await fewest(
      items,
      (some) => {
        calls += 1;
        return Promise.resolve(wanted.every((one) => some.includes(one)));
      },
      200,
    );
    expect(found).toEqual(wanted);
    expect(calls).toBeLessThan(80);
  });

  it('gives the fewest so far where it may not go on', async () => {
    const found = await fewest(items, (some) => Promise.resolve(some.includes(7)), 2);
    expect(found).toContain(7);
    expect(found.length).toBeLessThan(items.length);
  });

  it('gives all where each is needed', async () => {
    const all = await fewest(items.slice(0, 5), (some) => Promise.resolve(some.length === 5), 200);
    expect(all).toEqual([0, 1, 2, 3, 4]);
  });
});

function valueAt(point: Point, { id, values: [plain = ''] }: Axis): string {
  return point.find((choice) => choice.axis === id)?.value ?? plain;
}
