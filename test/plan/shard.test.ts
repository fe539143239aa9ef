import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { UsageError } from '../../src/errors.ts';
import { phaseOf } from '../../src/plan/phases.ts';
import { planCases } from '../../src/plan/plan.ts';
import { everything, selectCases, type SelectedCases, type Selection } from '../../src/plan/select.ts';
import { dealCases } from '../../src/plan/shard.ts';
import type { Case, Profile } from '../../src/plan/types.ts';

const contract = await loadContract();
const plans = new Map<Profile, ReturnType<typeof planCases>>();

function select(profile: Profile, selection: Partial<Selection> = {}): SelectedCases {
  const cases = plans.get(profile) ?? planCases(contract, { seed: 1, profile });
  plans.set(profile, cases);
  const keys = Object.keys(contract.credentials);
  return selectCases(cases, { ...everything, ...selection, profile, keys }, contract);
}

function shardsOf(
  of: number,
  profile: Profile,
  selection: Partial<Selection> = {},
): readonly SelectedCases[] {
  return Array.from({ length: of }, (_, at) =>
    select(profile, { ...selection, shard: { index: at + 1, of } }),
  );
}

/** How many cases of a kind each shard is dealt. */
function sizes(of: number, profile: Profile, counts: (one: Case) => boolean = () => true): readonly number[] {
  const { selected } = select(profile);
  const dealt = dealCases(contract, selected, of);
  const found = Array.from({ length: of }, () => 0);
  for (const one of selected) {
    const shard = dealt.get(one.id);
    if (shard !== undefined && counts(one)) found[shard - 1] = (found[shard - 1] ?? 0) + 1;
  }
  return found;
}

function isTurn({ id }: Case): boolean {
  return (
    id.startsWith('insights/updateTopic/lifecycle/') || id.startsWith('insights/updateTopic/role-source/')
  );
}

describe('shards', () => {
  it.each<[number, Profile]>([
    [2, 'full'],
    [3, 'full'],
    [4, 'full'],
    [16, 'full'],
    [50, 'full'],
    [7, 'guarded'],
    [300, 'read'],
    [1000, 'read'],
  ])('in %i, with the profile %s, are balanced within 10 %%, or by one case', (of, profile) => {
    const found = sizes(of, profile);
    const all = found.reduce((sum, size) => sum + size, 0);
    expect(all).toBe(select(profile).selected.filter((one) => phaseOf(one) !== 'after').length);
    for (const size of found)
      expect(Math.abs(size - all / of)).toBeLessThanOrEqual(Math.max(1, (all / of) * 0.1));
  });

  it('hold every selected case once', () => {
    const ids = shardsOf(4, 'full').flatMap(({ selected }) =>
      selected.filter((one) => phaseOf(one) !== 'after').map(({ id }) => id),
    );
    expect(new Set(ids).size).toBe(ids.length);
    const after = select('full').selected.filter((one) => phaseOf(one) === 'after');
    expect(ids.length + after.length).toBe(select('full').selected.length);
  });

  it('can be as many as there are cases', () => {
    const selection = { filters: ['org/getOrg/access'] };
    expect(shardsOf(4, 'full', selection).map(({ selected }) => selected.length)).toEqual([1, 1, 1, 1]);
  });

  it('are the same whatever order the cases come in', () => {
    const { selected } = select('full');
    const dealt = dealCases(contract, selected, 5);
    const again = dealCases(contract, selected.toReversed(), 5);
    expect(Object.fromEntries(again)).toEqual(Object.fromEntries(dealt));
  });

  it('share out the costly kinds of cases as evenly as the others', () => {
    for (const found of [
      sizes(4, 'full', ({ check }) => check.kind === 'scenario'),
      sizes(4, 'full', (one) => phaseOf(one) === 'write'),
    ]) {
      expect(Math.max(...found) - Math.min(...found)).toBeLessThanOrEqual(Math.max(...found) * 0.1);
    }
  });

  it('keep together what takes turns at a resource that no run can make', () => {
    expect(sizes(8, 'full', isTurn).filter((count) => count > 0)).toHaveLength(1);
    // Where nothing changes it, nothing has to be kept together.
    expect(sizes(8, 'guarded', isTurn).filter((count) => count > 0).length).not.toBe(1);
  });

  it('each send what looks back on the whole run', () => {
    for (const { selected } of shardsOf(3, 'full')) {
      expect(selected.filter((one) => phaseOf(one) === 'after').length).toBe(3);
    }
  });

  it('say of what they leave out whose it is, and leave other reasons as they are', () => {
    const [first] = shardsOf(2, 'full', { surfaces: ['org'] });
    const skipped = first?.skipped ?? [];
    const others = skipped.filter(({ shard }) => shard !== undefined);
    expect(new Set(others.map(({ shard, reason }) => `${shard} ${reason}`))).toEqual(
      new Set(['2 left to the other shards: this is shard 1/2']),
    );
    const rest = skipped.filter(({ shard }) => shard === undefined);
    expect(new Set(rest.map(({ reason }) => reason))).toEqual(new Set(['not selected by --surface org']));
  });

  it('refuse to be more than the cases', () => {
    const tooMany = { filters: ['org/getOrg/access'], shard: { index: 5, of: 5 } };
    expect(() => select('full', tooMany)).toThrow(UsageError);
    expect(() => select('full', tooMany)).toThrow(
      '--shard 5/5 holds no case: the 4 selected cases make 4 shards.',
    );
  });
});
