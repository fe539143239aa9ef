/** Archiving is the last thing that a run gives up; what it cannot do is told, with the command that does it later. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import { summaryMarkdown } from '../../src/report/summary.ts';
import { reportText } from '../../src/report/terminal/report-text.ts';
import { frontRuns } from './front-run.ts';

const { front, runAgainst } = frontRuns();

const filters = ['workflows/createWorkflow/{access,lifecycle}/**', 'workflows/updateWorkflow/access/**'];

function isArchive({ method, url }: IncomingMessage): boolean {
  return method === 'DELETE' && url?.includes('/workflows/') === true;
}

function isCreate({ method, url }: IncomingMessage): boolean {
  return method === 'POST' && url?.endsWith('/workflows') === true;
}

function refuse(response: ServerResponse, status: number): true {
  response.writeHead(status, { 'content-type': 'application/json', 'retry-after': '0' });
  response.end('{"error":{"code":"busy","message":"later"}}');
  return true;
}

/** The names of what is listed and bears the mark of a run, in every organization that has a key. */
async function marked(): Promise<readonly string[]> {
  const { baseUrl = '', keys = {} } = front() ?? {};
  const found = await Promise.all(
    ['owner', 'otherOrg'].map(async (id) => {
      const headers = { authorization: `Bearer ${keys[id] ?? ''}` };
      const answer = await fetch(`${baseUrl}/workflows`, { headers });
      return [...(await answer.text()).matchAll(/cf-[0-9a-f]{8}-\d+/g)].map(([name]) => name);
    }),
  );
  return found.flat();
}

describe('archiving what a run made', () => {
  it.each([
    { what: '429', act: (response: ServerResponse) => refuse(response, 429) },
    { what: '503', act: (response: ServerResponse) => refuse(response, 503) },
    { what: '500', act: (response: ServerResponse) => refuse(response, 500) },
    {
      what: 'a reset',
      act: (response: ServerResponse) => {
        response.socket?.destroy();
        return true;
      },
    },
  ])('goes on where most of it gets $what', async ({ act }) => {
    let archives = 0;
    const results = await runAgainst(
      (request, response) => isArchive(request) && ++archives % 4 !== 0 && act(response),
      { profile: 'full', filters },
    );
    expect(archives).toBeGreaterThan(20);
    expect(await marked()).toEqual([]);
    expect(results.leftovers.filter(({ removable }) => removable)).toEqual([]);
  });

  it('finds what was made though its answer was lost, in a list that lags behind', async () => {
    let creates = 0;
    const results = await runAgainst(
      (request, response) => {
        if (!isCreate(request) || ++creates % 3 !== 0) return false;
        // The deployment gets it and does it; nobody hears of that.
        const writeHead = response.writeHead.bind(response);
        response.writeHead = ((...head: Parameters<typeof writeHead>) => {
          response.socket?.destroy();
          return writeHead(...head);
        }) as typeof writeHead;
        return false;
      },
      { profile: 'full', filters, config: { listLagMs: 500 } },
    );
    expect(creates).toBeGreaterThan(5);
    expect(await marked()).toEqual([]);
    expect(results.leftovers.filter(({ removable }) => removable)).toEqual([]);
  });

  it('tells what is left, and the command that tidies it up', async () => {
    const results = await runAgainst((request, response) => isArchive(request) && refuse(response, 403), {
      profile: 'full',
      filters: ['workflows/createWorkflow/access/editor'],
    });
    const [left, ...more] = results.leftovers.filter(({ removable }) => removable);
    expect(more).toEqual([]);
    expect(left).toMatchObject({ resource: 'workflow' });
    expect(left?.reason).toMatch(/^DELETE \/workflows\/\{workflowId\} got 403/);
    const view = { colors: false, width: 200, volume: 'quiet' as const };
    expect(reportText(results, { ...view, directory: 'out/it' })).toContain(
      `To tidy up: npx armature-conformance cleanup --base-url ${results.target.baseUrl} --report-dir out/it`,
    );
    expect(reportText(results, view)).toContain(`--run-id ${results.runId}`);
    expect(summaryMarkdown(results)).toContain(`cleanup --base-url ${results.target.baseUrl} --run-id`);
  }, 60_000);
});
