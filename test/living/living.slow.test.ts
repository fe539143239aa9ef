import { expect, it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { startDeployment } from '../independent/beta/index.ts';
import { whileAtWork } from './at-work.ts';

it.each([
  ['beta', () => startDeployment({})],
  ['the mock with lists that lag', () => startMock({ dialect: 'lists.lagMs=1s' })],
])(
  '%s is accused of nothing while a colleague works on it',
  async (_name, start) => {
    const { red, faults, passed, done } = await whileAtWork(start);
    expect({ red, faults }).toEqual({ red: [], faults: [] });
    expect(passed).toBeGreaterThan(150);
    expect(done).toBeGreaterThan(20);
  },
  180_000,
);
