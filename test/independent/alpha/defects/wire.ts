import { asked, type Exchange, type Reply } from '../exchange.ts';
import type { Seeded } from '../hooks.ts';
import { defect, succeeding } from './build.ts';
import { facts } from './facts.ts';

const bytes = (
  id: string,
  where: string,
  fits: (x: Exchange, reply: Reply) => boolean,
  change: (text: string) => string,
): Seeded =>
  defect(id, facts.json, where, {
    bytes: (x, found, reply) => (fits(x, reply) ? Buffer.from(change(found.toString())) : found),
  });

const is =
  (...names: readonly string[]) =>
  (x: Exchange): boolean =>
    names.includes(asked(x));

const text = (
  id: string,
  fact: string,
  where: string,
  fits: (x: Exchange) => boolean,
  change: (text: string) => string,
): Seeded =>
  defect(id, fact, where, {
    bytes: (x, found, reply) =>
      reply.status < 300 && fits(x) ? Buffer.from(change(found.toString())) : found,
  });

const beyondAscii = (input: string): string =>
  Array.from(input)
    .map((letter) => (letter > '~' ? '?' : letter))
    .join('');

const everyName = /"name":"((?:[^"\\]|\\.)*)"/g;

export const wireDefects: readonly Seeded[] = [
  bytes('bom', 'GET /mcp-servers: a byte order mark', is('listSources'), (found) => `\uFEFF${found}`),
  bytes('xssi-prefix', "GET /workflows: )]}' in front", is('listWorkflows'), (found) => `)]}',\n${found}`),
  bytes('nan', 'GET /runs/{id}: NaN', is('readRun'), (found) =>
    found.replace(/"cost":[0-9.]+/, '"cost":NaN'),
  ),
  bytes('nan-overview', 'GET /insights/overview: Infinity', is('overview'), (found) =>
    found.replace(/"failedSearches":\d+/, '"failedSearches":Infinity'),
  ),
  bytes('truncated', 'GET /runs: the last bytes are missing', is('listRuns'), (found) => found.slice(0, -3)),
  bytes(
    'truncated-long',
    'every body above 4 kB is cut',
    () => true,
    (found) => found.slice(0, 4096),
  ),
  bytes('trailing-comma', 'GET /insights/sessions: a comma before the end', is('listSessions'), (found) =>
    found.replace(/\]\}$/, ',]}'),
  ),
  bytes(
    'single-quotes',
    '404: single quotes',
    (_x, reply) => reply.status === 404,
    (found) => found.replaceAll('"', "'"),
  ),
  bytes('twice', 'GET /org: the body twice', is('org'), (found) => found + found),
  bytes(
    'undefined-member',
    'trace and evaluation: a member that is undefined',
    is('readEvaluation', 'readTrace'),
    (found) => found.replace(/^\{/, '{"raw":undefined,'),
  ),
  bytes('raw-control', 'GET /insights/topics: a raw tab within a text', is('listTopics'), (found) =>
    found.replace(/("(?:label|title)":")/, '$1\t'),
  ),
  defect('latin1', facts.json, 'GET /mcp-servers: ISO 8859-1 in place of UTF-8', {
    bytes: (x, found) =>
      asked(x) === 'listSources'
        ? Buffer.from(found.toString().replace(/[\u0100-\uffff]/g, '?'), 'latin1')
        : found,
  }),
  defect('utf16', facts.json, 'GET /openapi: UTF-16', {
    bytes: (x, found) => (asked(x) === 'openapi' ? Buffer.from(found.toString(), 'utf16le') : found),
  }),
  defect('broken-utf8', facts.json, 'GET /insights/sessions: a text cut in the middle of a character', {
    bytes: (x, found) =>
      asked(x) === 'listSessions'
        ? Buffer.from(
            found
              .toString('latin1')
              .replace(/[\u00c2-\u00f4][\u0080-\u00bf]+/, (letter) => letter.slice(0, 1)),
            'latin1',
          )
        : found,
  }),
  defect(
    'empty-200',
    facts.json,
    'GET /insights/searches/{id}: 200 without a body',
    succeeding('readSearch', () => ({ status: 200 })),
  ),
  text(
    'text-ascii-sources',
    facts.sourceCreated,
    'GET /mcp-servers and by id: non-ASCII becomes ?',
    is('listSources', 'readSource', 'createSource'),
    beyondAscii,
  ),
  text(
    'text-ascii-workflow',
    facts.workflowRecord,
    'workflows: non-ASCII becomes ?',
    (x) => x.path.startsWith('/workflows'),
    beyondAscii,
  ),
  text(
    'text-html-escaped',
    facts.sourceCreated,
    'sources: names HTML-escaped',
    (x) => x.path.startsWith('/mcp-servers'),
    (found) =>
      found.replace(everyName, (whole: string) =>
        whole.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
      ),
  ),
  text(
    'text-html-escaped-workflows',
    facts.workflowRecord,
    'workflows: names HTML-escaped',
    (x) => x.path.startsWith('/workflows'),
    (found) =>
      found.replace(everyName, (whole: string) => whole.replaceAll('&', '&amp;').replaceAll('<', '&lt;')),
  ),
  text(
    'text-cut-workflows',
    facts.workflowRecord,
    'workflows: names cut at 24 characters',
    (x) => x.path.startsWith('/workflows'),
    (found) =>
      found.replace(everyName, (whole: string, name: string) =>
        name.length > 24 && !name.includes('\\') ? `"name":"${name.slice(0, 24)}"` : whole,
      ),
  ),
];
