/** What the results of a trial say: of a defect whether it was found, of a dialect whether it was left in peace. Pure. */
import type { Case } from '../plan/types.ts';
import type { CaseResult, Finding } from '../results/types.ts';
import type { Defect, DefectOutcome, DialectOutcome, FalseAlarm, RedCase } from './types.ts';

/** What a trial saw. */
export interface Trial {
  readonly results: readonly CaseResult[];
  readonly faults: readonly string[];
  readonly requests: number;
  readonly durationMs: number;
}

/**
 * Whether the defect was found: killed where a case that tests its fact, or that found just that fact broken, turned
 * red. Cases turn red by failing; for a defect of level `should` also by an advisory against its fact.
 */
export function judgeDefect(defect: Defect, cases: readonly Case[], trial: Trial): DefectOutcome {
  const scenarios = new Map(
    cases.flatMap(({ id, check }) => (check.kind === 'scenario' ? [[id, check.scenario] as const] : [])),
  );
  const red = trial.results
    .filter((result) => isRed(result, defect))
    .map((result): RedCase => {
      const scenario = scenarios.get(result.id);
      const telling = result.findings.filter((finding) => counts(finding, defect));
      return {
        id: result.id,
        family: result.family,
        ...(scenario === undefined ? {} : { scenario }),
        codes: [...new Set(telling.map(({ code }) => code))].toSorted(),
        proves: result.facts.includes(defect.fact) || telling.some(({ fact }) => fact === defect.fact),
      };
    })
    .toSorted((a, b) => (a.id < b.id ? -1 : 1));
  return {
    defect,
    fate: red.some(({ proves }) => proves) ? 'killed' : 'survived',
    red,
    ...spentOn(trial),
  };
}

function isRed(result: CaseResult, defect: Defect): boolean {
  return result.status === 'failed' || result.findings.some((finding) => counts(finding, defect));
}

/** An advisory tells nothing of a break of a must: a conformant deployment may have it too. */
function counts({ level, fact }: Finding, defect: Defect): boolean {
  return level === 'must' || (defect.level === 'should' && fact === defect.fact);
}

/** What a conformant deployment was accused of: every case that failed or could not be judged. */
export function judgeDialect(dialect: string, trial: Trial): DialectOutcome {
  const falseAlarms = trial.results.flatMap((result): readonly FalseAlarm[] => {
    const { id, status, findings, reason = '' } = result;
    if (status === 'failed') {
      const told = findings.filter(({ level }) => level === 'must').map(inWords);
      return [{ dialect, case: id, kind: status, told }];
    }
    return status === 'inconclusive' ? [{ dialect, case: id, kind: status, told: [reason] }] : [];
  });
  return { dialect, falseAlarms, ...spentOn(trial) };
}

function inWords({ code, message, expected, actual }: Finding): string {
  const versus = expected === undefined ? '' : ` Expected ${expected}, received ${actual ?? 'nothing'}.`;
  return `${code}: ${message}${versus}`;
}

function spentOn({
  results,
  faults,
  requests,
  durationMs,
}: Trial): Omit<DialectOutcome, 'dialect' | 'falseAlarms'> {
  return { cases: results.length, requests, durationMs, faults };
}
