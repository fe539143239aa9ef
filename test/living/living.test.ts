import { it } from 'vitest';
import { startDeployment } from '../independent/alpha/index.ts';
import { expectNothingRed } from './at-work.ts';

it(
  'alpha is accused of nothing while a colleague works on it',
  () => expectNothingRed(() => startDeployment({})),
  180_000,
);
