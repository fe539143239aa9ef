/** Why a defect is not caught in a profile: what finds it elsewhere, and what of that the profile sends. Pure. */
import type { Case } from '../plan/types.ts';
import { profiles, type Profile } from '../plan/types.ts';
import type { UnseenDefects } from '../report-files/suite-score.ts';
import type { DefectOutcome, RedCase, Unseen } from './types.ts';

/** The families that keep roles, credentials and organizations apart. */
const guards: ReadonlySet<string> = new Set(['denied', 'authentication', 'role-source', 'isolation']);

/** Whether a fact is one of roles, credentials or organizations: those families test it. */
export function isGuarded(fact: string, cases: readonly Case[]): boolean {
  return cases.some(({ family, facts }) => guards.has(family) && facts.includes(fact));
}

/**
 * The cases of a profile that find a defect in `full`, as far as they test here what they test there: a refused write
 * that aims at nothing cannot show that nothing was done.
 * @param found the defect in the profile `full`
 * @param sent what the other profile sends
 * @param all what `full` sends
 */
export function findingCases(
  { defect: { fact }, red }: DefectOutcome,
  sent: readonly Case[],
  all: readonly Case[],
): readonly Case[] {
  const finding = new Set(red.flatMap(({ id, proves }) => (proves ? [id] : [])));
  const named = new Set(all.flatMap(({ id, facts }) => (facts.includes(fact) ? [id] : [])));
  return sent.filter(({ id, facts }) => finding.has(id) && (facts.includes(fact) || !named.has(id)));
}

/**
 * Why `outcome` does not catch the defect.
 * @param found the same defect in the profile `full`
 * @param sent what the profile of the outcome sends
 * @param all what the profile `full` sends
 */
export function unseenBecause(
  { defect, fate, undecided = '' }: DefectOutcome,
  found: DefectOutcome,
  sent: readonly Case[],
  all: readonly Case[],
): Unseen {
  const finding = found.red.filter(({ proves }) => proves);
  const [missing] = findingCases(found, sent, all);
  const tried =
    fate === 'green' && isGuarded(defect.fact, all) && finding.some((one) => isTried(one, defect.fact, sent));
  const why =
    finding.length === 0
      ? 'no profile finds it'
      : fate === 'elsewhere'
        ? 'only cases of other facts are red'
        : fate === 'inconclusive'
          ? undecided
          : missing === undefined
            ? neededFor(finding, sent, all)
            : 'a case that finds it in full is sent, and stays green';
  return { why, ...(missing === undefined ? {} : { sent: missing.id }), tried };
}

/** Whether the fact is tried in a cell: a case that keeps credentials apart shows this one for this operation. */
function isTried({ operation, credential }: RedCase, fact: string, sent: readonly Case[]): boolean {
  return sent.some(
    (one) =>
      guards.has(one.family) &&
      one.operation === operation &&
      one.credential === credential &&
      one.facts.includes(fact),
  );
}

/** What the least of the cases that find it takes, among those that the profile does not send. */
function neededFor(finding: readonly RedCase[], sent: readonly Case[], all: readonly Case[]): string {
  const ids = new Set(finding.map(({ id }) => id));
  const sentIds = new Set(sent.map(({ id }) => id));
  const [least] = all
    .filter(({ id }) => ids.has(id) && !sentIds.has(id))
    .toSorted((a, b) => profiles.indexOf(a.profile) - profiles.indexOf(b.profile) || weight(a) - weight(b));
  return least === undefined
    ? 'what finds it aims in full at what the run made, and here at what nothing has'
    : `what finds it is sent from ${least.profile} on: ${takes(least)}`;
}

function takes({ profile, footprint }: Case): string {
  if (profile !== 'full')
    return profile === 'guarded' ? 'requests that must be refused' : 'more reads than one a key';
  const taken = (['create', 'update', 'archive', 'dispatch'] as const).filter(
    (effect) => (footprint[effect] ?? 0) > 0,
  );
  return `requests that ${taken.join(', ')}`;
}

function weight({ footprint }: Case): number {
  return Object.values(footprint).reduce((sum, count) => sum + count, 0);
}

/** The defects that are not caught, by profile, those of one fate and reason together. */
export function unseenByProfile(
  outcomes: readonly DefectOutcome[],
): Readonly<Record<Profile, readonly UnseenDefects[]>> {
  const groupsOf = (profile: Profile): readonly UnseenDefects[] => {
    const groups = new Map<string, UnseenDefects>();
    for (const { defect, fate, unseen, profile: own } of outcomes) {
      if (own !== profile || unseen === undefined) continue;
      const key = `${fate} ${unseen.why}`;
      const before = groups.get(key)?.defects ?? [];
      groups.set(key, { fate, why: unseen.why, defects: [...before, defect.id] });
    }
    return [...groups.values()].toSorted((a, b) => b.defects.length - a.defects.length);
  };
  return {
    smoke: groupsOf('smoke'),
    read: groupsOf('read'),
    guarded: groupsOf('guarded'),
    full: groupsOf('full'),
  };
}
