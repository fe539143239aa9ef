import { cellName, cellsOf, unprovenCells, type Cell } from '../results/cells.ts';
import type { CaseResult, Results, SuiteFault } from '../results/types.ts';
import { nothingWords } from './case-state.ts';
import { failureContext, type FailureContext } from './failure.ts';
import { groupBy } from './group-by.ts';
import { markup, markupText, xmlText, type Markup } from './markup.ts';
import { plainFailure } from './plain-failure.ts';

/**
 * `junit.xml` as CI systems read it: a suite a surface, a test case a case. A violation is a failure, what could not
 * be judged an error (skipped where the run allows it); a cell that was tried and not proven, and a fault of the suite, are
 * errors in suites of their own, for no case tells of them.
 */
export function junitXml(results: Results): string {
  const { summary, suiteFaults, allowInconclusive } = results;
  const unproven = unprovenCells(cellsOf(results));
  const errors = (allowInconclusive ? 0 : summary.inconclusive + unproven.length) + suiteFaults.length;
  const context = failureContext(results);
  const surfaces = [...groupBy(results.cases, ({ surface }) => surface)];
  const suites = surfaces.map(([surface, cases]) => suiteXml(surface, cases, results, context));
  if (unproven.length > 0) suites.push(cellsXml(unproven, allowInconclusive));
  if (suiteFaults.length > 0) suites.push(faultsXml(suiteFaults));
  const tests = summary.total + unproven.length + suiteFaults.length;
  return `<?xml version="1.0" encoding="UTF-8"?>\n${markupText(
    markup`<testsuites name="${results.tool.name}" tests="${tests}" failures="${summary.failed}" errors="${errors}" time="${seconds(results.durationMs)}">
${suites}</testsuites>
`,
  )}`;
}

function suiteXml(
  surface: string,
  cases: readonly CaseResult[],
  results: Results,
  context: FailureContext,
): Markup {
  const count = (status: CaseResult['status']): number => cases.filter((one) => one.status === status).length;
  const inconclusive = count('inconclusive');
  const [errors, skipped] = results.allowInconclusive
    ? [0, count('skipped') + inconclusive]
    : [inconclusive, count('skipped')];
  const time = cases.reduce((sum, { durationMs }) => sum + durationMs, 0);
  return markup`  <testsuite name="${surface}" tests="${cases.length}" failures="${count('failed')}" errors="${errors}" skipped="${skipped}" time="${seconds(time)}" timestamp="${results.startedAt.slice(0, 19)}">
    <properties>
      <property name="target" value="${xmlText(results.target.baseUrl)}"/>
      <property name="profile" value="${results.profile}"/>
      <property name="seed" value="${results.seed}"/>
    </properties>
${cases.map((one) => caseXml(one, results, context))}  </testsuite>
`;
}

function caseXml(one: CaseResult, results: Results, context: FailureContext): Markup {
  const outcome = outcomeXml(one, results, context);
  const head = markup`    <testcase name="${one.id}" classname="${one.surface}.${one.operation}" time="${seconds(one.durationMs)}"`;
  return outcome === undefined ? markup`${head}/>\n` : markup`${head}>\n      ${outcome}\n    </testcase>\n`;
}

function outcomeXml(
  one: CaseResult,
  { allowInconclusive }: Results,
  context: FailureContext,
): Markup | undefined {
  const why = xmlText(
    [one.reason, one.remedy].filter((text) => text !== undefined).join('; to change that: '),
  );
  switch (one.status) {
    case 'failed':
      return markup`<failure type="${one.findings[0]?.code ?? 'failed'}" message="${xmlText(messageOf(one))}">${xmlText(plainFailure(one, context).join('\n'))}</failure>`;
    case 'inconclusive':
      return allowInconclusive
        ? markup`<skipped message="${`could not be judged: ${why}`}"/>`
        : markup`<error type="inconclusive" message="${why}">${`The case could not be judged: ${why}`}</error>`;
    case 'skipped':
      return markup`<skipped message="${why}"/>`;
    case 'passed': {
      const note = nothingWords(one);
      const lines = [
        ...(one.findings.length === 0 ? [] : plainFailure(one, context)),
        ...(note === undefined ? [] : [note]),
      ];
      return lines.length === 0 ? undefined : markup`<system-out>${xmlText(lines.join('\n'))}</system-out>`;
    }
  }
}

function messageOf({ title, findings }: CaseResult): string {
  const [first] = findings;
  if (first === undefined) return title;
  const sides =
    first.expected === undefined ? '' : ` (expected ${first.expected}, received ${first.actual ?? ''})`;
  return `${title}: ${first.message}${sides}`;
}

function cellsXml(cells: readonly Cell[], allowed: boolean): Markup {
  const tests = cells.map((cell) => {
    const why = xmlText(`tried and not proven: ${cell.because.join('; ')}`);
    const outcome = allowed
      ? markup`<skipped message="${why}"/>`
      : markup`<error type="not-proven" message="${why}"/>`;
    return markup`    <testcase name="${cellName(cell)}" classname="cells">\n      ${outcome}\n    </testcase>\n`;
  });
  const [errors, skipped] = allowed ? [0, cells.length] : [cells.length, 0];
  return markup`  <testsuite name="cells" tests="${cells.length}" failures="0" errors="${errors}" skipped="${skipped}">\n${tests}  </testsuite>\n`;
}

function faultsXml(faults: readonly SuiteFault[]): Markup {
  const cases = faults.map(
    ({ caseId, message }) =>
      markup`    <testcase name="${caseId ?? 'the run'}" classname="suite">\n      <error type="suite-fault" message="The suite itself failed, which says nothing about the target.">${xmlText(message)}</error>\n    </testcase>\n`,
  );
  return markup`  <testsuite name="the suite itself" tests="${faults.length}" failures="0" errors="${faults.length}">\n${cases}  </testsuite>\n`;
}

/** Milliseconds as JUnit has times: seconds with three places. */
function seconds(ms: number): string {
  return (ms / 1000).toFixed(3);
}
