/** Which cases of a plan a run sends: those asked for, within the profile, whose keys are at hand. Pure. */
import picomatch from 'picomatch';
import { oneOf } from '../contract/near-miss.ts';
import type { OracleContract } from '../oracle/lawful.ts';
import type { Contract } from '../contract/types.ts';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { levelsOf } from './levels.ts';
import { couldCause, isRefusedForGood, type Leavable, type Permitted } from './promise.ts';
import { dealCases, shardText, type Shard } from './shard.ts';
import type { Case, Profile } from './types.ts';
import { mustNotGo, reasonNotToGo } from './unseen-change.ts';
import { profiles } from './types.ts';

/** What the user asked for by name. An empty list asks for everything. */
export interface Selection {
  /** Globs on case ids; a plain path also takes every case below it, and a leading `!` leaves out what it matches. */
  readonly filters: readonly string[];
  readonly surfaces: readonly string[];
  /** Ids of credentials: the roles, and words such as `none` or `revoked`. */
  readonly roles: readonly string[];
  readonly families: readonly string[];
  /** Ids of levels of conformance: only what counts for one of them. The run claims them. */
  readonly levels?: readonly string[];
  /** Exactly these cases, such as the failed ones of an earlier run. */
  readonly ids?: readonly string[];
  /** Effects that no case may have. */
  readonly without?: readonly Leavable[];
  /** Effects that a case which the contract wants refused may have, beyond the profile. */
  readonly with?: readonly Permitted[];
  /** True where the target is said to have no second door. */
  readonly withoutMcp?: true;
  /** The part of all this that one of several runs sends. */
  readonly shard?: Shard;
}

/** A selection within what the run may do: its profile, and the ids of the credentials whose keys are given. */
export interface RunScope extends Selection {
  readonly profile: Profile;
  readonly keys: Iterable<string>;
}

/** A case that the run does not send, and how to have it sent. */
export interface LeftOut {
  readonly case: Case;
  readonly reason: string;
  readonly remedy: string;
  /** True where it was not asked for by name. */
  readonly unasked?: true;
  /** The index of the shard that sends it, where that alone is why it is left out. */
  readonly shard?: number;
}

export interface SelectedCases {
  readonly selected: readonly Case[];
  /** What all shards send together; the same as `selected` where the run is not split. */
  readonly whole: readonly Case[];
  readonly skipped: readonly LeftOut[];
}

/** The selection that asks for everything. */
export const everything: Selection = { filters: [], surfaces: [], roles: [], families: [] };

/** What of the contract tells which effects a case could have. */
type PromisedOf = OracleContract & Pick<Contract, 'resources' | 'levels' | 'schemas' | 'mcp'>;

/** A rule gives the reason and the remedy for leaving a case out, or undefined where it has nothing against it. */
type Rule = (planned: Case) => Omit<LeftOut, 'case'> | undefined;

/**
 * Divides a plan into the cases to send and the cases to leave out, each of these with reason and remedy, both in
 * the order of the plan. The credentials say which environment variable a missing key is read from.
 * Throws UsageError for a filter, surface, role, family or level that matches no case of the plan, with the nearest
 * names, and for a shard that holds no case.
 */
export function selectCases(
  cases: readonly Case[],
  scope: RunScope,
  contract: Pick<Contract, 'credentials'> & PromisedOf,
): SelectedCases {
  const rules: readonly Rule[] = [
    filterRule(cases, scope.filters),
    nameRule('surface', cases, scope.surfaces, (planned) => planned.surface),
    nameRule('role', cases, scope.roles, (planned) => planned.credential),
    nameRule('family', cases, scope.families, (planned) => planned.family),
    levelRule(scope.levels ?? [], contract),
    profileRule(scope.profile, scope.with ?? [], contract),
    unseenRule(contract, scope.profile),
    keyRule(new Set(scope.keys), contract),
    idRule(scope.ids),
    ...(scope.without ?? []).map((what) => withoutRule(what, contract)),
    ...(scope.withoutMcp === true ? [withoutMcpRule(contract)] : []),
  ];
  const objections = new Map(cases.map((planned) => [planned, firstObjection(rules, planned)]));
  const whole = cases.filter((planned) => objections.get(planned) === undefined);
  const elsewhere = elsewhereRule(whole, scope.shard, contract);
  const selected: Case[] = [];
  const skipped: LeftOut[] = [];
  for (const planned of cases) {
    const objection = objections.get(planned) ?? elsewhere(planned);
    if (objection === undefined) selected.push(planned);
    else skipped.push({ case: planned, ...objection });
  }
  return { selected, whole, skipped };
}

