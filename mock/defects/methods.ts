import type { Arrival } from '../deployment/call.ts';
import type { Answer } from '../deployment/outcome.ts';
import type { Defect, Hooks } from './defect.ts';
import { must, should } from './hooking.ts';

/** Defects of methods that are not documented for a path. */
export const methodDefects: readonly Defect[] = [
  must('method-put-succeeds', 'method-undocumented', '*', 'PUT succeeds everywhere.', stray('PUT', /./, 200)),
  must(
    'method-delete-source',
    'method-undocumented',
    'getMcpServer',
    'A source can be deleted.',
    stray('DELETE', /\/mcp-servers\/[^/]+$/, 200),
  ),
  must(
    'method-post-org',
    'method-undocumented',
    'getOrg',
    'POST succeeds on the organization.',
    stray('POST', /\/org$/, 201),
  ),
  must(
    'method-delete-run',
    'method-undocumented',
    'getRun',
    'A run can be deleted.',
    stray('DELETE', /\/runs\/[^/]+$/, 204),
  ),
  must(
    'method-patch-runs-500',
    'method-undocumented',
    'listRuns',
    'PATCH on the runs is 500.',
    stray('PATCH', /\/runs$/, 500),
  ),
  must(
    'method-501',
    'method-undocumented',
    '*',
    'A method that is not documented is 501.',
    stray('', /./, 501),
  ),
  must(
    'method-redirect',
    'method-undocumented',
    'listTopics',
    'POST on the topics is a redirect.',
    stray('POST', /\/topics$/, 307),
  ),
  should('method-without-allow', 'method-allow', '*', 'A 405 carries no Allow.', () => ({
    stray: (_arrival, run) => ({ ...run(), headers: {} }),
  })),
  should(
    'method-without-allow-on-runs',
    'method-allow',
    'getRunTrace',
    'A 405 below a run carries no Allow.',
    () => ({
      stray: (arrival, run) => (arrival.target.includes('/trace') ? { ...run(), headers: {} } : run()),
    }),
  ),
];

/** Answers a method, or every one, on the paths of a pattern with a status; but only to who has a key. */
function stray(method: string, path: RegExp, status: number): () => Hooks {
  const applies = (arrival: Arrival, answer: Answer): boolean =>
    (method === '' || arrival.method === method) &&
    path.test(arrival.target.split('?')[0] ?? '') &&
    answer.status === 405;
  return () => ({
    stray: (arrival, run) => {
      const answer = run();
      if (!applies(arrival, answer)) return answer;
      const failed = { error: { code: 'not_implemented', message: 'Not implemented.' } };
      return {
        status,
        headers: status === 307 ? { location: '/' } : {},
        body: status < 300 ? { ok: true } : failed,
      };
    },
  });
}
