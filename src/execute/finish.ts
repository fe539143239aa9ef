/** The end of a run: what it made is removed, and what it did is told. */
import type { AnswerCount, FootprintLine, Leftover, Manners } from '../results/types.ts';
import { cleanUp, isTidy, leftoversOf } from './cleanup.ts';
import type { Halt } from './halt.ts';
import type { Run } from './run.ts';

/** What a run tells at its end: what was sent in all, and what stays. */
export interface RunFooter {
  readonly requests: number;
  /** How long each request took, in ms, by operation id. */
  readonly durations: Readonly<Record<string, readonly number[]>>;
  /** By operation id. */
  readonly answers: Readonly<Record<string, readonly AnswerCount[]>>;
  readonly leftovers: readonly Leftover[];
  readonly footprint: readonly FootprintLine[];
  readonly manners: Manners;
  readonly halt?: Halt;
  /** Of repeated cases, by id: `steady`, or `flaky (2 of 5)`. */
  readonly steadiness: Readonly<Record<string, string>>;
}

/** Removes what the run made, balances what it did against its promise, and closes its ledger. */
export async function finishRun(
  run: Run,
  steadiness: Readonly<Record<string, string>> = {},
): Promise<RunFooter> {
  if (run.haltedBy === undefined) await run.breaker.finish();
  await cleanUp(run);
  run.ledgerFile.close(isTidy(run));
  const { haltedBy } = run;
  const { requests, ...manners } = run.spent;
  const { mask } = run.keyring;
  return {
    requests,
    durations: Object.fromEntries(run.durations),
    answers: run.answers.counts(),
    leftovers: leftoversOf(run).map(({ id, name, reason, ...rest }) => ({
      ...rest,
      id: mask(id),
      name: mask(name),
      reason: mask(reason),
    })),
    footprint: run.meter.balance(
      run.ledger.entries,
      (resource) => run.contract.resources[resource]?.cleanup === 'archive',
    ),
    manners,
    steadiness,
    ...(haltedBy === undefined ? {} : { halt: haltedBy }),
  };
}