/** What is left to other shards. Throws UsageError for a shard that no case is left for. */
function elsewhereRule(whole: readonly Case[], shard: Shard | undefined, contract: PromisedOf): Rule {
  if (shard === undefined) return () => undefined;
  const shards = dealCases(contract, whole, shard.of);
  const used = new Set(shards.values());
  if (!used.has(shard.index)) {
    throw new UsageError(
      `--shard ${shardText(shard)} holds no case: the ${whole.length} selected cases make ${used.size} shards.`,
      used.size === 0 ? 'Select more, or leave out --shard.' : `Split the run into ${used.size} at the most.`,
    );
  }
  return ({ id }) => {
    const index = shards.get(id);
    if (index === undefined || index === shard.index) return undefined;
    return {
      reason: `left to the other shards: this is shard ${shardText(shard)}`,
      remedy: 'armature-conformance merge puts the shards together',
      shard: index,
    };
  };
}

function firstObjection(rules: readonly Rule[], planned: Case): Omit<LeftOut, 'case'> | undefined {
  for (const rule of rules) {
    const objection = rule(planned);
    if (objection !== undefined) return objection;
  }
  return undefined;
}

function filterRule(cases: readonly Case[], filters: readonly string[]): Rule {
  const matchers = filters.map((filter) => ({
    filter,
    leavesOut: filter.startsWith('!'),
    matches: matcher(filter),
  }));
  for (const { filter, matches } of matchers) {
    if (!cases.some(({ id }) => matches(id))) throw unmatchedFilter(cases, filter);
  }
  const wanted = matchers.filter(({ leavesOut }) => !leavesOut);
  const unwanted = matchers.filter(({ leavesOut }) => leavesOut);
  const objection = {
    reason: `not selected by --filter ${filters.join(', ')}`,
    remedy: 'leave out --filter',
    unasked: true,
  } as const;
  return ({ id }) => {
    const asked = wanted.length === 0 || wanted.some(({ matches }) => matches(id));
    return asked && !unwanted.some(({ matches }) => matches(id)) ? undefined : objection;
  };
}

function matcher(filter: string): (id: string) => boolean {
  const pattern = filter.replace(/^!/, '');
  const folder = `${pattern.replace(/\/+$/, '')}/`;
  const glob = picomatch(pattern, { dot: true, nonegate: true });
  return (id) => id === pattern || id.startsWith(folder) || glob(id);
}

function unmatchedFilter(cases: readonly Case[], filter: string): UsageError {
  const globs = new Set<string>();
  for (const { id } of cases) {
    const parts = id.split('/');
    for (let depth = 1; depth < parts.length; depth += 1) globs.add(`${parts.slice(0, depth).join('/')}/**`);
    globs.add(id);
  }
  const asked = filter.replace(/^!/, '');
  const hint = didYouMean(asked, globs);
  return new UsageError(
    `--filter ${filter} matches no case.`,
    hint === '' ? 'armature-conformance list prints every case id.' : hint,
  );
}

