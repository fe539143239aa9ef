import type { Seeded } from '../hooks.ts';
import { absenceDefects } from './absence.ts';
import { authenticationDefects } from './authentication.ts';
import { dispatchDefects } from './dispatching.ts';
import { identityDefects } from './identity.ts';
import { insightDefects } from './insights.ts';
import { isolationDefects } from './isolation.ts';
import { roleDefects } from './roles.ts';
import { runDetailDefects } from './run-details.ts';
import { runListDefects } from './runs.ts';
import { revocationDefects } from './revocation.ts';
import { sessionDefects } from './sessions.ts';
import { secretDefects } from './secrets.ts';
import { robustnessDefects } from './robustness.ts';
import { sourceDefects } from './sources.ts';
import { surfaceDefects } from './surface.ts';
import { validationDefects } from './validation.ts';
import { wireDefects } from './wire.ts';
import { workflowDefects } from './workflows.ts';

/** All defects, by subject. */
export const seededDefects: readonly Seeded[] = [
  ...authenticationDefects,
  ...revocationDefects,
  ...roleDefects,
  ...identityDefects,
  ...isolationDefects,
  ...absenceDefects,
  ...sourceDefects,
  ...workflowDefects,
  ...runListDefects,
  ...runDetailDefects,
  ...sessionDefects,
  ...insightDefects,
  ...validationDefects,
  ...dispatchDefects,
  ...surfaceDefects,
  ...secretDefects,
  ...wireDefects,
  ...robustnessDefects,
];
