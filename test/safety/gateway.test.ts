/** Nothing is concluded from an answer that is not the API's. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from 'vitest';
import type { Results } from '../../src/results/types.ts';
import { frontRuns, getOrg } from './front-run.ts';
import { isGetOrg, type Mischief } from './mischief.ts';
import { caseOf } from './small-run.ts';

const { front, runAgainst } = frontRuns();

const page = '<html><body><h1>Bad gateway</h1></body></html>';

function fromGateway(response: ServerResponse, status = 502): true {
  response.writeHead(status, { 'content-type': 'text/html' }).end(page);
  return true;
}

function fromApi(response: ServerResponse, status = 503): true {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end('{"error":{"code":"unavailable","message":"later"}}');
  return true;
}

function breaksOff(response: ServerResponse): true {
  response.destroy();
  return true;
}

/** Treats the first `count` requests that fit. */
function first(
  count: number,
  fits: (request: IncomingMessage) => boolean,
  treat: (response: ServerResponse) => true,
): Mischief {
  let seen = 0;
  return (request, response) => fits(request) && ++seen <= count && treat(response);
}

/** Treats the read of what a write that is refused aimed at, once. */
function readBack(treat: (response: ServerResponse) => true): Mischief {
  const next = new Set<string>();
  return (request, response) => {
    const { method = '', url = '' } = request;
    if (method === 'PATCH') next.add(url);
    return method === 'GET' && next.delete(url) && treat(response);
  };
}

const limits = {
  profile: 'full',
  filters: ['workflows/updateWorkflow/validation/limits/**', 'org/getOrg/hygiene/support'],
} as const;

const told = ({ cases }: Results): readonly string[] =>
  cases.flatMap(({ findings }) => findings.map(({ message }) => message));

describe('a 502 without the body of an error', () => {
  it('that does not come again is told as the gateway’s and breaks nothing', async () => {
    const results = await runAgainst(first(2, isGetOrg, fromGateway));
    const { status, findings, notes } = caseOf(results, getOrg);
    expect(status).toBe('passed');
    expect(findings).toMatchObject([
      { level: 'should', code: 'gateway', fact: 'api-answers', actual: '502' },
    ]);
    expect(notes?.[0]).toMatch(/sent again, 502 is not an answer of the API/);
    expect(results.exitCode).toBe(0);
  });

  it.each([502, 503, 504])('that comes again each time is a violation (%s)', async (status) => {
    const results = await runAgainst(first(99, isGetOrg, (response) => fromGateway(response, status)));
    expect(caseOf(results, getOrg).findings.map(({ code, level }) => `${level} ${code}`)).toContain(
      'must server-error',
    );
    expect(results.exitCode).toBe(1);
  });

  it('to a write that must be refused is asked for again', async () => {
    const results = await runAgainst(
      first(1, ({ method }) => method === 'POST', fromGateway),
      {
        profile: 'guarded',
        filters: ['workflows/createWorkflow/denied/viewer'],
      },
    );
    expect(results.summary).toMatchObject({ passed: 1, failed: 0 });
  });

  it('to a write that cannot be repeated leaves the case without a judgement', async () => {
    const id = 'mcp-servers/createMcpServer/access/editor';
    const results = await runAgainst(
      first(1, ({ method }) => method === 'POST', fromGateway),
      {
        profile: 'full',
        filters: [id],
      },
    );
    expect(caseOf(results, id).status).toBe('inconclusive');
    expect(caseOf(results, id).reason).toMatch(/a gateway may have answered in place of the API/);
    expect(front()?.seen.filter(({ method }) => method === 'POST')).toHaveLength(1);
  });
});

it('a 403 that is a page is never taken for a role that is too low', async () => {
  const results = await runAgainst(first(1, isGetOrg, (response) => fromGateway(response, 403)));
  expect(caseOf(results, getOrg).status).toBe('passed');
  expect(results.summary.advisories).toBe(1);
});

it('a 500, or a 503 with the body of an error, is a violation the first time', async () => {
  for (const status of [500, 503]) {
    const results = await runAgainst(first(1, isGetOrg, (response) => fromApi(response, status)));
    expect(results.exitCode).toBe(1);
  }
});

describe('the read after a refused write', () => {
  it('that got 503 is tried again: nothing is said to have changed, and the 503 is told', async () => {
    const results = await runAgainst(readBack(fromApi), limits);
    expect(told(results)).not.toContain('The refused write changed the workflow all the same.');
    expect(results.cases.filter(({ status }) => status === 'failed').map(({ id }) => id)).toEqual([
      'org/getOrg/hygiene/support',
    ]);
  });

  it('that breaks off, or gets a page of a gateway, turns nothing red', async () => {
    for (const treat of [fromGateway, breaksOff]) {
      const results = await runAgainst(readBack(treat), limits);
      expect(told(results).filter((message) => !message.startsWith('A gateway'))).toEqual([]);
      expect(results.summary.failed).toBe(0);
    }
  });

  it('that is never answered proves nothing', async () => {
    const refusing = first(
      Infinity,
      ({ method, url = '' }) => method === 'GET' && /workflows\/[^/?]+$/.test(url),
      fromApi,
    );
    const id = 'workflows/updateWorkflow/validation/limits/string';
    const results = await runAgainst(refusing, { profile: 'full', filters: [id] });
    expect(results.summary).toMatchObject({ passed: 0, failed: 0 });
    expect(caseOf(results, id).reason).toMatch(/cannot be seen/);
  });
});

it('under 10 % of 429 and 2 % of 503 nothing is red', async () => {
  let count = 0;
  const storm: Mischief = (_request, response) => {
    count++;
    if (count % 10 === 0) {
      response.writeHead(429, { 'retry-after': '0' }).end();
      return true;
    }
    return count % 50 === 1 && fromGateway(response, 503);
  };
  const filters = [
    'workflows/archiveWorkflow/{access,denied,not-found}/**',
    'workflows/listWorkflows/access/**',
  ];
  const results = await runAgainst(storm, { profile: 'full', filters });
  expect(results.cases.filter(({ status }) => status === 'failed')).toEqual([]);
  expect(results.summary.passed).toBeGreaterThan(10);
}, 180_000);
