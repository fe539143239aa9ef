import { objectOf } from '../data/json.ts';
import type { Call } from '../deployment/call.ts';
import type { Defect } from './defect.ts';
import { answers, answersWith, inner, bodies, must } from './hooking.ts';

const presented = ({ authorization }: Call): string => authorization[0] ?? '';

/** Defects that give away the secret of a key. */
export const secretDefects: readonly Defect[] = [
  must(
    'secret-in-401',
    'no-secret-echo',
    '*',
    'A 401 repeats the key that was sent.',
    answersWith(401, '*', (answer, call) => ({
      ...answer,
      body: { error: { code: 'unauthenticated', message: `Not a valid key: ${presented(call)}` } },
    })),
  ),
  must(
    'secret-in-403',
    'no-secret-echo',
    '*',
    'A 403 repeats the key in its details.',
    answersWith(403, '*', (answer, call) => {
      const error = inner(objectOf(answer.body), 'error');
      return {
        ...answer,
        body: { error: { ...error, details: { headers: { authorization: presented(call) } } } },
      };
    }),
  ),
  must(
    'secret-in-header',
    'no-secret-echo',
    'getOrg',
    'A debugging header repeats the authorization.',
    answersWith(200, 'getOrg', (answer, call) => ({
      ...answer,
      headers: { ...answer.headers, 'x-debug-authorization': presented(call) },
    })),
  ),
  must(
    'secret-in-org',
    'no-secret-echo',
    'getOrg',
    'The actor shows the secret of its key.',
    bodies('getOrg', (body, call) => ({
      ...body,
      actor: { ...inner(body, 'actor'), apiKey: presented(call).split('_').slice(2).join('_') },
    })),
  ),
  must(
    'secret-in-base64',
    'no-secret-echo',
    'createMcpServer',
    'A created source shows the key in base64.',
    bodies('createMcpServer', (body, call) => ({
      ...body,
      created_with: Buffer.from(presented(call)).toString('base64'),
    })),
  ),
  must(
    'secret-in-400',
    'no-secret-echo',
    '*',
    'A 400 dumps the request with its headers.',
    answers('*', (answer, call) => {
      if (answer.status !== 400) return answer;
      const error = inner(objectOf(answer.body), 'error');
      return {
        ...answer,
        body: { error: { ...error, details: { request: { headers: { ...call.headers } } } } },
      };
    }),
  ),
];
