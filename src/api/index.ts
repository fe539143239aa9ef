/** What `armature-conformance` gives to programs. */
export { ContractError } from '../contract/problem.ts';
export { NotTheApiError, UnreachableError, UsageError } from '../errors.ts';
export type { Family, Profile } from '../plan/types.ts';
export { exitCodes } from '../results/verdict.ts';
export type * from '../results/types.ts';
export type { RunEvent } from '../run/run-event.ts';
export type { RunHooks, RunSettings } from './settings.ts';
export { runConformance, type ConformanceOptions } from './run-conformance.ts';
export { defineTarget, type StartDefinition, type TargetDefinition } from './target.ts';
