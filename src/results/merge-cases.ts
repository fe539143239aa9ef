/** The cases of shards put together. Pure. */
import type { ShardResults } from './merge-checks.ts';
import type { CaseResult, Finding } from './types.ts';

/** Each case as the shard tells it that answers for it; what every shard answers for is put together from all. */
export function mergeCases(shards: readonly ShardResults[]): readonly CaseResult[] {
  const [first] = shards;
  return (first?.cases ?? []).map((one, at) => {
    const owners = shards.flatMap(({ cases }) => {
      const told = cases[at];
      return told === undefined || told.shard !== undefined ? [] : [told];
    });
    const [owner = one] = owners;
    return owners.length > 1 ? together(owner, owners) : owner;
  });
}

/** The worst of what the shards say, with every finding once. */
function together(first: CaseResult, all: readonly CaseResult[]): CaseResult {
  const worst = (['failed', 'inconclusive', 'passed', 'skipped'] as const).find((status) =>
    all.some((one) => one.status === status),
  );
  const telling = all.find(({ status }) => status === worst) ?? first;
  const findings: Finding[] = [];
  const exchanges: NonNullable<CaseResult['exchanges']>[number][] = [];
  for (const one of all) {
    const offset = exchanges.length;
    exchanges.push(...(one.exchanges ?? []));
    for (const finding of one.findings) {
      if (
        findings.some(
          ({ code, message, actual }) =>
            code === finding.code && message === finding.message && actual === finding.actual,
        )
      )
        continue;
      findings.push(
        finding.exchange === undefined ? finding : { ...finding, exchange: finding.exchange + offset },
      );
    }
  }
  const notes = [...new Set(all.flatMap((one) => one.notes ?? []))];
  const { reason, remedy, ...rest } = telling;
  return {
    ...rest,
    ...(reason === undefined ? {} : { reason }),
    ...(remedy === undefined ? {} : { remedy }),
    findings,
    ...(exchanges.length === 0 ? {} : { exchanges }),
    ...(notes.length === 0 ? {} : { notes }),
    durationMs: Math.round(all.reduce((sum, { durationMs }) => sum + durationMs, 0) * 10) / 10,
  };
}
