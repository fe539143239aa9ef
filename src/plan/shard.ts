/** How the cases of a run are split among runs that share the work. Pure. */
import { createHash } from 'node:crypto';
import type { Contract, Resource } from '../contract/types.ts';
import { phaseOf } from './phases.ts';
import type { Case } from './types.ts';

/** One part of a run that is split: the first has the index 1. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** A shard as it is written and told: `2/4`. */
export function shardText({ index, of }: Shard): string {
  return `${index}/${of}`;
}

/**
 * The shard of each case, by its id. It depends on the selected cases alone, so that every shard of a run comes to
 * the same. The shards differ by one case at the most; kinds of cases that cost more are dealt out first, so that
 * each shard has its share of them.
 *
 * Cases that change what no run can make, and those that would see it changed, stay in one shard: only there do they
 * take turns. Cases that look back on the whole run have no shard and are missing: every shard sends them, and each
 * judges what it saw.
 * @param of how many shards there are
 */
export function dealCases(
  contract: Pick<Contract, 'resources'>,
  selected: readonly Case[],
  of: number,
): ReadonlyMap<string, number> {
  const dealt = selected.filter((one) => phaseOf(one) !== 'after');
  const groups = together(contract, dealt);
  const grouped = new Set(groups.flat());
  const singles = dealt
    .filter((one) => !grouped.has(one))
    .map((one) => ({ one, cost: costOf(one), place: createHash('sha256').update(one.id).digest('hex') }))
    .toSorted((a, b) => a.cost - b.cost || (a.place < b.place ? -1 : 1))
    .map(({ one }) => one);
  const hands = Array.from({ length: of }, (): Hand => ({ size: 0, costs: [0, 0, 0, 0] }));
  const full = Math.ceil(dealt.length / of);
  const shards = new Map<string, number>();
  const deal = (one: Case, hand: Hand): void => {
    hand.size += 1;
    hand.costs[costOf(one)] = (hand.costs[costOf(one)] ?? 0) + 1;
    shards.set(one.id, hands.indexOf(hand) + 1);
  };
  for (const group of groups) {
    const hand = least(hands, ({ size }) => size);
    for (const one of group) deal(one, hand);
  }
  for (const one of singles) {
    const cost = costOf(one);
    const open = hands.filter(({ size }) => size < full);
    // Of each costly kind every shard gets as many; the others, which are the most, even out the sizes.
    deal(
      one,
      least(open, ({ costs, size }) =>
        cost === cheapest ? size : (costs[cost] ?? 0) * (dealt.length + 1) + size,
      ),
    );
  }
  return shards;
}

/** What a shard was dealt so far: how many cases in all, and of each cost. */
interface Hand {
  size: number;
  readonly costs: number[];
}

const cheapest = 3;

/** Cases of several steps cost more than those of one request, and those that write more than those that read. */
function costOf(one: Case): number {
  return (one.check.kind === 'scenario' ? 0 : 2) + (phaseOf(one) === 'write' ? 0 : 1);
}

/** The first hand of the least weight. */
function least(hands: readonly Hand[], weight: (hand: Hand) => number): Hand {
  return hands.reduce((best, hand) => (weight(hand) < weight(best) ? hand : best));
}

/** The cases that have to be in one shard, by the resource that they share. */
function together(
  contract: Pick<Contract, 'resources'>,
  cases: readonly Case[],
): readonly (readonly Case[])[] {
  return Object.values(contract.resources).flatMap((resource) => {
    if (resource.update === undefined || resource.create !== undefined) return [];
    if (!cases.some((one) => changes(one, resource))) return [];
    const group = cases.filter((one) => changes(one, resource) || sees(one, resource));
    return group.length > 1 ? [group] : [];
  });
}

function changes({ check, operation }: Case, { update }: Resource): boolean {
  return check.kind === 'scenario' && operation === update;
}

/** Whether a case would see that a resource is changed meanwhile: it compares what the resource says, now and then. */
function sees({ check, operation, family }: Case, { list, read, update }: Resource): boolean {
  if (operation !== list && operation !== read && operation !== update) return false;
  return check.kind === 'scenario' ? family === 'consistency' : check.proof !== undefined;
}
