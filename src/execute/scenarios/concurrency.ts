/** Whether requests at the same moment each get their own answer. */
import { lackingBetween } from '../../check/agreement.ts';
import { saysNothing } from '../../check/gateway.ts';
import { firstMember } from '../../check/members.ts';
import type { Operation } from '../../contract/types.ts';
import { pathParameters } from '../../plan/request.ts';
import { bodyOf, statusOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { recurringDoubt } from '../steady-compare.ts';
import { readAgain } from '../sure-read.ts';
import { digest, itemsIn, plainRead, readers } from './consistency.ts';
import type { Scenario } from './scenario.ts';

const roundsAtOnce = 3;

/** All keys at the same moment get the answers that they get alone. */
export const concurrentReads: Scenario = async (context, planned) => {
  const operation = context.operation(planned.operation);
  const others = Object.values(context.run.contract.credentials)
    .filter(({ id, kind }) => kind !== 'role' && kind !== 'revoked' && context.run.keyring.given.has(id))
    .map(({ id }) => id);
  const keys = [...readers(context, operation), ...(pathParameters(operation).length === 0 ? others : [])];
  const mixedUp =
    context.run.listedBy(operation) === undefined
      ? await firstMixedUp(context, operation, keys)
      : await recurringDoubt(context, () => mixedUpLists(context, operation, keys));
  if (mixedUp === undefined) return;
  const { by, expected, actual, sent } = mixedUp;
  context.fail(
    'requests-independent',
    'unstable',
    `At the same moment as others, ${by} gets another answer than alone.`,
    { expected: expected.slice(0, 200), actual: actual.slice(0, 200) },
    sent,
  );
};

interface MixedUp {
  readonly by: string;
  readonly expected: string;
  readonly actual: string;
  readonly sent: Sent;
}

interface Answer {
  readonly by: string;
  readonly sent: Sent;
}

async function readAlone(
  context: CaseContext,
  operation: Operation,
  keys: readonly string[],
): Promise<ReadonlyMap<string, Sent>> {
  const alone = new Map<string, Sent>();
  for (const by of keys) alone.set(by, await readAgain(context, plainRead(operation, by)));
  return alone;
}

/** The answers of all keys at the same moment; those that say nothing are told by themselves. */
async function readTogether(
  context: CaseContext,
  operation: Operation,
  keys: readonly string[],
): Promise<readonly Answer[]> {
  const all = await Promise.all(
    Array.from({ length: roundsAtOnce }).flatMap(() =>
      keys.map(async (by) => ({ by, sent: await context.send(plainRead(operation, by)) })),
    ),
  );
  return all.filter(({ sent }) => !saysNothing(sent.outcome));
}

/** An answer that is not the one that the key gets alone, before and after. */
async function firstMixedUp(
  context: CaseContext,
  operation: Operation,
  keys: readonly string[],
): Promise<MixedUp | undefined> {
  const before = await readAlone(context, operation, keys);
  for (const { by, sent } of await readTogether(context, operation, keys)) {
    const alone = before.get(by);
    const [expected, actual] = [alone, sent].map((one) => one && signature(operation, one));
    if (expected === undefined || actual === undefined || actual === expected) continue;
    const after = await readAgain(context, plainRead(operation, by));
    if (signature(operation, after) === expected) return { by, expected, actual, sent };
  }
  return undefined;
}

function signature(operation: Operation, sent: Sent): string {
  const code = firstMember(bodyOf(sent), ['error.code']) ?? null;
  return `${statusOf(sent)} ${succeeded(sent) ? digest(operation, sent) : JSON.stringify(code)}`;
}

/**
 * Lists that lack what the key is shown alone, before and after, or that hold what it is shown at neither time: by what
 * is amiss.
 */
async function mixedUpLists(
  context: CaseContext,
  operation: Operation,
  keys: readonly string[],
): Promise<ReadonlyMap<string, MixedUp>> {
  const idsOf = (sent: Sent | undefined): ReadonlySet<string> =>
    new Set(sent === undefined ? [] : itemsIn(context, operation, sent).map(({ id }) => id));
  const before = await readAlone(context, operation, keys);
  const together = await readTogether(context, operation, keys);
  const isAsBefore = ({ by, sent }: Answer): boolean => {
    const [ids, alone] = [idsOf(sent), idsOf(before.get(by))];
    const sameStatus = statusOf(sent) === statusOf(before.get(by) ?? sent);
    return sameStatus && ids.size === alone.size && [...ids].every((id) => alone.has(id));
  };
  const doubts = new Map<string, MixedUp>();
  if (together.every(isAsBefore)) return doubts;
  const after = await readAlone(context, operation, keys);
  for (const { by, sent } of together) {
    const [first, last] = [before.get(by), after.get(by)];
    if (first === undefined || last === undefined) continue;
    const doubt = (key: string, expected: string, actual: string): void => {
      doubts.set(`${by} ${key}`, { by, expected, actual, sent });
    };
    if (statusOf(first) === statusOf(last) && statusOf(sent) !== statusOf(first))
      doubt('status', String(statusOf(first)), String(statusOf(sent)));
    const shown = idsOf(sent);
    for (const id of lackingBetween(idsOf(first), shown, idsOf(last)))
      doubt(`lacks ${id}`, `a list with ${id}`, `${shown.size} items without it`);
    for (const id of shown) {
      if (!idsOf(first).has(id) && !idsOf(last).has(id)) doubt(`shows ${id}`, `a list without ${id}`, id);
    }
  }
  return doubts;
}
