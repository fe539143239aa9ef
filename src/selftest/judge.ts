/** What the results of a trial say: of a defect how the run ended, of a dialect whether it was left in peace. Pure. */
import type { Case } from '../plan/types.ts';
import type { CaseResult, Finding } from '../results/types.ts';
import { exitCodes } from '../results/verdict.ts';
import { plainDialect } from './points.ts';
import type { Trial } from './trial.ts';
import type {
  Defect,
  DefectOutcome,
  DialectOutcome,
  FalseAlarm,
  Fate,
  Miss,
  RedCase,
  Setup,
} from './types.ts';

/**
 * How a run on a defect ended. It is caught where the run ends with a violation and a case that tests its fact, or
 * that found just that fact broken, is red. Cases turn red by failing; for a defect of level `should` also by an
 * advisory against its fact.
 */
export function judgeDefect(
  defect: Defect,
  setup: Setup,
  cases: readonly Case[],
  trial: Trial,
): DefectOutcome {
  const scenarios = new Map(
    cases.flatMap(({ id, check }) => (check.kind === 'scenario' ? [[id, check.scenario] as const] : [])),
  );
  const red = trial.cases
    .filter((result) => isRed(result, defect))
    .map((result): RedCase => {
      const scenario = scenarios.get(result.id);
      const telling = result.findings.filter((finding) => counts(finding, defect));
      return {
        id: result.id,
        family: result.family,
        operation: result.operation,
        credential: result.credential,
        ...(scenario === undefined ? {} : { scenario }),
        codes: [...new Set(telling.map(({ code }) => code))].toSorted(),
        proves: proves(result, defect),
      };
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const fate = fateOf(trial, red);
  const undecided = fate === 'inconclusive' ? { undecided: undecidedBecause(trial) } : {};
  return { ...setup, defect, fate, exitCode: trial.exitCode, red, ...undecided, ...spentOn(trial) };
}

/** Whether a result is red, and for the defect: it is what the defect is to be caught by. */
export function proves(result: CaseResult, defect: Defect): boolean {
  if (!isRed(result, defect)) return false;
  const telling = result.findings.filter((finding) => counts(finding, defect));
  return result.facts.includes(defect.fact) || telling.some(({ fact }) => fact === defect.fact);
}

function fateOf({ exitCode }: Trial, red: readonly RedCase[]): Fate {
  if (exitCode === exitCodes.conformant) return 'green';
  if (exitCode !== exitCodes.violations) return 'inconclusive';
  return red.some((one) => one.proves) ? 'caught' : 'elsewhere';
}

function undecidedBecause({ ended, cases, open }: Trial): string {
  if (ended !== undefined) return ended;
  const reasons = cases.flatMap(({ status, reason = '' }) => (status === 'inconclusive' ? [reason] : []));
  const [reason] = reasons.toSorted((a, b) => countOf(reasons, b) - countOf(reasons, a));
  if (reason !== undefined) return `a case could not be judged: ${reason}`;
  return open.length > 0 ? 'a cell was tried and not proven' : 'the run came to no verdict';
}

function countOf(all: readonly string[], one: string): number {
  return all.filter((other) => other === one).length;
}

function isRed(result: CaseResult, defect: Defect): boolean {
  return result.status === 'failed' || result.findings.some((finding) => counts(finding, defect));
}

/** An advisory tells nothing of a break of a must: a conformant deployment may have it too. */
function counts({ level, fact }: Finding, defect: Defect): boolean {
  return level === 'must' || (defect.level === 'should' && fact === defect.fact);
}

/**
 * What a conformant deployment was wrongly told: every case that failed or could not be judged, and an exit code other
 * than 0 where all cases are as they should be. Where cells were tried and not proven, for which this deployment
 * answers lawfully in a way that proves nothing, exit code 4 is right; not on the plain point, where all that is tried
 * can be proven, and not in the profile `full`.
 */
export function judgeDialect(setup: Setup, trial: Trial): DialectOutcome {
  const ofCases = trial.cases.flatMap(({ id, status, findings, reason = '' }): readonly FalseAlarm[] => {
    if (status === 'failed') {
      const told = findings.filter(({ level }) => level === 'must').map(inWords);
      return [{ ...setup, case: id, kind: status, told }];
    }
    return status === 'inconclusive' ? [{ ...setup, case: id, kind: status, told: [reason] }] : [];
  });
  const { exitCode, ended, open } = trial;
  const unexplained = exitCode !== exitCodes.conformant && (ofCases.length === 0 || ended !== undefined);
  const forCells = exitCode === exitCodes.inconclusive && open.length > 0 && ended === undefined;
  const excused = forCells && setup.profile !== 'full' && setup.dialect !== plainDialect;
  const told = [
    `exit code ${exitCode}`,
    ...(ended === undefined ? [] : [ended]),
    ...(open.length === 0 ? [] : [`not proven: ${open.join(', ')}`]),
  ];
  const ofRun: readonly FalseAlarm[] =
    unexplained && !excused
      ? [{ ...setup, case: 'the run', kind: trial.isLate ? 'late' : 'exit', told }]
      : [];
  const falseAlarms = [...ofCases, ...ofRun];
  return { ...setup, exitCode, falseAlarms, open, ...spentOn(trial) };
}

/** A defect that is missed, before anything is known of why. */
export function missOf({ defect, fate, dialect, profile, colleague }: DefectOutcome): Miss {
  return { defect: defect.id, fate, dialect, profile, ...(colleague === undefined ? {} : { colleague }) };
}

function inWords({ code, message, expected, actual }: Finding): string {
  const versus = expected === undefined ? '' : ` Expected ${expected}, received ${actual ?? 'nothing'}.`;
  return `${code}: ${message}${versus}`;
}

function spentOn({ cases, faults, requests, durationMs }: Trial): {
  readonly cases: number;
  readonly faults: readonly string[];
  readonly requests: number;
  readonly durationMs: number;
} {
  return { cases: cases.length, requests, durationMs, faults };
}
