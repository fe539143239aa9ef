import type { Call, Reply } from '../call.ts';
import { anyToken, bearerOf } from '../checks/credential.ts';
import { partsOf } from '../data/keys.ts';
import { isObject, recordIn, rowsIn, type JsonObject } from '../json.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function errorOf(made: Reply): JsonObject {
  const error = isObject(made.body) ? made.body['error'] : undefined;
  return isObject(error) ? error : {};
}

function echo(id: string, where: string, put: (made: Reply, token: string, call: Call) => void): Seed {
  return plant(id, facts.echo, where, {
    reply: (call, made) => {
      const token = bearerOf(call) ?? anyToken(call);
      if (token !== undefined) put(made, token, call);
    },
  });
}

const secret = (token: string): string => partsOf(token)?.secret ?? token;

/** Defects that show a key's secret. */
export const secretSeeds: readonly Seed[] = [
  echo('echo-401-message', '401: the key in the message', (made, token) => {
    if (made.status === 401) errorOf(made)['message'] = `The key ${token} is not valid.`;
  }),
  echo('echo-400-details', '400: the request headers in the details', (made, token) => {
    if (made.status === 400)
      errorOf(made)['details'] = { request: { headers: { authorization: `Bearer ${token}` } } };
  }),
  echo('echo-403-details', '403: the secret alone in the details', (made, token) => {
    if (made.status === 403) errorOf(made)['details'] = { subject: secret(token) };
  }),
  echo('echo-404-message', '404: the key, percent-encoded in an address', (made, token) => {
    if (made.status === 404)
      errorOf(made)['message'] = `GET /x?key=${encodeURIComponent(`Bearer ${token}`)} found nothing.`;
  }),
  echo('echo-header', 'a header of every answer', (made, token) => {
    made.headers['X-Request-Key'] = token;
  }),
  echo('echo-header-write', 'a Link header of 201 and 202', (made, token) => {
    if (made.status === 201 || made.status === 202)
      made.headers['Link'] = `</runs?token=${secret(token)}>; rel="next"`;
  }),
  echo('echo-header-base64', 'a header with the credential in base64', (made, token) => {
    made.headers['X-Debug-Context'] = Buffer.from(JSON.stringify({ auth: token })).toString('base64');
  }),
  echo('echo-cookie', 'a Set-Cookie of GET /org', (made, token, call) => {
    if (on(call, 'org.get')) made.headers['Set-Cookie'] = `key=${token}; HttpOnly`;
  }),
  echo('echo-challenge', 'the challenge of a 401', (made, token) => {
    if (made.status === 401)
      made.headers['WWW-Authenticate'] = `Bearer error="invalid_token", error_description="${secret(token)}"`;
  }),
  echo('echo-org', 'GET /org: `apiKeyName`', (made, token, call) => {
    const actor = isObject(made.body) ? made.body['actor'] : undefined;
    if (on(call, 'org.get') && isObject(actor)) actor['apiKeyName'] = `Key ${token}`;
  }),
  echo('echo-org-member', 'GET /org: an undocumented member of the owner', (made, token, call) => {
    const actor = isObject(made.body) ? made.body['actor'] : undefined;
    if (on(call, 'org.get') && isObject(actor) && call.actor.role === 'owner')
      actor['_token'] = { value: secret(token) };
  }),
  echo('echo-source', 'POST /mcp-servers: in `connection_config` of the answer', (made, token, call) => {
    if (made.status === 201 && on(call, 'sources.create'))
      recordIn(made.body)['connection_config'] = { headers: { Authorization: token } };
  }),
  echo('echo-trace', 'GET /runs/{id}/trace: the trace is not redacted', (made, token, call) => {
    const spans = isObject(made.body) ? made.body['spans'] : undefined;
    if (!on(call, 'runs.trace') || !Array.isArray(spans)) return;
    for (const span of spans) if (isObject(span)) span['attributes'] = { authorization: `Bearer ${token}` };
  }),
  echo('echo-dispatch', 'dispatch: `requestedBy` in the answer', (made, token, call) => {
    if (made.status === 202 && on(call, 'workflows.dispatch') && isObject(made.body))
      made.body['requestedBy'] = token;
  }),
  echo('echo-second-page', 'GET /runs: in the address of the next page', (made, token, call) => {
    if (made.status === 200 && on(call, 'runs.list') && isObject(made.body) && call.query.has('page')) {
      made.body['next'] = `/runs?page=3&key=${token}`;
    }
  }),
  echo('echo-openapi', 'GET /openapi with a key: an example in the document', (made, token, call) => {
    if (on(call, 'openapi') && isObject(made.body))
      made.body['x-example'] = `curl -H 'Authorization: Bearer ${token}'`;
  }),
  echo('echo-sessions', 'GET /insights/sessions: in the last row', (made, token, call) => {
    const last = rowsIn(made.body).at(-1);
    if (made.status === 200 && on(call, 'sessions.list') && last) last['_auth'] = secret(token);
  }),
  plant('echo-other-key', facts.echo, "GET /org: the owner's key is shown to the viewer", {
    reply: (call, made) => {
      if (made.status === 200 && on(call, 'org.get') && call.actor.role === 'viewer' && isObject(made.body)) {
        made.body['keys'] = [{ name: 'Owner key', value: call.world.tokens.owner }];
      }
    },
  }),
];
