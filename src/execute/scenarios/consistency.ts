/** Whether the target agrees with itself: the same read again and again. */
import { isObject } from '../../check/members.ts';
import type { Operation } from '../../contract/types.ts';
import { requestOf } from '../../plan/request.ts';
import type { Finding } from '../../results/types.ts';
import { bodyOf, type CaseContext, type Sent } from '../case-context.ts';
import { identityIn } from '../identities.ts';
import { itemsWithIds, type Item } from '../listing.ts';
import { beginningWith, flickeringItem, type Look } from '../steady-compare.ts';
import { NotApplicable } from '../stop.ts';
import { type Scenario } from './scenario.ts';

/** One more than four, so that what comes at each fourth read comes between two others. */
const readsPerRole = 5;

/** The credentials that read an operation: every given role, or none where it is keyless. */
export function readers(context: CaseContext, operation: Operation): readonly string[] {
  if (operation.keyless) return ['none'];
  const given = context.run.givenFor(operation);
  if (given.length === 0) throw new NotApplicable('no role key is given', 'Give the key of a role.');
  return given;
}

/** A read of an operation as the documentation has it, by a credential or none. */
export function plainRead(operation: Operation, by: string): ReturnType<typeof requestOf> {
  return requestOf(operation, by, { form: by === 'none' ? 'none' : 'bearer' });
}

/** The items that an answer lists; none where the operation lists none. */
export function itemsIn(context: CaseContext, operation: Operation, sent: Sent): readonly Item[] {
  const resource = context.run.listedBy(operation);
  return resource === undefined ? [] : itemsWithIds(bodyOf(sent), resource);
}

/** What an answer that is no list says that must be the same each time: its identity, or the names of its members. */
export function digest(operation: Operation, sent: Sent): string {
  const body = bodyOf(sent);
  if (operation.identity !== undefined)
    return `identity ${JSON.stringify(identityIn(body, operation.identity))}`;
  return `members ${isObject(body) ? Object.keys(body).toSorted().join(' ') : typeof body}`;
}

/** The same read gives the same, again and again, for every role, on a new connection each time. */
export const repeatedRead: Scenario = async (context, planned) => {
  const operation = context.operation(planned.operation);
  const fact = 'read-stable';
  const broken = createBroken();
  const looked = (sent: Sent): Look => ({ items: itemsIn(context, operation, sent) });
  const readings = async (by: string): Promise<readonly Sent[]> => {
    const good: Sent[] = [];
    for (let round = 0; round < readsPerRole; round++) {
      const sent = await context.send(plainRead(operation, by), { connection: { kind: 'fresh' } });
      if (context.expectSuccess(sent, operation, fact)) good.push(sent);
      broken.book(context.findings.splice(0));
    }
    return good;
  };
  const lists = context.run.listedBy(operation) !== undefined;
  for (const by of readers(context, operation)) {
    const seen = await readings(by);
    if (seen.some((sent) => hasTwice(context, operation, sent))) return;
    const unstable = lists
      ? await flickeringItem(
          context,
          beginningWith(seen.map(looked), async () => (await readings(by)).map(looked)),
        )
      : recurring(seen.map((sent) => digest(operation, sent)));
    if (unstable === undefined) continue;
    context.fail(fact, 'unstable', 'The same read gives now this, now that, and then this again.', {
      expected: `the same each time for ${by}`,
      actual: unstable,
    });
    return;
  }
  context.findings.push(...broken.findings());
};

/** Whether an answer holds an item twice, which is told; each is in a list once, whatever others do meanwhile. */
export function hasTwice(context: CaseContext, operation: Operation, sent: Sent): boolean {
  const ids = itemsIn(context, operation, sent).map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice === undefined) return false;
  const detail = { expected: 'each item once', actual: `${twice} twice` };
  context.fail('read-stable', 'page', 'The same item comes twice in one answer.', detail, sent);
  return true;
}

interface Broken {
  /** Books the findings of one more read. */
  book(findings: readonly Finding[]): void;
  /** One of each code, with how often it came. */
  findings(): readonly Finding[];
}

function createBroken(): Broken {
  const known = new Map<string, { finding: Finding; count: number }>();
  let reads = 0;
  return {
    book(findings) {
      reads++;
      for (const finding of findings) {
        const before = known.get(finding.code);
        known.set(finding.code, { finding: before?.finding ?? finding, count: (before?.count ?? 0) + 1 });
      }
    },
    findings: () =>
      [...known.values()].map(({ finding, count }) => {
        const steadiness = count === reads ? 'steady' : `flaky (${count} of ${reads})`;
        return finding.level === 'must' ? { ...finding, steadiness } : finding;
      }),
  };
}

/** What comes again after something else came: a target in use may change, but not back and forth. */
function recurring(seen: readonly string[]): string | undefined {
  const recurs = seen.some((one, index) => {
    const before = index === 0 ? -1 : seen.lastIndexOf(one, index - 1);
    return before >= 0 && seen.slice(before + 1, index).some((other) => other !== one);
  });
  return recurs ? [...new Set(seen)].map((one) => one.slice(0, 120)).join(' | ') : undefined;
}
