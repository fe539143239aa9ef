import { asked, type Exchange, type Reply } from '../exchange.ts';
import { splitToken } from '../keys.ts';
import type { Seeded } from '../hooks.ts';
import { isObj } from '../model.ts';
import { defect, failure, sentToken } from './build.ts';
import { facts } from './facts.ts';

const secretOf = (x: Exchange): string => splitToken(sentToken(x))?.secret ?? '';

const echo = (id: string, where: string, change: (x: Exchange, reply: Reply) => Reply): Seeded =>
  defect(id, facts.secret, where, { reply: (x, reply) => (secretOf(x) === '' ? reply : change(x, reply)) });

function withHeader(reply: Reply, name: string, value: string): Reply {
  return { ...reply, headers: { ...reply.headers, [name]: value } };
}

function withMember(reply: Reply, name: string, value: unknown): Reply {
  return isObj(reply.body) ? { ...reply, body: { ...reply.body, [name]: value } } : reply;
}

export const secretDefects: readonly Seeded[] = [
  echo('secret-in-401', '401: the message names the credential', (x, reply) =>
    reply.status === 401 ? failure(401, 'unauthenticated', `The key ${sentToken(x)} is not valid.`) : reply,
  ),
  echo('secret-in-404', '404: details hold the request headers', (x, reply) =>
    reply.status === 404
      ? {
          status: 404,
          body: {
            error: {
              code: x.site.dialect.missingCode,
              message: 'No such resource.',
              details: { headers: { authorization: x.headers.authorization } },
            },
          },
        }
      : reply,
  ),
  echo('secret-in-403', '403: the message names the secret', (x, reply) =>
    reply.status === 403
      ? failure(
          403,
          x.key?.org.insights === false ? 'feature_disabled' : 'forbidden_role',
          `Refused for ${secretOf(x)}.`,
        )
      : reply,
  ),
  echo('secret-in-400', '400: the message names the key', (x, reply) =>
    reply.status === 400
      ? failure(400, x.site.dialect.invalidCode, `Bad request by ${sentToken(x)}.`)
      : reply,
  ),
  echo('secret-in-org', 'GET /org: apiKey', (x, reply) =>
    asked(x) === 'org' ? withMember(reply, 'apiKey', sentToken(x)) : reply,
  ),
  echo('secret-in-header', 'a response header', (x, reply) =>
    asked(x) === 'listWorkflows' ? withHeader(reply, 'X-Api-Key', sentToken(x)) : reply,
  ),
  echo('secret-in-cookie', 'Set-Cookie of GET /org', (x, reply) =>
    asked(x) === 'org'
      ? withHeader(reply, 'Set-Cookie', `token=${encodeURIComponent(sentToken(x))}; HttpOnly`)
      : reply,
  ),
  echo('secret-in-base64', 'GET /mcp-servers: the Authorization value in base64', (x, reply) =>
    asked(x) === 'listSources'
      ? withMember(reply, 'cacheKey', Buffer.from(sentToken(x)).toString('base64'))
      : reply,
  ),
  echo('secret-in-hex', 'GET /runs: the secret in hexadecimal digits', (x, reply) =>
    asked(x) === 'listRuns' ? withMember(reply, 'trace', Buffer.from(secretOf(x)).toString('hex')) : reply,
  ),
  echo('secret-in-etag', 'ETag of GET /insights/topics', (x, reply) =>
    asked(x) === 'listTopics' ? withHeader(reply, 'ETag', `"${secretOf(x)}"`) : reply,
  ),
  echo('secret-in-created', 'POST /workflows: createdWith', (x, reply) =>
    reply.status === 201 ? withMember(reply, 'createdWith', { key: sentToken(x) }) : reply,
  ),
  echo('secret-in-dispatch', 'POST /workflows/{id}/runs: env of the runner', (x, reply) =>
    reply.status === 202 ? withMember(reply, 'env', [`ARMATURE_API_KEY=${sentToken(x)}`]) : reply,
  ),
  echo('secret-in-method-error', 'the refusal of an undocumented method', (x, reply) =>
    x.operation === undefined && reply.status >= 400
      ? withMember(reply, 'request', `${x.method} ${x.path} ${x.headers.authorization ?? ''}`)
      : reply,
  ),
  echo('secret-in-escapes', 'GET /org: the secret with escaped characters', (x, reply) =>
    asked(x) === 'org' && reply.status === 200
      ? {
          status: 200,
          bytes: Buffer.from(
            `{"debug":"${Array.from(secretOf(x))
              .map((letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`)
              .join('')}",${JSON.stringify(reply.body).slice(1)}`,
          ),
        }
      : reply,
  ),
];
