import { asked, type Exchange } from '../exchange.ts';
import { bearerToken, keyOf, splitToken } from '../keys.ts';
import type { ApiKey } from '../model.ts';
import type { Hooks, Seeded } from '../hooks.ts';
import { defect, mainOwner } from './build.ts';
import { facts } from './facts.ts';

/** Serves a request that has no Authorization header, as an owner of the main organization. */
function openTo(fits: (x: Exchange) => boolean): Hooks {
  return {
    key: (x, found) => found ?? (x.headers.authorization === undefined && fits(x) ? mainOwner(x) : undefined),
  };
}

/** Finds a key by another comparison of the token. */
function matching(compare: (sent: string, x: Exchange, key: ApiKey, token: string) => boolean): Hooks {
  return {
    key: (x, found) => {
      const sent = bearerToken(x);
      if (found !== undefined || sent === undefined) return found;
      const { tokens, keys } = x.site.world;
      for (const token of Object.values(tokens)) {
        const key = keys.find((each) => each.publicPart === splitToken(token)?.publicPart);
        if (key !== undefined && !key.revoked && compare(sent, x, key, token)) return key;
      }
      return undefined;
    },
  };
}

function elsewhere(token: (x: Exchange) => string | undefined): Hooks {
  return {
    key: (x, found) => {
      const key = found ?? keyOf(x, token(x));
      return key?.revoked === true ? undefined : key;
    },
  };
}

function headerText(value: string | readonly string[] | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

const isOperation =
  (...names: readonly string[]) =>
  (x: Exchange): boolean =>
    names.includes(asked(x));

const noHeader = (where: string, ...names: readonly string[]): Seeded =>
  defect(`open-${where}`, facts.everyRequest, `${where} without a credential`, openTo(isOperation(...names)));

export const authenticationDefects: readonly Seeded[] = [
  noHeader('org', 'org'),
  noHeader('runs-list', 'listRuns'),
  noHeader('tool-calls', 'readToolCalls'),
  noHeader('evaluation', 'readEvaluation'),
  noHeader('search', 'readSearch'),
  noHeader('session-trace', 'readSessionTrace'),
  noHeader('sources-list', 'listSources'),
  noHeader('dispatch', 'dispatch'),
  noHeader('topic-update', 'updateTopic'),
  noHeader('archive', 'archiveWorkflow'),
  defect(
    'secret-not-compared',
    facts.unauthenticated,
    'any secret with a known key id',
    matching((sent, _x, key) => splitToken(sent)?.publicPart === key.publicPart),
  ),
  defect(
    'secret-compared-in-part',
    facts.unauthenticated,
    'a token cut off near its end',
    matching((sent, _x, _key, token) => sent.length > 30 && token.startsWith(sent)),
  ),
  defect(
    'secret-with-tail',
    facts.unauthenticated,
    'a token with more characters behind it',
    matching((sent, _x, _key, token) => sent.startsWith(token)),
  ),
  defect(
    'secret-any-case',
    facts.unauthenticated,
    'a token in other letter case',
    matching((sent, _x, _key, token) => sent.toLowerCase() === token.toLowerCase()),
  ),
  defect(
    'key-id-not-compared',
    facts.unauthenticated,
    'the secret of one key behind the id of another',
    matching((sent, _x, _key, token) => splitToken(sent)?.secret === splitToken(token)?.secret),
  ),
  defect(
    'prefix-not-compared',
    facts.unauthenticated,
    'a token without amt_',
    matching((sent, _x, _key, token) => sent === token.slice(4)),
  ),
  defect(
    'secret-writes-only',
    facts.unauthenticated,
    'any secret with a known key id, writes only',
    matching(
      (sent, x, key) => x.operation?.write === true && splitToken(sent)?.publicPart === key.publicPart,
    ),
  ),
  defect('secret-cached-by-id', facts.unauthenticated, 'a wrong secret after a good use of the same key', {
    key: (x, found) => {
      const id = splitToken(bearerToken(x) ?? '')?.publicPart ?? '';
      if (found !== undefined) x.site.memory.set(id, found);
      const known = x.site.memory.get(id);
      return found ?? x.site.world.keys.find((key) => key === known);
    },
  }),
  defect('second-attempt-served', facts.unauthenticated, 'the same wrong credential a second time', {
    key: (x, found) => {
      const sent = x.headers.authorization;
      if (found !== undefined || sent === undefined) return found;
      const before = x.site.memory.has(sent);
      x.site.memory.set(sent, true);
      return before ? x.site.world.keys.find((key) => !key.revoked) : undefined;
    },
  }),
  defect('connection-remembers', facts.everyRequest, 'a request without credential on a reused connection', {
    key: (x, found) => found ?? (x.headers.authorization === undefined ? x.connection.key : undefined),
  }),
  defect('connection-trusts', facts.unauthenticated, 'a wrong credential on a reused connection', {
    key: (x, found) => found ?? (x.headers.authorization !== undefined ? x.connection.key : undefined),
  }),
  defect(
    'any-scheme',
    facts.everyRequest,
    'Basic or Token in place of Bearer',
    elsewhere((x) => /^[A-Za-z]+ +(amt_\S+)$/.exec(x.headers.authorization ?? '')?.[1]),
  ),
  defect(
    'basic-scheme',
    facts.everyRequest,
    'Basic with the key as user or password',
    elsewhere(
      (x) =>
        /amt_[^:]+/.exec(
          Buffer.from((x.headers.authorization ?? '').replace(/^basic /i, ''), 'base64').toString(),
        )?.[0],
    ),
  ),
  defect(
    'no-scheme',
    facts.everyRequest,
    'the token without Bearer',
    elsewhere((x) => /^amt_\S+$/.exec(x.headers.authorization ?? '')?.[0]),
  ),
  defect(
    'key-in-query',
    facts.everyRequest,
    'the key as a query parameter',
    elsewhere((x) => [...x.query.values()].find((value) => value.startsWith('amt_'))),
  ),
  defect(
    'key-in-x-api-key',
    facts.everyRequest,
    'the key in X-Api-Key',
    elsewhere((x) => headerText(x.headers['x-api-key'])),
  ),
  defect(
    'key-in-cookie',
    facts.everyRequest,
    'the key in a cookie',
    elsewhere((x) => /amt_[^;\s]+/.exec(x.headers.cookie ?? '')?.[0]),
  ),
];