function nameRule(
  option: 'surface' | 'role' | 'family',
  cases: readonly Case[],
  asked: readonly string[],
  nameOf: (planned: Case) => string,
): Rule {
  if (asked.length === 0) return () => undefined;
  const known = new Set(cases.map((planned) => nameOf(planned)));
  for (const name of asked) {
    if (known.has(name)) continue;
    const offer = didYouMean(name, known);
    const all = `Expected ${oneOf([...known])}.`;
    throw new UsageError(`--${option} ${name} matches no case.`, offer === '' ? all : `${offer} ${all}`);
  }
  const wanted = new Set(asked);
  const objection = {
    reason: `not selected by --${option} ${asked.join(', ')}`,
    remedy: `leave out --${option}`,
    unasked: true,
  } as const;
  return (planned) => (wanted.has(nameOf(planned)) ? undefined : objection);
}

function levelRule(
  asked: readonly string[],
  contract: Pick<Contract, 'levels' | 'operations' | 'mcp'>,
): Rule {
  if (asked.length === 0) return () => undefined;
  const known = contract.levels.map(({ id }) => id);
  for (const name of asked) {
    if (known.includes(name)) continue;
    const all = known.length === 0 ? 'The matrix names no level.' : `Expected ${oneOf(known)}.`;
    throw new UsageError(
      `--level ${name} is no level of conformance.`,
      `${didYouMean(name, known)} ${all}`.trim(),
    );
  }
  const levelsOfCase = levelsOf(contract);
  const objection = {
    reason: `not part of ${asked.length === 1 ? 'the level' : 'the levels'} ${asked.join(', ')}`,
    remedy: 'leave out --level',
    unasked: true,
  } as const;
  return (planned) => (levelsOfCase(planned).some((id) => asked.includes(id)) ? undefined : objection);
}

/** A write that the contract wants refused may be a real one where the user allows what a broken target would make of it. */
function profileRule(profile: Profile, permitted: readonly Permitted[], contract: PromisedOf): Rule {
  const reach = profiles.indexOf(profile);
  const allowed = (planned: Case): boolean =>
    profile === 'guarded' && permitted.length > 0 && isRefusedForGood(contract, planned);
  return (planned) =>
    profiles.indexOf(planned.profile) <= reach || allowed(planned)
      ? undefined
      : {
          reason: `the profile ${profile} does not send it; ${planned.profile} does`,
          remedy: `--profile ${planned.profile}`,
        };
}

/** What changes something that nobody could give back is not sent. */
function unseenRule(contract: PromisedOf, profile: Profile): Rule {
  const operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
  return ({ check: { request } }) => {
    const operation = request === undefined ? undefined : operations.get(request.operation);
    if (request === undefined || operation === undefined) return undefined;
    return mustNotGo(contract, operation, request, profile) ? reasonNotToGo(operation) : undefined;
  };
}

function idRule(ids: readonly string[] | undefined): Rule {
  const wanted = new Set(ids);
  const objection = {
    reason: 'it did not fail the last time',
    remedy: 'leave out --last-failed',
    unasked: true,
  } as const;
  return ({ id }) => (ids === undefined || wanted.has(id) ? undefined : objection);
}

function withoutRule(what: Leavable, contract: PromisedOf): Rule {
  const objection = {
    reason: `left out by --without ${what}`,
    remedy: `leave out --without ${what}`,
  };
  return (planned) => (couldCause(contract, planned, what) ? objection : undefined);
}

function withoutMcpRule({ mcp }: PromisedOf): Rule {
  const objection = { reason: 'the target is said to have no MCP endpoint', remedy: 'leave out --mcp none' };
  return ({ surface }) => (surface === mcp?.surface ? objection : undefined);
}

function keyRule(given: ReadonlySet<string>, { credentials }: Pick<Contract, 'credentials'>): Rule {
  return (planned) => {
    const missing = planned.keys.filter((id) => !given.has(id));
    if (missing.length === 0) return undefined;
    const variables = missing.map((id) => credentials[id]?.env ?? id);
    return {
      reason: `no key given for ${missing.join(', ')}`,
      remedy: `set ${variables.join(' and ')}`,
    };
  };
}
