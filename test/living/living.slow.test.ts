import { it } from 'vitest';
import { startMock } from '../../mock/index.ts';
import { startDeployment } from '../independent/beta/index.ts';
import { expectNothingRed } from './at-work.ts';

it.each([
  ['beta', () => startDeployment({})],
  ['the mock with lists that lag', () => startMock({ dialect: 'lists.lagMs=1s' })],
])(
  '%s is accused of nothing while a colleague works on it',
  (_name, start) => expectNothingRed(start),
  180_000,
);
