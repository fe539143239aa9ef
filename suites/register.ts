/** Cases as vitest tests, whoever's vitest it is: the reads first, then the writes, then what judges the whole run. */
import type { TestContext } from 'vitest';
import { runCase } from '../src/execute/case-runner.ts';
import { haltReason } from '../src/execute/halt.ts';
import { inPlace } from '../src/execute/places.ts';
import type { Run } from '../src/execute/run.ts';
import type { PhaseCases } from '../src/plan/phases.ts';
import type { Case } from '../src/plan/types.ts';
import type { CaseResult, Finding } from '../src/results/types.ts';
import type { VitestFunctions } from './vitest-functions.ts';

/** What came of a case. */
export interface CaseEnd {
  readonly planned: Case;
  readonly result: CaseResult;
  /** What the suite itself got wrong. */
  readonly fault?: string;
  readonly context: TestContext;
}

/** The tests have their own limits of time, and a case that is tried again is another case. */
const ownPace = { timeout: 0, retry: 0, repeats: 0 } as const;

/**
 * Registers a test for each case, in the order of the phases.
 * @param onEnd told of each case that was carried out; gives the findings that fail its test
 */
export function registerCases(
  { describe: group, test: one }: Pick<VitestFunctions, 'describe' | 'test'>,
  run: Run,
  phases: readonly PhaseCases[],
  onEnd: (end: CaseEnd) => readonly Finding[],
): void {
  for (const { phase, cases } of phases) {
    group(phase, { sequential: true, shuffle: false }, () => {
      for (const planned of cases) {
        one.concurrent(planned.id, ownPace, (context) =>
          inPlace(run.underWay, () => carryOut(context, run, planned, onEnd)),
        );
      }
    });
  }
}

async function carryOut(
  context: TestContext,
  run: Run,
  planned: Case,
  onEnd: (end: CaseEnd) => readonly Finding[],
): Promise<void> {
  if (run.haltedBy !== undefined) context.skip(haltReason(run.haltedBy).reason);
  const { result, fault } = await runCase(run, planned);
  const broken = onEnd({ planned, result, context, ...(fault === undefined ? {} : { fault }) });
  if (broken.length > 0) throw asFailure(result, broken, (text) => run.keyring.mask(text));
  if (result.status !== 'passed' && result.status !== 'failed') {
    context.skip(`${result.status}: ${result.reason ?? ''}`);
  }
}

/** What vitest's own reporters show: the broken expectations, without a stack of the suite. */
function asFailure(
  { title }: CaseResult,
  findings: readonly Finding[],
  mask: (text: string) => string,
): Error {
  const lines = findings.map(
    ({ message, expected, actual, reference }) =>
      `${message}\n  expected: ${expected ?? ''}\n  received: ${actual ?? ''}\n  (${reference})`,
  );
  const failure = new Error(mask([title, ...lines].join('\n')));
  failure.stack = '';
  return failure;
}
