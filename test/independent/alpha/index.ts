import { dialectOptions } from './dialects.ts';
import { seededDefects } from './defects/catalogue.ts';
import type { Defect } from './hooks.ts';

export { startDeployment, type Deployment } from './deployment.ts';
export type { Defect } from './hooks.ts';

export interface Dialect {
  readonly id: string;
  readonly freedoms: readonly string[];
}

export const defects: readonly Defect[] = seededDefects.map(({ id, fact, where }) => ({ id, fact, where }));

export const dialects: readonly Dialect[] = dialectOptions.map(({ id, freedoms }) => ({ id, freedoms }));
