import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { NotTheApiError, UsageError } from '../../src/errors.ts';
import { reachTarget } from '../../src/run/reach.ts';
import { run } from '../cli/binary.ts';
import { startFront, type Front, type Mischief } from './mischief.ts';
import { contract } from './small-run.ts';

let front: Front | undefined;
afterEach(async () => {
  await front?.close();
  front = undefined;
});

/** The look at a deployment behind a front, at its base URL or another path of its origin. */
async function lookAt(mischief: Mischief, path?: string): Promise<readonly string[]> {
  front = await startFront(mischief);
  return reachTarget(contract, {
    runId: 'feedbeef',
    baseUrl: path === undefined ? front.baseUrl : `${new URL(front.baseUrl).origin}${path}`,
    keys: front.keys,
    profile: 'read',
    seed: 1,
    timeoutMs: 5_000,
    concurrency: 8,
    userAgent: 'test',
  }).then(({ lines }) => lines);
}

const failureOf = (looking: Promise<unknown>): Promise<unknown> =>
  looking.then(
    () => undefined,
    (error: unknown) => error,
  );

function send(response: ServerResponse, status: number, type: string, body: string): true {
  response.writeHead(status, { 'content-type': type }).end(body);
  return true;
}

const page = (status: number) => (_request: IncomingMessage, response: ServerResponse) =>
  send(response, status, 'text/html', '<!doctype html><title>Not for you</title>');
const json = (status: number, body: unknown) => (_request: IncomingMessage, response: ServerResponse) =>
  send(response, status, 'application/json', JSON.stringify(body));

describe('something in front of the API that answers everything', () => {
  it.each([
    ['a firewall', page(403), /GET \/org got 403 with text\/html, and 8 other reads the like/],
    ['a proxy with nothing behind it', page(502), /got 502 with text\/html/],
    [
      'a proxy that speaks JSON',
      json(503, { message: 'no healthy upstream' }),
      /got 503 with application\/json/,
    ],
    [
      'a gateway that wants a key of its own',
      json(403, { message: 'Forbidden' }),
      /got 403 with application\/json/,
    ],
    [
      'a login',
      (_q: IncomingMessage, response: ServerResponse) => {
        response.writeHead(302, { location: 'https://login.example.com/?next=x' }).end();
        return true;
      },
      /got 302 without a body/,
    ],
    ['a web site', page(200), /got 200 with text\/html/],
  ])('is told as %s, which is not the API: %#', async (_what, mischief, message) => {
    const error = await failureOf(lookAt(mischief));
    expect(error).toBeInstanceOf(NotTheApiError);
    expect(error).toMatchObject({ exitCode: 4, message: expect.stringMatching(message) as string });
    expect(String(error)).toMatch(/is not the Armature REST API/);
  });

  it('ends the command with exit code 4 and a sentence, and judges nothing', async () => {
    front = await startFront(page(403));
    const env = { ARMATURE_KEY_VIEWER: front.keys['viewer'] ?? '' };
    const told = await run(['run', '--base-url', front.baseUrl], env);
    expect(told).toMatchObject({ exitCode: 4, stdout: '' });
    expect(told.stderr).toMatch(
      /^error: What answers at .* is not the Armature REST API: GET \/org got 403/m,
    );
    expect(told.stderr).not.toMatch(/forbidden_role|violation/i);
  }, 60_000);

  it('that answers in its place now and then is asked again', async () => {
    const lines = await lookAt(
      (request, response, number) => number % 3 === 1 && page(502)(request, response),
    );
    expect(lines.join('\n')).toMatch(/keys that work: viewer, editor, admin, owner\.$/m);
  });

  it('is told for what it answers, where the API answers the rest', async () => {
    const lines = await lookAt(
      ({ headers }, response) =>
        headers.authorization === `Bearer ${front?.keys['viewer'] ?? ''}` && page(403)({} as never, response),
    );
    expect(lines).toContain(
      "The key of viewer got 403 with text/html from GET /org, which is not the API's answer.",
    );
    expect(lines.join('\n')).toMatch(/keys that work: editor, admin, owner\.$/m);
  });
});

