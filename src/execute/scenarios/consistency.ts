/** Whether the target agrees with itself: again and again, in lists and in details, for all roles at once. */
import { firstMember, isObject } from '../../check/members.ts';
import type { Operation } from '../../contract/types.ts';
import { pathParameters, requestOf } from '../../plan/request.ts';
import type { Finding } from '../../results/types.ts';
import { bodyOf, statusOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { identityIn } from '../identities.ts';
import { itemsWithIds } from '../listing.ts';
import { NotApplicable } from '../stop.ts';
import { type Scenario } from './scenario.ts';

const readsPerRole = 4;

/** The credentials that read an operation: every given role, or none where it is keyless. */
export function readers(context: CaseContext, operation: Operation): readonly string[] {
  if (operation.keyless) return ['none'];
  const given = context.run.givenFor(operation);
  if (given.length === 0) throw new NotApplicable('no role key is given', 'Give the key of a role.');
  return given;
}

function plainRead(operation: Operation, by: string): ReturnType<typeof requestOf> {
  return requestOf(operation, by, { form: by === 'none' ? 'none' : 'bearer' });
}

/** What an answer says that must be the same each time: its ids, its identity, or the names of its members. */
function digest(context: CaseContext, operation: Operation, sent: Sent): string {
  const body = bodyOf(sent);
  const resource = context.run.listedBy(operation);
  if (resource !== undefined) {
    return `ids ${itemsWithIds(body, resource)
      .map(({ id }) => id)
      .toSorted()
      .join(' ')}`;
  }
  if (operation.identity !== undefined)
    return `identity ${JSON.stringify(identityIn(body, operation.identity))}`;
  return `members ${isObject(body) ? Object.keys(body).toSorted().join(' ') : typeof body}`;
}

/** The same read gives the same, again and again, for every role, on a new connection each time. */
export const repeatedRead: Scenario = async (context, planned) => {
  const operation = context.operation(planned.operation);
  const fact = 'read-stable';
  let reads = 0;
  const broken = new Map<string, { finding: Finding; count: number }>();
  for (const by of readers(context, operation)) {
    const seen: string[] = [];
    let last: Sent | undefined;
    for (let round = 0; round < readsPerRole; round++) {
      last = await context.send(plainRead(operation, by), { connection: { kind: 'fresh' } });
      reads++;
      const good = context.expectSuccess(last, operation, fact);
      for (const finding of context.findings.splice(0)) {
        const known = broken.get(finding.code);
        broken.set(finding.code, { finding: known?.finding ?? finding, count: (known?.count ?? 0) + 1 });
      }
      if (good) seen.push(digest(context, operation, last));
    }
    if (recurs(seen)) {
      context.fail(
        fact,
        'unstable',
        'The same read gives now this, now that, and then this again.',
        {
          expected: `the same each time for ${by}`,
          actual: [...new Set(seen)].map((one) => one.slice(0, 120)).join(' | '),
        },
        last,
      );
      return;
    }
  }
  for (const { finding, count } of broken.values()) {
    const steadiness = count === reads ? 'steady' : `flaky (${count} of ${reads})`;
    context.findings.push(finding.level === 'must' ? { ...finding, steadiness } : finding);
  }
};

/** True where something comes again after something else came: a target in use may change, but not back and forth. */
function recurs(seen: readonly string[]): boolean {
  return seen.some((one, index) => {
    const before = seen.lastIndexOf(one, index - 1);
    return (
      index > 0 &&
      before >= 0 &&
      before < index - 1 &&
      seen.slice(before + 1, index).some((other) => other !== one)
    );
  });
}

const roundsAtOnce = 3;

/** All keys at the same moment get the answers that they get alone. */
export const concurrentReads: Scenario = async (context, planned) => {
  const operation = context.operation(planned.operation);
  const others = Object.values(context.run.contract.credentials)
    .filter(({ id, kind }) => kind !== 'role' && kind !== 'revoked' && context.run.keyring.given.has(id))
    .map(({ id }) => id);
  const keys = [...readers(context, operation), ...(pathParameters(operation).length === 0 ? others : [])];
  const alone = new Map<string, string>();
  for (const by of keys)
    alone.set(by, signature(context, operation, await context.send(plainRead(operation, by))));
  const sent = await Promise.all(
    Array.from({ length: roundsAtOnce }).flatMap(() =>
      keys.map(async (by) => ({ by, sent: await context.send(plainRead(operation, by)) })),
    ),
  );
  for (const { by, sent: one } of sent) {
    const expected = alone.get(by);
    const actual = signature(context, operation, one);
    if (actual === expected) continue;
    // What is there may have changed meanwhile: then the key gets the other answer alone as well.
    const again = signature(context, operation, await context.send(plainRead(operation, by)));
    if (again !== expected) continue;
    context.fail(
      'requests-independent',
      'unstable',
      `At the same moment as others, ${by} gets another answer than alone.`,
      {
        expected: expected.slice(0, 200),
        actual: actual.slice(0, 200),
      },
      one,
    );
    return;
  }
};

function signature(context: CaseContext, operation: Operation, sent: Sent): string {
  return `${statusOf(sent)} ${succeeded(sent) ? digest(context, operation, sent) : JSON.stringify(firstMember(bodyOf(sent), ['error.code']) ?? null)}`;
}
