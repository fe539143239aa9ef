import type { Results } from '../../results/types.ts';
import { breaks } from '../../results/verdict.ts';
import { rootCauses, type RootCause } from './root-causes.ts';

export interface CausesOfRun {
  readonly violations: readonly RootCause[];
  readonly advisories: readonly RootCause[];
}

/** Grouping 20,000 cases takes a second, and every report of a run wants the same groups. */
const known = new WeakMap<Results, CausesOfRun>();

/** The root causes of a run: of what fails it, and of what does not. */
export function causesOfRun(results: Results): CausesOfRun {
  const causes = known.get(results) ?? {
    violations: rootCauses(
      results.cases,
      (finding) => breaks(finding, results.strict),
      results.contract.facts,
    ),
    advisories: rootCauses(
      results.cases,
      (finding) => finding.known === undefined && !breaks(finding, results.strict),
      results.contract.facts,
    ),
  };
  known.set(results, causes);
  return causes;
}
