import { asked, type Exchange } from '../exchange.ts';
import { bearerToken, keyOf } from '../keys.ts';
import type { Hooks, Seeded } from '../hooks.ts';
import { defect, failure, mainOwner, sentToken, succeeding } from './build.ts';
import { facts } from './facts.ts';

/** Serves the revoked key. */
function revokedServed(fits: (x: Exchange) => boolean): Hooks {
  return { key: (x, found) => found ?? (fits(x) ? keyOf(x, bearerToken(x)) : undefined) };
}

const isOperation =
  (...names: readonly string[]) =>
  (x: Exchange): boolean =>
    names.includes(asked(x));

export const revocationDefects: readonly Seeded[] = [
  defect(
    'revoked-reads',
    facts.revoked,
    'reads with the revoked key',
    revokedServed((x) => x.operation?.write === false),
  ),
  defect(
    'revoked-writes',
    facts.revoked,
    'writes with the revoked key',
    revokedServed((x) => x.operation?.write === true),
  ),
  defect('revoked-org', facts.revoked, 'GET /org with the revoked key', revokedServed(isOperation('org'))),
  defect(
    'revoked-insights',
    facts.revoked,
    'insights with the revoked key',
    revokedServed((x) => x.operation?.insights === true),
  ),
  defect(
    'revoked-run-parts',
    facts.revoked,
    'trace of a run with the revoked key',
    revokedServed(isOperation('readTrace')),
  ),
  defect('revoked-first-time', facts.revoked, 'the first request with the revoked key', {
    key: (x, found) => {
      const key = keyOf(x, bearerToken(x));
      if (key?.revoked !== true || x.site.memory.has(key.id)) return found;
      x.site.memory.set(key.id, true);
      return key;
    },
  }),
  defect('revoked-sometimes', facts.revoked, 'every fifth request with the revoked key', {
    key: (x, found) => {
      const key = keyOf(x, bearerToken(x));
      if (key?.revoked !== true) return found;
      const count = Number(x.site.memory.get('count') ?? 0) + 1;
      x.site.memory.set('count', count);
      return count % 5 === 0 ? key : undefined;
    },
  }),
  defect('missing-is-403', facts.unauthenticated, 'no credential', {
    reply: (x, reply) =>
      reply.status === 401 && x.headers.authorization === undefined ? { ...reply, status: 403 } : reply,
  }),
  defect('malformed-is-400', facts.unauthenticated, 'a malformed credential', {
    reply: (x, reply) =>
      reply.status === 401 && x.headers.authorization !== undefined && !sentToken(x)
        ? { ...reply, status: 400 }
        : reply,
  }),
  defect('revoked-own-code', facts.revoked, 'the revoked key: code key_revoked', {
    reply: (x, reply) =>
      reply.status === 401 && keyOf(x, bearerToken(x))?.revoked
        ? failure(401, 'key_revoked', 'This key was revoked.')
        : reply,
  }),
  defect('unauthorized-code', facts.unauthenticated, 'writes: code unauthorized', {
    reply: (x, reply) =>
      reply.status === 401 && x.operation?.write ? failure(401, 'unauthorized', 'No.') : reply,
  }),
  defect('unknown-id-before-401', facts.authFirst, 'an unknown run without a credential is 404', {
    early: (x) =>
      asked(x).startsWith('readRun') && !x.site.world.runs.has(x.id)
        ? failure(404, x.site.dialect.missingCode, 'No such run.')
        : undefined,
  }),
  defect('malformed-json-before-401', facts.authFirst, 'malformed JSON with a bad credential is 400', {
    reply: (x, reply) => {
      if (reply.status !== 401 || x.operation?.body !== true) return reply;
      try {
        JSON.parse(x.raw.toString());
        return reply;
      } catch {
        return failure(400, x.site.dialect.invalidCode, 'The body is not JSON.');
      }
    },
  }),
  defect('invalid-query-before-401', facts.authFirst, 'an unknown range with a bad credential is 400', {
    reply: (x, reply) =>
      reply.status === 401 &&
      x.query.has('range') &&
      !['24h', '7d', '30d', '90d'].includes(x.query.get('range') ?? '')
        ? failure(400, 'bad_range', 'Unknown range.')
        : reply,
  }),
  defect('document-needs-key', facts.documentOpen, 'GET /openapi without a key', {
    early: (x) =>
      asked(x) === 'openapi' && x.headers.authorization === undefined
        ? failure(401, 'unauthenticated', 'A key, please.')
        : undefined,
  }),
  defect('document-refuses-bad-key', facts.documentOpen, 'GET /openapi with the revoked or a wrong key', {
    early: (x) => {
      if (asked(x) !== 'openapi' || x.headers.authorization === undefined) return undefined;
      const key = keyOf(x, bearerToken(x));
      return key === undefined || key.revoked
        ? failure(401, 'unauthenticated', 'A valid key, please.')
        : undefined;
    },
  }),
  defect('document-refuses-viewer', facts.documentOpen, "GET /openapi with a viewer's key", {
    early: (x) =>
      asked(x) === 'openapi' && keyOf(x, bearerToken(x))?.role === 'viewer'
        ? failure(403, 'forbidden_role', 'No.')
        : undefined,
  }),
  defect('good-key-refused-sometimes', facts.reads, 'every 11th read with a good key is 401', {
    key: (x, found) => (x.seq % 11 === 0 && x.operation?.write === false ? undefined : found),
  }),
  defect('admin-key-unknown-in-insights', facts.featureRow, 'admin on GET /insights/sessions is 401', {
    key: (x, found) => (found?.role === 'admin' && asked(x) === 'listSessions' ? undefined : found),
  }),
  defect(
    'session-cookie-works',
    facts.everyRequest,
    'a cookie set by an earlier answer stands in for the key',
    {
      key: (x, found) =>
        found ??
        (x.headers.authorization === undefined && /armature_sid=on/.test(x.headers.cookie ?? '')
          ? mainOwner(x)
          : undefined),
      ...succeeding('org', (reply) => ({ ...reply, headers: { 'Set-Cookie': 'armature_sid=on; Path=/' } })),
    },
  ),
];
