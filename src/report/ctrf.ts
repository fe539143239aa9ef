import { cellName, cellsOf, unprovenCells, type Cell } from '../results/cells.ts';
import type { CaseResult, CaseStatus, Results } from '../results/types.ts';
import { nothingWords } from './case-state.ts';
import { failureContext, type FailureContext } from './failure.ts';
import { plainFailure } from './plain-failure.ts';

/** What could not be judged is neither passed nor failed nor left out on purpose: CTRF calls that `other`. */
const statuses: Readonly<Record<CaseStatus, string>> = {
  passed: 'passed',
  failed: 'failed',
  skipped: 'skipped',
  inconclusive: 'other',
};

/** `ctrf.json`, the Common Test Report Format (https://ctrf.io/docs/specification). */
export function ctrfJson(results: Results): string {
  const { summary, tool, target, profile, seed, runId } = results;
  const start = Date.parse(results.startedAt);
  const context = failureContext(results);
  const unproven = unprovenCells(cellsOf(results));
  const report = {
    reportFormat: 'CTRF',
    specVersion: '0.0.0',
    timestamp: new Date(start + results.durationMs).toISOString(),
    generatedBy: `${tool.name} ${tool.version}`,
    results: {
      tool: { name: tool.name, version: tool.version },
      summary: {
        tests: summary.total + unproven.length,
        passed: summary.passed,
        failed: summary.failed,
        skipped: summary.skipped,
        pending: 0,
        other: summary.inconclusive + unproven.length,
        suites: new Set(results.cases.map(({ surface }) => surface)).size,
        start,
        stop: start + Math.round(results.durationMs),
      },
      tests: [...results.cases.map((one) => testOf(one, context)), ...unproven.map(cellTest)],
      environment: {
        testEnvironment: target.baseUrl,
        ...(target.name === undefined ? {} : { appName: target.name }),
        extra: { profile, seed, runId, verdict: results.verdict, exitCode: results.exitCode },
      },
    },
  };
  return `${JSON.stringify(report, null, 1)}\n`;
}

function testOf(one: CaseResult, context: FailureContext): object {
  const { id, title, status, family, surface, operation, credential, level, findings } = one;
  const [first] = findings;
  const message = first?.message ?? one.reason ?? nothingWords(one);
  return {
    name: id,
    status: statuses[status],
    duration: Math.round(one.durationMs),
    suite: [surface, operation],
    rawStatus: status,
    type: 'conformance',
    tags: [family, level],
    ...(message === undefined ? {} : { message }),
    ...(findings.length === 0 ? {} : { trace: plainFailure(one, context).join('\n') }),
    extra: { title, credential, ...(one.remedy === undefined ? {} : { remedy: one.remedy }) },
  };
}

/** A cell that was tried and not proven is told as a test of its own: every case about it may have passed. */
function cellTest(cell: Cell): object {
  return {
    name: `cells/${cellName(cell)}`,
    status: 'other',
    duration: 0,
    suite: ['cells', cell.operation],
    rawStatus: cell.standing,
    type: 'conformance',
    message: cell.because.join('; '),
  };
}
