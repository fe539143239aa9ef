/** Which target, and how requests are sent to it. */
import { defaultListLagMs } from '../../execute/steady-compare.ts';
import { defaultMaxWaitMs } from '../../execute/rate-limit.ts';
import { defaultStartTimeoutMs } from '../../start/with-started.ts';
import { mcpKinds } from '../../mcp/kinds.ts';
import { text, list, flag, httpUrl, integer, longestTimer, oneOf, type OptionFacts } from './option.ts';

export const targetOptions = {
  target: {
    flags: '--target <name>',
    env: 'ARMATURE_TARGET',
    about: 'a target of the configuration, or mock: the embedded one, which is started for the run',
    parse: text,
  },
  baseUrl: {
    flags: '--base-url <url>',
    env: 'ARMATURE_BASE_URL',
    about: 'the target; with or without the path of the API',
    otherwise: 'the one of --target',
    parse: text,
  },
  start: {
    flags: '--start <command>',
    about:
      'a shell command that serves the target, such as "node mock.mjs": started for the run and ended with it',
    parse: text,
  },
  waitFor: {
    flags: '--wait-for <url>',
    about: 'the run begins when this URL answers, whatever the status',
    otherwise: 'the base URL, where --start is given',
    parse: httpUrl,
  },
  startTimeout: {
    flags: '--start-timeout <ms>',
    about: 'how long --start may take until then, in milliseconds',
    otherwise: String(defaultStartTimeoutMs),
    parse: integer(1, longestTimer),
  },
  serverUrl: {
    flags: '--base-url <url>',
    about: 'where the API stands, for the document',
    otherwise: 'the base path alone',
    parse: text,
  },
  keys: {
    flags: '--keys <file>',
    about: 'a YAML or JSON file with the keys; a value may be ${ENV_NAME}',
    otherwise: 'the ARMATURE_KEY_… variables',
    parse: text,
  },
  config: {
    flags: '--config <file>',
    env: 'ARMATURE_CONFIG',
    about: 'the configuration, which names targets',
    otherwise: 'conformance.config.yaml, where --target is given',
    parse: text,
  },
  printConfig: {
    flags: '--print-config',
    about: 'print what holds and where it comes from, keys masked, and send nothing',
    parse: flag,
  },
  dotenv: {
    flags: '--dotenv <file...>',
    about:
      'a file of environment variables; what is set already stays, and of two files the later wins (--env-file is an option of Node, which ends there)',
    parse: list,
  },
  timeout: {
    flags: '--timeout <ms>',
    env: 'ARMATURE_TIMEOUT',
    about: 'how long an answer may take, in milliseconds',
    otherwise: '10000',
    parse: integer(1, longestTimer),
  },
  concurrency: {
    flags: '--concurrency <number>',
    env: 'ARMATURE_CONCURRENCY',
    about: 'the most requests at the same moment',
    otherwise: '16',
    parse: integer(1, 1024),
  },
  rate: {
    flags: '--rate <number>',
    env: 'ARMATURE_RATE',
    about: 'the most requests in any second',
    otherwise: 'no limit',
    parse: integer(1, 100_000),
  },
  maxWait: {
    flags: '--max-wait <ms>',
    env: 'ARMATURE_MAX_WAIT',
    about: 'how long the run waits in all because the target asks for it (429, 503 with Retry-After)',
    otherwise: String(defaultMaxWaitMs),
    parse: integer(0, longestTimer),
  },
  listLag: {
    flags: '--list-lag <ms>',
    env: 'ARMATURE_LIST_LAG',
    about: 'how long a list may take to show what was written before that is a violation',
    otherwise: String(defaultListLagMs),
    parse: integer(0, longestTimer),
  },
  mcp: {
    flags: '--mcp <kind>',
    env: 'ARMATURE_MCP',
    about:
      'what the target speaks over MCP: auto (look for it beside the API), none, generation-1 (it is said to be there: lacking it is a violation) or generation-2',
    otherwise: 'auto',
    parse: oneOf(mcpKinds),
  },
  mcpUrl: {
    flags: '--mcp-url <url>',
    env: 'ARMATURE_MCP_URL',
    about: 'where the MCP endpoint is; the keys are sent there',
    otherwise: '/api/mcp beside the API, on the same origin',
    parse: httpUrl,
  },
  header: {
    flags: '--header <line...>',
    about: '`Name: value`: a header that every request bears',
    parse: list,
  },
  ca: {
    flags: '--ca <file>',
    env: 'ARMATURE_CA',
    about: 'certificates of authorities to trust beside the usual ones, PEM',
    parse: text,
  },
  clientCert: {
    flags: '--client-cert <file>',
    env: 'ARMATURE_CLIENT_CERT',
    about: 'a certificate to show to the target, PEM',
    parse: text,
  },
  clientKey: {
    flags: '--client-key <file>',
    env: 'ARMATURE_CLIENT_KEY',
    about: 'the key of that certificate, PEM',
    parse: text,
  },
} as const satisfies Record<string, OptionFacts>;
