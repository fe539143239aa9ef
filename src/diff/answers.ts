/** Requests that got another status or another code, and cases that one side alone failed. */
import { groupBy } from '../report/group-by.ts';
import { answeredBy, errorCodeOf } from '../results/exchange-facts.ts';
import type { CaseResult, Exchange } from '../results/types.ts';
import type { Difference } from './types.ts';
import { answerText, entriesOf } from './entries.ts';
import type { Pair } from './pairs.ts';

interface Found {
  readonly kind: 'status' | 'code';
  readonly of: string;
  readonly a: string;
  readonly b: string;
  readonly pair: Pair;
}

/** One difference for each pair of answers and each family: an answer of another status, or under another code. */
export function answerDifferences(pairs: readonly Pair[]): readonly Difference[] {
  const found = pairs.flatMap((pair): Found[] => {
    const [a, b] = [answeredBy(pair.a), answeredBy(pair.b)];
    if (a?.status !== b?.status) {
      const { family } = pair.case;
      return [{ kind: 'status', of: family, a: answerText(pair.a), b: answerText(pair.b), pair }];
    }
    const [codeOfA, codeOfB] = [a && errorCodeOf(a), b && errorCodeOf(b)];
    if (codeOfA === codeOfB) return [];
    const of = `the code of ${a?.status ?? ''}`;
    return [{ kind: 'code', of, a: codeText(codeOfA), b: codeText(codeOfB), pair }];
  });
  const groups = groupBy(found, ({ kind, of, a, b }) => JSON.stringify([kind, of, a, b]));
  return [...groups.values()]
    .flatMap((group) => group.slice(0, 1).map(({ kind, of, a, b }) => ({ kind, of, a, b, group })))
    .map(({ group, ...about }): Difference => {
      const shown = group.map(({ pair }) => pair);
      return {
        ...about,
        dataMayExplain: false,
        operations: unique(shown.map(({ operation }) => operation)),
        requests: shown.length,
        cases: unique(shown.map((pair) => pair.case.id)),
        entries: entriesOf(shown),
      };
    })
    .toSorted((one, other) => other.requests - one.requests);
}

function codeText(code: string | undefined): string {
  return code === undefined ? 'none' : code === '' ? 'an empty text' : code;
}

/** Cases that break the contract on one side, or break it otherwise. */
export function findingDifferences(
  cases: readonly (readonly [a: CaseResult, b: CaseResult])[],
): readonly Difference[] {
  const found = cases.flatMap(([a, b]) => {
    const [codesOfA, codesOfB] = [findingText(a), findingText(b)];
    return codesOfA === codesOfB ? [] : [{ a: codesOfA, b: codesOfB, of: a.family, one: a, other: b }];
  });
  const groups = groupBy(found, ({ a, b, of }) => JSON.stringify([a, b, of]));
  return [...groups.values()].flatMap((group) =>
    group.slice(0, 1).map(({ a, b, of }): Difference => ({
      kind: 'finding',
      of,
      a,
      b,
      dataMayExplain: false,
      operations: unique(group.map(({ one }) => one.operation)),
      requests: group.length,
      cases: group.map(({ one }) => one.id),
      entries: entriesOf(
        group.flatMap(({ one, other }) => {
          const [left, right] = [broken(one), broken(other)];
          return left === undefined || right === undefined
            ? []
            : [{ case: one, operation: one.operation, a: left, b: right }];
        }),
      ),
    })),
  );
}

/** The exchange that a finding points at, else the last one. */
function broken({ findings, exchanges = [] }: CaseResult): Exchange | undefined {
  const index = findings.find(({ exchange }) => exchange !== undefined)?.exchange;
  return index === undefined ? exchanges.at(-1) : exchanges[index];
}

/** How long one answer took differs from moment to moment, on one deployment too. */
function findingText({ findings }: CaseResult): string {
  const lasting = findings.filter(({ code }) => code !== 'slow');
  const codes = unique(lasting.map(({ level, code }) => `${code} (${level})`)).toSorted();
  return codes.length === 0 ? 'nothing found' : codes.join(', ');
}

function unique(values: readonly string[]): readonly string[] {
  return [...new Set(values)];
}
