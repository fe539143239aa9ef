import { objectOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Answer } from '../deployment/outcome.ts';
import type { Call } from '../deployment/call.ts';
import type { Defect, Hooks } from './defect.ts';
import { answers, answersWith, must, skipping, withParameter, type Where } from './hooking.ts';

const shape: readonly Defect[] = [
  must(
    'error-bare',
    'error-shape',
    '*',
    'An error is `{ code, message }`.',
    errors(
      () => true,
      ({ error }) => error,
    ),
  ),
  must(
    'error-text',
    'error-shape',
    '*',
    'A 404 has a text as `error`.',
    errors(is(404), ({ error }) => ({ error: error.message })),
  ),
  must(
    'error-without-message',
    'error-shape',
    '*',
    'A 400 has no message.',
    errors(is(400), ({ error }) => ({ error: { code: error.code } })),
  ),
  must(
    'error-numeric-code',
    'error-shape',
    '*',
    'The code of a 404 is a number.',
    errors(is(404), ({ error }) => ({ error: { ...error, code: 404 } })),
  ),
  must(
    'error-null-message',
    'error-shape',
    '*',
    'The message of a 400 is null.',
    errors(is(400), ({ error }) => ({ error: { ...error, message: null } })),
  ),
  must(
    'error-problem-json',
    'error-shape',
    '*',
    'A 403 is a problem of RFC 9457.',
    errors(is(403), ({ error }) => ({ type: 'about:blank', title: error.message })),
  ),
  must(
    'error-array',
    'error-shape',
    '*',
    'A 400 is a list of errors.',
    errors(is(400), ({ error }) => ({ errors: [error] })),
  ),
  must(
    'error-empty',
    'error-shape',
    '*',
    'A 404 has no body.',
    answersWith(404, '*', (answer) => ({ ...answer, body: undefined })),
  ),
  must(
    'error-empty-403',
    'error-shape',
    'dispatchRun',
    'A 403 to a dispatch is an empty object.',
    answersWith(403, 'dispatchRun', (answer) => ({ ...answer, body: {} })),
  ),
  must(
    'error-without-code-401',
    'error-shape',
    '*',
    'A 401 has no code.',
    errors(is(401), ({ error }) => ({ error: { message: error.message } })),
  ),
];

const unknownId: readonly Defect[] = [
  must(
    'unknown-source-200',
    'not-found',
    'getMcpServer',
    'An unknown source is 200 and null.',
    answersWith(404, 'getMcpServer', found(null)),
  ),
  must(
    'unknown-workflow-200',
    'not-found',
    'getWorkflow',
    'An unknown workflow is 200 with an error.',
    answersWith(404, 'getWorkflow', (answer) => ({ ...answer, status: 200 })),
  ),
  must(
    'unknown-run-410',
    'not-found',
    'getRun',
    'An unknown run is 410.',
    answersWith(404, 'getRun', (answer) => ({ ...answer, status: 410 })),
  ),
  must(
    'unknown-run-trace-empty',
    'not-found',
    'getRunTrace',
    'The trace of an unknown run is empty.',
    answersWith(404, 'getRunTrace', found({ spans: [], toolCalls: [] })),
  ),
  must(
    'unknown-run-evaluation-204',
    'not-found',
    'getRunEvaluation',
    'The evaluation of an unknown run is 204.',
    answersWith(404, 'getRunEvaluation', (answer) => ({ ...answer, status: 204, body: undefined })),
  ),
  must(
    'unknown-run-tool-calls-empty',
    'not-found',
    'listRunToolCalls',
    'The tool calls of an unknown run are an empty list.',
    answersWith(404, 'listRunToolCalls', found({ rows: [] })),
  ),
  must(
    'unknown-topic-200',
    'not-found',
    'getTopic',
    'An unknown topic is an empty topic.',
    answersWith(404, 'getTopic', found({ topic: null, sample_sessions: [] })),
  ),
  must(
    'unknown-topic-updated',
    'not-found',
    'updateTopic',
    'An update of an unknown topic succeeds.',
    answersWith(404, 'updateTopic', found({ ok: true })),
  ),
  must(
    'unknown-search-403',
    'not-found',
    'getSearch',
    'An unknown search is 403.',
    answersWith(404, 'getSearch', (answer) => ({
      ...answer,
      status: 403,
      body: { error: { code: 'forbidden_role', message: 'No.' } },
    })),
  ),
  must(
    'unknown-session-empty',
    'not-found',
    'getSessionTrace',
    'The trace of an unknown session has no events.',
    answersWith(404, 'getSessionTrace', found({ events: [] })),
  ),
  must(
    'unknown-workflow-archived',
    'not-found',
    'archiveWorkflow',
    'An archive of an unknown workflow succeeds.',
    answersWith(404, 'archiveWorkflow', found({ ok: true })),
  ),
  must(
    'unknown-workflow-updated',
    'not-found',
    'updateWorkflow',
    'An update of an unknown workflow succeeds.',
    answersWith(404, 'updateWorkflow', found({ id: 'wf_new', currentVersion: 1 })),
  ),
  must(
    'unknown-workflow-dispatched',
    'not-found',
    'dispatchRun',
    'A dispatch of an unknown workflow is queued.',
    answersWith(404, 'dispatchRun', (answer) => ({ ...answer, status: 202, body: { runId: 'run_none' } })),
  ),
  must('unknown-run-first', 'not-found', 'getRun', 'An unknown id shows the newest run.', () => ({
    ...skipping('existence', 'getRun')(),
    perform: (call, run) => {
      const [first = ''] = call.tenant.runs.keys();
      const isUnknown =
        call.operation.id === 'getRun' && !call.tenant.runs.has(call.parameters['runId'] ?? '');
      return run(isUnknown ? withParameter(call, 'runId', first) : call);
    },
  })),
];

/** Defects of how refusals look, and of what an unknown id gets. */
export const errorDefects: readonly Defect[] = [...shape, ...unknownId];

interface ErrorBody {
  readonly error: JsonObject;
}

function is(status: number): (answer: Answer) => boolean {
  return (answer) => answer.status === status;
}

function errors(
  applies: (answer: Answer, call: Call) => boolean,
  change: (body: ErrorBody) => unknown,
  where: Where = '*',
): () => Hooks {
  return answers(where, (answer, call) =>
    answer.status >= 400 && applies(answer, call)
      ? { ...answer, body: change({ error: objectOf(objectOf(answer.body)['error']) }) }
      : answer,
  );
}

function found(body: unknown): (answer: Answer) => Answer {
  return (answer) => ({ ...answer, status: 200, body });
}
