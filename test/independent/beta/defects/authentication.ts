import { count, type Call } from '../call.ts';
import { anyToken, bearerOf, namedKey, rightToken } from '../checks/credential.ts';
import { featureOff, invalid, notFound, refusal } from '../checks/refusals.ts';
import { partsOf } from '../data/keys.ts';
import type { ApiKey } from '../model.ts';
import { facts } from './facts.ts';
import { on, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

function revoked(call: Call): ApiKey | undefined {
  const token = bearerOf(call);
  return token !== undefined && token === call.world.tokens.revoked ? namedKey(call, token) : undefined;
}

function viewer(call: Call): ApiKey | undefined {
  return call.world.keys.find(({ role }) => role === 'viewer');
}

function secretsOf(call: Call): { given: string; right: string; key: ApiKey } | undefined {
  const token = bearerOf(call);
  const given = token === undefined ? undefined : partsOf(token)?.secret;
  const right = partsOf(rightToken(call, token) ?? '')?.secret;
  const key = namedKey(call, token);
  if (given === undefined || right === undefined || key === undefined || key.revoked) return undefined;
  return { given, right, key };
}

function lax(id: string, where: string, same: (given: string, right: string) => boolean): Seed {
  return plant(id, facts.e401, where, {
    identify: (call, key) => {
      const secrets = key ? undefined : secretsOf(call);
      return secrets && same(secrets.given, secrets.right) ? secrets.key : key;
    },
  });
}

/** Defects of who is let in. */
export const authenticationSeeds: readonly Seed[] = [
  plant('revoked-org', facts.revoked, 'GET /org, revoked key', {
    identify: (call, key) => key ?? (on(call, 'org.get') ? revoked(call) : undefined),
  }),
  plant('revoked-writes', facts.revoked, 'all writes, revoked key', {
    identify: (call, key) => key ?? (call.operation.write ? revoked(call) : undefined),
  }),
  plant('revoked-run-parts', facts.revoked, 'run trace, evaluation, tool calls; revoked key', {
    identify: (call, key) =>
      key ?? (on(call, 'runs.trace', 'runs.evaluation', 'runs.toolCalls') ? revoked(call) : undefined),
  }),
  plant('revoked-second-attempt', facts.revoked, 'revoked key, every second use', {
    identify: (call, key) =>
      key ?? (revoked(call) && count(call.memory, 'revoked uses') % 2 === 0 ? revoked(call) : undefined),
  }),
  plant('revoked-warm-connection', facts.revoked, 'revoked key on a connection that a good key has used', {
    identify: (call, key) => {
      if (key) call.connection.set('warm', true);
      return key ?? (call.connection.has('warm') ? revoked(call) : undefined);
    },
  }),
  plant('revoked-feature-answer', facts.authFirst, 'insights, revoked key: 403 feature_disabled', {
    early: (call) => (call.operation.insights && revoked(call) ? featureOff(call) : undefined),
  }),
  plant('revoked-code', facts.e401, 'code `key_revoked` for a revoked key', {
    reply: (call, { status }) =>
      status === 401 && revoked(call)
        ? refusal(call, 401, 'key_revoked', 'This key has been revoked.')
        : undefined,
  }),
  plant('revoked-403', facts.e401, 'revoked key is 403 on writes', {
    reply: (call, made) => {
      if (made.status === 401 && call.operation.write && revoked(call)) made.status = 403;
    },
  }),
  lax(
    'secret-last-character',
    'the last character of the secret is not compared',
    (given, right) => given.slice(0, -1) === right.slice(0, -1) && given.length === right.length,
  ),
  lax(
    'secret-truncated',
    'a secret without its last characters is let in',
    (given, right) => given.length >= 8 && right.startsWith(given),
  ),
  lax(
    'secret-any-case',
    'the secret is compared without regard to case',
    (given, right) => given.toLowerCase() === right.toLowerCase(),
  ),
  lax('secret-longer', 'a secret with something appended is let in', (given, right) =>
    given.startsWith(right),
  ),
  plant('secret-unchecked-when-warm', facts.e401, 'any secret is let in once its key id has been verified', {
    identify: (call, key) => {
      if (key) call.memory.set(`warm ${key.keyId}`, true);
      const named = secretsOf(call)?.key;
      return key ?? (named && call.memory.has(`warm ${named.keyId}`) ? named : undefined);
    },
  }),
  plant('secret-swapped-keys', facts.e401, "a key id with another valid key's secret is let in", {
    identify: (call, key) => {
      const secrets = secretsOf(call);
      const all = Object.values(call.world.tokens).map((token) => partsOf(token)?.secret);
      return key ?? (secrets && all.includes(secrets.given) ? secrets.key : undefined);
    },
  }),
  plant('credential-bare', facts.bearer, 'a key without `Bearer` is let in', {
    identify: (call, key) =>
      key ??
      (/^amt_\S+$/.test(call.headers.authorization ?? '') &&
      anyToken(call) === rightToken(call) &&
      !namedKey(call)?.revoked
        ? namedKey(call)
        : undefined),
  }),
  plant('credential-any-scheme', facts.bearer, 'Token, Basic and so on with a good key are let in', {
    identify: (call, key) =>
      key ??
      (/^\w+ amt_\S+$/.test(call.headers.authorization ?? '') &&
      anyToken(call) === rightToken(call) &&
      !namedKey(call)?.revoked
        ? namedKey(call)
        : undefined),
  }),
  plant('missing-tool-calls', facts.bearer, 'GET /runs/{id}/tool-calls without a key', {
    identify: (call, key) =>
      key ??
      (on(call, 'runs.toolCalls') && call.headers.authorization === undefined ? viewer(call) : undefined),
  }),
  plant('missing-session-trace', facts.bearer, 'GET /insights/sessions/{id}/trace with any bad credential', {
    identify: (call, key) => key ?? (on(call, 'sessions.trace') ? viewer(call) : undefined),
  }),
  plant(
    'malformed-sources',
    facts.e401,
    'GET /mcp-servers with a malformed credential (a missing one is refused)',
    {
      identify: (call, key) =>
        key ??
        (on(call, 'sources.list') && call.headers.authorization !== undefined && !anyToken(call)
          ? viewer(call)
          : undefined),
    },
  ),
  plant('unknown-dispatch', facts.e401, 'POST /workflows/{id}/runs with an unknown key id', {
    identify: (call, key) => {
      const unknown = anyToken(call) !== undefined && !namedKey(call);
      return key ?? (on(call, 'workflows.dispatch') && unknown ? call.world.keys[1] : undefined);
    },
  }),
  plant(
    'let-in-each-seventh',
    facts.bearer,
    'every seventh request with a bad credential on a read is let in',
    {
      identify: (call, key) =>
        key ?? (!call.operation.write && count(call.memory, 'bad') % 7 === 0 ? viewer(call) : undefined),
    },
  ),
  plant('good-key-refused-at-times', facts.reads, 'every 29th request with a good key is 401', {
    identify: (call, key) => (key && count(call.memory, 'good') % 29 === 0 ? undefined : key),
  }),
  plant('lock-out', facts.reads, 'after three bad secrets in a row, the next good request is 401', {
    identify: (call, key) => {
      if (!key) count(call.memory, 'bad in a row');
      else {
        const locked = Number(call.memory.get('bad in a row') ?? 0) >= 3;
        call.memory.set('bad in a row', 0);
        if (locked) return undefined;
      }
      return key;
    },
  }),
  plant(
    'existence-before-credential',
    facts.authFirst,
    'unknown run, workflow or source with a bad credential is 404',
    {
      reply: (call, { status }) => {
        const unknown =
          call.id !== '' &&
          !call.world.orgs.some((org) =>
            [...org.runs, ...org.workflows, ...org.sources].some(({ id }) => id === call.id),
          );
        return status === 401 && unknown && !call.operation.insights ? notFound(call) : undefined;
      },
    },
  ),
  plant('body-before-credential', facts.authFirst, 'an invalid body with a bad credential is 400', {
    early: (call) =>
      call.operation.write && call.problems.length > 0 ? invalid(call, call.problems) : undefined,
  }),
  plant('parameters-before-credential', facts.authFirst, 'GET /runs?page=x with a bad credential is 400', {
    reply: (call, { status }) =>
      status === 401 && on(call, 'runs.list') && /[^0-9]/.test(call.query.get('page') ?? '')
        ? invalid(call, [{ path: 'page', kind: 'type' }])
        : undefined,
  }),
  plant('code-missing', facts.e401, 'code `unauthorized` where the header is missing', {
    reply: (call, { status }) =>
      status === 401 && call.headers.authorization === undefined
        ? refusal(call, 401, 'unauthorized', 'No credentials.')
        : undefined,
  }),
  plant('code-upper', facts.e401, 'code `UNAUTHENTICATED` on insights', {
    reply: (call, { status }) =>
      status === 401 && call.operation.insights
        ? refusal(call, 401, 'UNAUTHENTICATED', 'No credentials.')
        : undefined,
  }),
];
