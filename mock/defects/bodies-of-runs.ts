import { notFound } from '../deployment/refusal.ts';
import type { Defect } from './defect.ts';
import {
  bodies,
  changeItem,
  items,
  listBodies,
  must,
  omit,
  outcomes,
  records,
  successStatus,
} from './hooking.ts';

/** Defects of what is answered about runs and their reports. */
export const runBodyDefects: readonly Defect[] = [
  must(
    'dispatch-200',
    'dispatchRun/success',
    'dispatchRun',
    'A dispatch that queues a run is 200.',
    successStatus('dispatchRun', 200),
  ),
  must(
    'dispatch-201',
    'dispatchRun/success',
    'dispatchRun',
    'A dispatch is 201.',
    successStatus('dispatchRun', 201),
  ),
  must(
    'dispatch-without-id',
    'dispatchRun/success',
    'dispatchRun',
    'A dispatch is answered without the id of the run.',
    bodies('dispatchRun', () => ({ queued: true })),
  ),
  must(
    'dispatch-numeric-id',
    'dispatchRun/success',
    'dispatchRun',
    'The id of a dispatched run is a number.',
    bodies('dispatchRun', () => ({ runId: 4711 })),
  ),
  must(
    'runs-total-only',
    'listRuns/success',
    'listRuns',
    'Runs without a match are only a total.',
    listBodies('listRuns', (rows, answer) =>
      rows.length === 0 ? { ...answer, body: { total: 0 } } : answer,
    ),
  ),
  must(
    'run-row-without-status',
    'listRuns/success',
    'listRuns',
    'One row has no status.',
    items('listRuns', (list) => changeItem(list, 1, (row) => omit(row, 'status'))),
  ),
  must(
    'run-row-null-status',
    'listRuns/success',
    'listRuns',
    'The last row of a page has the status null.',
    items('listRuns', (list) => changeItem(list, -1, (row) => ({ ...row, status: null }))),
  ),
  must(
    'run-row-without-workflow',
    'listRuns/success',
    'listRuns',
    'Rows do not name their workflow.',
    items('listRuns', (list) => list.map((row) => omit(row, 'workflowId'))),
  ),
  must(
    'run-row-without-workflow-when-old',
    'listRuns/success',
    'listRuns',
    'Rows of 30 days do not name their workflow.',
    items('listRuns', (list, call) =>
      call.query.get('range') === '30d' ? list.map((row) => omit(row, 'workflowId')) : list,
    ),
  ),
  must('runs-206', 'listRuns/success', 'listRuns', 'A page of runs is 206.', successStatus('listRuns', 206)),
  must(
    'run-without-status',
    'getRun/success',
    'getRun',
    'A run has no status.',
    records('getRun', (record) => omit(record, 'status')),
  ),
  must(
    'run-status-object',
    'getRun/success',
    'getRun',
    'The status of a run is an object.',
    records('getRun', (record) => ({ ...record, status: { name: record['status'] } })),
  ),
  must(
    'run-pending-202',
    'getRun/success',
    'getRun',
    'A run that is not over is 202.',
    outcomes('getRun', (outcome) =>
      outcome.kind === 'record' && outcome.record['endedAt'] === null ? { ...outcome, status: 202 } : outcome,
    ),
  ),
  must(
    'trace-null',
    'getRunTrace/success',
    'getRunTrace',
    'A trace is null.',
    bodies('getRunTrace', () => null),
  ),
  must(
    'trace-text',
    'getRunTrace/success',
    'getRunTrace',
    'A trace is a text of lines.',
    bodies('getRunTrace', (body) => JSON.stringify(body)),
  ),
  must(
    'trace-204',
    'getRunTrace/success',
    'getRunTrace',
    'A trace is 204.',
    successStatus('getRunTrace', 204),
  ),
  must(
    'evaluation-text',
    'getRunEvaluation/success',
    'getRunEvaluation',
    'An evaluation is only the verdict, as a text.',
    bodies('getRunEvaluation', (body) => body['verdict'] ?? 'none'),
  ),
  must(
    'evaluation-404-when-failed',
    'getRunEvaluation/success',
    'getRunEvaluation',
    'A run that did not pass has no evaluation.',
    outcomes('getRunEvaluation', (outcome) => {
      if (outcome.kind === 'record' && outcome.record['verdict'] !== 'pass') throw notFound('evaluation');
      return outcome;
    }),
  ),
  must(
    'evaluation-203',
    'getRunEvaluation/success',
    'getRunEvaluation',
    'An evaluation is 203.',
    successStatus('getRunEvaluation', 203),
  ),
  must(
    'tool-calls-count',
    'listRunToolCalls/success',
    'listRunToolCalls',
    'Tool calls are only counted.',
    listBodies('listRunToolCalls', (calls, answer) => ({ ...answer, body: { count: calls.length } })),
  ),
  must(
    'tool-calls-names',
    'listRunToolCalls/success',
    'listRunToolCalls',
    'Tool calls are an array of names.',
    bodies('listRunToolCalls', () => ['search', 'find_order']),
  ),
  must(
    'tool-calls-null',
    'listRunToolCalls/success',
    'listRunToolCalls',
    'Tool calls are null.',
    bodies('listRunToolCalls', () => null),
  ),
];