describe('a base URL that ends in the wrong place', () => {
  it.each(['/api/api/armature/v1', '/api/armature/api/armature/v1', '/x/api/armature/v1'])(
    'is told with the path that was tried and the nearest one that answers: %s',
    async (path) => {
      const error = await failureOf(lookAt(() => false, path));
      expect(error).toBeInstanceOf(UsageError);
      const base = front?.baseUrl ?? '';
      expect(error).toMatchObject({
        message: expect.stringContaining(`is at ${new URL(base).origin}${path}: GET /org got 404`) as string,
        hint: `It answers at ${base}: give --base-url ${base}.`,
      });
      const elsewhere = front?.seen.filter(({ path: asked }) => !asked.startsWith(path)) ?? [];
      expect(elsewhere.length).toBeGreaterThan(0);
      expect(elsewhere.length).toBeLessThanOrEqual(6);
      expect(new Set(elsewhere.map(({ method }) => method))).toEqual(new Set(['GET']));
    },
  );

  it('is told where the API answers below another path than the documented one', async () => {
    const error = await failureOf(
      lookAt((request, response) => {
        const actor = { apiKeyId: 'key_1', apiKeyName: 'k', userProfileId: null, role: 'owner', email: null };
        const who = { organization: { id: 'org_1', slug: 'a', name: 'A' }, actor };
        return request.url === '/org'
          ? json(200, who)(request, response)
          : json(404, { error: { code: 'not_found', message: 'no' } })(request, response);
      }),
    );
    expect(error).toMatchObject({
      exitCode: 2,
      hint: expect.stringMatching(
        /^It answers at http:\/\/127\.0\.0\.1:\d+, which does not end in/,
      ) as string,
    });
  });

  it('is told where nothing near it answers either', async () => {
    const error = await failureOf(lookAt(json(404, { error: { code: 'not_found', message: 'no' } })));
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toMatchObject({
      hint: expect.stringMatching(/^Nor is it at http.*check the base URL/) as string,
    });
  });

  it('is told where it redirects to another; no key goes there', async () => {
    const error = await failureOf(
      lookAt((request, response) => {
        response.writeHead(308, { location: `https://api.example.com${request.url ?? ''}` }).end();
        return true;
      }),
    );
    expect(error).toMatchObject({
      exitCode: 2,
      hint: 'It redirects to https://api.example.com/api/armature/v1: give --base-url https://api.example.com/api/armature/v1.',
    });
  });
});

/** What the look says of insights where they are answered otherwise. */
async function toldOfInsights(mischief: Mischief): Promise<readonly string[]> {
  const lines = await lookAt((request, response, number) =>
    request.url?.includes('/insights/overview') === true ? mischief(request, response, number) : false,
  );
  await front?.close();
  front = undefined;
  return lines.filter((line) => line.includes('insights'));
}

describe('what a target says of itself', () => {
  it('is one line each, at no length, and steers no terminal', async () => {
    const evil = 'viewer\u001b]0;owned\u0007\u202e\n::error title=Deployed::by the target'.padEnd(5_000, '!');
    const actor = { apiKeyId: 'key_1', apiKeyName: 'k', userProfileId: null, role: evil, email: null };
    const lines = await lookAt(json(200, { organization: { id: evil, slug: 'a', name: 'A' }, actor }));
    expect(lines.join(' ')).toMatch(/is reported as viewer\\u001b\]0;owned\\u0007\\u202e\\n::error/);
    for (const line of lines) {
      expect(line).not.toMatch(/[\p{Cc}\u202e]/u);
      expect(line.length).toBeLessThan(400);
    }
  });
});

describe('what is wrong with the API itself', () => {
  it.each([
    ['nothing but 200 {}', json(200, {})],
    ['nothing but 500, as a page', page(500)],
    ['nothing but its own 503', json(503, { error: { code: 'unavailable', message: 'later' } })],
    ['nothing but 401', json(401, { error: { code: 'unauthenticated', message: 'no' } })],
    ['nothing but its own 403', json(403, { error: { code: 'forbidden_role', message: 'no' } })],
  ])('is left to the cases: %s', async (_what, mischief) => {
    expect(await lookAt(mischief)).not.toEqual([]);
  });

  it('says of a feature only what the API said of it', async () => {
    expect(await toldOfInsights(json(403, { error: { code: 'feature_disabled', message: 'no' } }))).toEqual([
      'insights is disabled.',
    ]);
    const unknown = /^Whether insights is enabled is not known: GET \/insights\/overview got/;
    expect((await toldOfInsights(page(403))).join('\n')).toMatch(unknown);
    expect((await toldOfInsights(json(404, { error: { code: 'x', message: 'no' } }))).join('\n')).toMatch(
      unknown,
    );
  });
});
