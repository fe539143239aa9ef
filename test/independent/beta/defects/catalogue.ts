import { authenticationSeeds } from './authentication.ts';
import { bodySeeds } from './bodies.ts';
import { dispatchSeeds } from './dispatch.ts';
import { encodingSeeds } from './encoding.ts';
import { errorSeeds } from './errors.ts';
import { identitySeeds } from './identity.ts';
import { insightBodySeeds } from './insight-bodies.ts';
import { isolationSeeds } from './isolation.ts';
import { lifecycleSeeds } from './lifecycle.ts';
import { parameterSeeds } from './parameters.ts';
import { refusedWriteSeeds } from './refused-writes.ts';
import { robustnessSeeds } from './robustness.ts';
import { roleSeeds } from './roles.ts';
import { secretSeeds } from './secrets.ts';
import { parameterFaultSeeds } from './parameter-faults.ts';
import { bodyFaultSeeds } from './body-faults.ts';
import { topicWriteSeeds } from './topic-writes.ts';
import type { Seed } from './seed.ts';
import { statusSeeds } from './statuses.ts';
import { textSeeds } from './texts.ts';
import { validationSeeds } from './validation.ts';

/** All seeded defects. */
export const seeds: readonly Seed[] = [
  ...authenticationSeeds,
  ...identitySeeds,
  ...roleSeeds,
  ...refusedWriteSeeds,
  ...isolationSeeds,
  ...errorSeeds,
  ...bodySeeds,
  ...insightBodySeeds,
  ...statusSeeds,
  ...parameterSeeds,
  ...parameterFaultSeeds,
  ...validationSeeds,
  ...bodyFaultSeeds,
  ...lifecycleSeeds,
  ...topicWriteSeeds,
  ...dispatchSeeds,
  ...robustnessSeeds,
  ...secretSeeds,
  ...encodingSeeds,
  ...textSeeds,
];
