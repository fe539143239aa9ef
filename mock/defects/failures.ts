import { textOf } from '../data/json.ts';
import type { Answer } from '../deployment/outcome.ts';
import type { Defect } from './defect.ts';
import { erratic, answers, must, sentMembers } from './hooking.ts';

/** Defects where the deployment fails. */
export const failureDefects: readonly Defect[] = [
  erratic(
    must('fails-now-and-then', 'no-server-error', '*', 'Each seventh answer is 500.', () => {
      let count = 0;
      return answers('*', (answer) => {
        count += 1;
        return count % 7 === 0 ? failure(500) : answer;
      })();
    }),
  ),
  must(
    'fails-on-evaluation',
    'no-server-error',
    'getRunEvaluation',
    'An evaluation is 500.',
    answers('getRunEvaluation', (answer) => (answer.status === 200 ? failure(500) : answer)),
  ),
  must(
    'fails-on-bad-json',
    'no-server-error',
    'createWorkflow',
    'A body that is not JSON is 500.',
    answers('createWorkflow', (answer, call) =>
      answer.status === 400 && call.body.kind === 'unreadable' ? failure(500) : answer,
    ),
  ),
  must(
    'fails-on-odd-id',
    'no-server-error',
    'getRun',
    'An id that is no id of the deployment is 500.',
    answers('getRun', (answer, call, { ids }) =>
      [400, 404].includes(answer.status) && !ids.matches('run', call.parameters['runId'] ?? '')
        ? failure(500)
        : answer,
    ),
  ),
  must(
    'fails-on-unknown-key',
    'no-server-error',
    '*',
    'A key of another form is 500.',
    answers('*', (answer, { authorization }) =>
      answer.status === 401 &&
      /^bearer \S+$/i.test(authorization[0] ?? '') &&
      !/amt_\w+_[\w-]{43}$/.test(authorization[0] ?? '')
        ? failure(500)
        : answer,
    ),
  ),
  must(
    'fails-on-null',
    'no-server-error',
    'createMcpServer',
    'A name that is null is 500.',
    answers('createMcpServer', (answer, call) =>
      answer.status === 400 && sentMembers(call)['name'] === null ? failure(500) : answer,
    ),
  ),
  must(
    'fails-on-non-ascii',
    'no-server-error',
    'updateTopic',
    'A label that is not ASCII is 500.',
    answers('updateTopic', (answer, call) =>
      answer.status === 200 && /[^ -~]/.test(textOf(sentMembers(call)['label'])) ? failure(500) : answer,
    ),
  ),
  erratic(
    must('busy-is-503', 'no-server-error', '*', 'More than two requests at once are 503.', () => {
      let active = 0;
      return {
        packet: async (_call, packet) => {
          active += 1;
          const busy = active > 2;
          await new Promise((resolve) => setTimeout(resolve, 2));
          active -= 1;
          const body = Buffer.from(JSON.stringify(failure(503).body));
          return busy ? { ...packet, status: 503, bytes: body } : packet;
        },
      };
    }),
  ),
];

function failure(status: number): Answer {
  return { status, headers: {}, body: { error: { code: 'internal', message: 'Something went wrong.' } } };
}
