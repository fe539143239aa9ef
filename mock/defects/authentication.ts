import type { Defect } from './defect.ts';
import { answersWith, must } from './hooking.ts';
import { anyKey, keyless, reading } from './key-reading.ts';

/** Defects of which requests need a key, and of how they are refused without one. */
const required: readonly Defect[] = [
  must(
    'auth-none-on-trace',
    'auth-required',
    'getRunTrace',
    'A trace is served without a key.',
    keyless('getRunTrace'),
  ),
  must(
    'auth-none-on-runs',
    'auth-required',
    'listRuns',
    'Runs are listed without a key.',
    keyless('listRuns'),
  ),
  must(
    'auth-none-on-create',
    'auth-required',
    'createMcpServer',
    'A source is made without a key.',
    keyless('createMcpServer'),
  ),
  must(
    'auth-none-on-archive',
    'auth-required',
    'archiveWorkflow',
    'A workflow is archived without a key.',
    keyless('archiveWorkflow'),
  ),
  must(
    'auth-empty-token',
    'auth-required',
    '*',
    'A bearer authorization without a key counts as a viewer.',
    () => ({
      authenticate: ({ arrival, presented, find, deployment }) =>
        /^bearer\s*$/i.test(arrival.authorization[0] ?? '') ? anyKey(deployment, 'viewer') : find(presented),
    }),
  ),
  must(
    'auth-missing-is-403',
    'auth-required',
    '*',
    'A request without a key is 403.',
    answersWith(401, '*', (answer, call) =>
      call.authorization.length === 0 ? { ...answer, status: 403 } : answer,
    ),
  ),
  must(
    'auth-bad-key-is-404',
    'auth-required',
    'getMcpServer',
    'A bad key gets 404 on a source.',
    answersWith(401, 'getMcpServer', (answer) => ({ ...answer, status: 404 })),
  ),
  must(
    'auth-other-code',
    'auth-required',
    '*',
    'The code of a 401 is `unauthorized`.',
    answersWith(401, '*', (answer) => ({
      ...answer,
      body: { error: { code: 'unauthorized', message: 'No.' } },
    })),
  ),
  must(
    'auth-redirect',
    'auth-required',
    'getInsightsOverview',
    'A bad key is sent to a page for signing in.',
    answersWith(401, 'getInsightsOverview', (answer) => ({
      ...answer,
      status: 302,
      headers: { location: '/login' },
    })),
  ),
];

/** Defects of where a key counts. */
const bearerOnly: readonly Defect[] = [
  must(
    'auth-basic-password',
    'auth-bearer-only',
    '*',
    'The key counts as a part of Basic credentials.',
    reading(({ authorization }, isKey) => {
      const encoded = /^basic +(\S+)$/i.exec(authorization[0] ?? '')?.[1] ?? '';
      return Buffer.from(encoded, 'base64').toString().split(':').find(isKey);
    }),
  ),
  must(
    'auth-key-in-query',
    'auth-bearer-only',
    '*',
    'The key counts as a query parameter.',
    reading(({ target }, isKey) => [...new URLSearchParams(target.split('?')[1] ?? '').values()].find(isKey)),
  ),
  must(
    'auth-key-in-header',
    'auth-bearer-only',
    '*',
    'The key counts in a header of its own.',
    reading(({ headers }, isKey) =>
      Object.entries(headers)
        .filter(([name]) => name !== 'authorization' && name !== 'cookie')
        .flatMap(([, value]) => value ?? [])
        .find(isKey),
    ),
  ),
  must(
    'auth-key-in-cookie',
    'auth-bearer-only',
    '*',
    'The key counts in a cookie.',
    reading(({ headers }, isKey) =>
      (headers.cookie ?? '')
        .split(/;\s*/)
        .map((pair) => pair.slice(pair.indexOf('=') + 1))
        .find(isKey),
    ),
  ),
  must(
    'auth-no-scheme',
    'auth-bearer-only',
    '*',
    'The key counts without a scheme.',
    reading(({ authorization }, isKey) => authorization.find(isKey)),
  ),
  must(
    'auth-any-scheme',
    'auth-bearer-only',
    '*',
    'The key counts under every scheme.',
    reading(({ authorization }) => /^\S+ +(\S+)$/.exec(authorization[0] ?? '')?.[1]),
  ),
];

/** Defects of which requests need a key, and of where a key counts. */
export const authenticationDefects: readonly Defect[] = [...required, ...bearerOnly];
