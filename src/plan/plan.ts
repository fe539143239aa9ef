/** The plan: the contract expanded into cases. Pure; the same contract, profile and seed give the same plan. */
import { spellingCases } from './families/spellings.ts';
import { createHash } from 'node:crypto';
import type { Contract } from '../contract/types.ts';
import type { PlanContext } from './case.ts';
import { accessCases, deniedCases } from './families/access.ts';
import { authenticationCases, schemeCases } from './families/authentication.ts';
import { consistencyCases } from './families/consistency.ts';
import { dispatchCases } from './families/dispatch.ts';
import { documentCases, hygieneCases } from './families/document.ts';
import { identityCases } from './families/identity.ts';
import { lifecycleCases } from './families/lifecycle.ts';
import { mcpAccessCases } from './families/mcp/access.ts';
import { mcpAuthenticationCases } from './families/mcp/authentication.ts';
import { mcpTogetherCases } from './families/mcp/together.ts';
import { methodCases, oddIdCases, oddQueryCases } from './families/methods.ts';
import { queryCases } from './families/query.ts';
import { featureCases, isolationCases, notFoundCases } from './families/refusals.ts';
import { roleSourceCases } from './families/role-source.ts';
import { oddBodyCases, validationCases } from './families/validation.ts';
import type { Case, Profile } from './types.ts';

export interface PlanOptions {
  /** Makes the bodies of writes; the same seed gives the same requests. */
  readonly seed: number;
  /** How far writes may go: it decides what a refused write aims at. Default `full`. */
  readonly profile?: Profile;
}

const generators: readonly ((context: PlanContext) => readonly Case[])[] = [
  accessCases,
  deniedCases,
  authenticationCases,
  schemeCases,
  identityCases,
  roleSourceCases,
  notFoundCases,
  isolationCases,
  featureCases,
  validationCases,
  methodCases,
  spellingCases,
  lifecycleCases,
  dispatchCases,
  queryCases,
  consistencyCases,
  documentCases,
  oddBodyCases,
  oddIdCases,
  oddQueryCases,
  mcpAccessCases,
  mcpAuthenticationCases,
  mcpTogetherCases,
  hygieneCases,
];

/**
 * Every case of the contract, in the order of the matrix and then of the families, whatever a run may later leave
 * out. Throws where two cases would have one id, which is a fault of a generator.
 */
export function planCases(contract: Contract, options: PlanOptions): readonly Case[] {
  const context: PlanContext = { contract, seed: options.seed, profile: options.profile ?? 'full' };
  const cases = generators.flatMap((generate) => generate(context));
  const seen = new Set<string>();
  for (const { id } of cases) {
    if (seen.has(id)) throw new Error(`Two cases have the id ${id}`);
    seen.add(id);
  }
  const operations = [...contract.operations, ...(contract.mcp?.operations ?? [])];
  const place = new Map(operations.map(({ id }, index) => [id, index]));
  return spreadSlots(cases).toSorted((a, b) => (place.get(a.operation) ?? 0) - (place.get(b.operation) ?? 0));
}

/** So many cases at the most take turns at one made thing: more of them would make the others wait for their queue. */
const mostTurns = 32;

/** Cases of a slot that too many share are spread over several, each of which makes what it needs. */
function spreadSlots(cases: readonly Case[]): readonly Case[] {
  const sizes = new Map<string, number>();
  for (const { check } of cases) {
    if (check.kind === 'exchange' && check.slot !== undefined)
      sizes.set(check.slot, (sizes.get(check.slot) ?? 0) + 1);
  }
  const given = new Map<string, number>();
  return cases.map((one) => {
    const { check } = one;
    if (check.kind !== 'exchange' || check.slot === undefined) return one;
    const slots = Math.ceil((sizes.get(check.slot) ?? 0) / mostTurns);
    const place = given.get(check.slot) ?? 0;
    given.set(check.slot, place + 1);
    return slots < 2 ? one : { ...one, check: { ...check, slot: `${check.slot}/${(place % slots) + 1}` } };
  });
}

/** SHA-256 of a plan, hex: two runs of one plan can be compared and merged. */
export function digestOf(cases: readonly Case[]): string {
  const hash = createHash('sha256');
  // As JSON.stringify(cases) would have it, a case at a time: the whole text of a large plan is a hundred megabytes.
  cases.forEach((one, index) => hash.update(`${index === 0 ? '[' : ','}${JSON.stringify(one)}`));
  return hash.update(cases.length === 0 ? '[]' : ']').digest('hex');
}
