/** A document, its server and a run within the test's own process: what `init` makes of it, and what a run then says. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { executePlan } from '../../src/execute/execute-plan.ts';
import { finishRun } from '../../src/execute/finish.ts';
import { Run } from '../../src/execute/run.ts';
import { outlineOf } from '../../src/plan/outline.ts';
import { promiseOf } from '../../src/plan/promise.ts';
import { everything } from '../../src/plan/select.ts';
import type { Profile } from '../../src/plan/types.ts';
import type { Results } from '../../src/results/types.ts';
import { planRun } from '../../src/run/preview.ts';
import { toResults } from '../../src/run/to-results.ts';
import { command, type Told } from '../cli/in-process.ts';
import { decided } from './decided.ts';

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface Answered {
  readonly status: number;
  /** A text is sent as it stands, anything else as JSON; undefined for no body. */
  readonly body?: unknown;
  /** Of a text; JSON is application/json. */
  readonly type?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Served {
  readonly baseUrl: string;
  /** Each request, in the order of their coming. */
  readonly asked: readonly Asked[];
}

/** A server for the time of the test, on a free port of the loopback interface. */
export async function serve(answer: (asked: Asked) => Answered): Promise<Served> {
  const asked: Asked[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const [path = '/', query = ''] = (request.url ?? '/').split('?', 2);
      const body = Buffer.concat(chunks).toString('utf8');
      const one = { method: request.method ?? '', path, query, headers: request.headers, body };
      asked.push(one);
      const { status, body: sent, type = 'application/json', headers = {} } = answer(one);
      response.writeHead(status, { ...(sent === undefined ? {} : { 'content-type': type }), ...headers });
      response.end(sent === undefined ? undefined : typeof sent === 'string' ? sent : JSON.stringify(sent));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

export interface Made extends Told {
  /** The folder of matrix.yaml and specs/. */
  readonly folder: string;
  /** The text of the matrix; empty where none was written. */
  readonly matrix: string;
}

/** What `init` makes of a document in several files, the first of which it is told. */
export async function initOf(
  files: Readonly<Record<string, string>>,
  ...flags: readonly string[]
): Promise<Made> {
  const folder = await mkdtemp(join(tmpdir(), 'document-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), text);
  }
  const source = join(folder, Object.keys(files)[0] ?? '');
  const told = await command(['init', '--from-openapi', source, '--out', folder, ...rolesOf(flags)]);
  const matrix = await readFile(join(folder, 'matrix.yaml'), 'utf8').catch(() => '');
  return { ...told, folder, matrix };
}

function rolesOf(flags: readonly string[]): readonly string[] {
  return flags.includes('--roles') ? flags : ['--roles', 'viewer,admin', ...flags];
}

/** A lint of what was made. */
export function lintOf({ folder }: Made): Promise<Told> {
  return command(['lint', '--matrix', join(folder, 'matrix.yaml'), '--specs', join(folder, 'specs')]);
}

/** The key that each role has in these tests. */
export const keyOf = (role: string): string => `${role}key-0123456789`;

export interface RunOfDocument {
  readonly made: Made;
  readonly baseUrl: string;
  readonly decide?: (role: string, method: string) => 'allowed' | 'denied';
  readonly profile?: Profile;
}

/** A run of what was made, each decision taken: every role may do everything where nothing else is said. */
export async function runOf(options: RunOfDocument): Promise<Results> {
  const { made, baseUrl, decide = () => 'allowed', profile = 'full' } = options;
  const matrix = join(made.folder, 'decided.yaml');
  await writeFile(matrix, decided(made.matrix, decide));
  const contract = await loadContract({ matrix, specs: join(made.folder, 'specs') });
  const keys = Object.fromEntries(contract.roles.map((role) => [role, keyOf(role)]));
  const { cases, selected, skipped } = planRun({ contract, selection: everything, profile, seed: 1, keys });
  const config = {
    runId: 'feedbeef',
    baseUrl: `${baseUrl}${contract.api.basePath}`,
    keys,
    profile,
    seed: 1,
    timeoutMs: 5_000,
    concurrency: 8,
    userAgent: 'test',
  };
  const run = new Run(contract, config, promiseOf(contract, selected));
  try {
    const { results, faults } = await executePlan(run, selected);
    return toResults({
      contract,
      config,
      strict: false,
      allowInconclusive: false,
      interrupted: false,
      plan: outlineOf(cases, skipped),
      collected: {
        results: new Map(results.map((one) => [one.id, one])),
        faults: [...faults],
        footer: await finishRun(run),
      },
      started: new Date(),
      knownFailures: [],
    });
  } finally {
    await run.close();
  }
}

/** How the cases of an operation ended, of one family: `passed`, `failed+passed`, `none`. */
export function endsOf({ cases }: Results, operation: string, family = 'access'): string {
  const ends = cases
    .filter((one) => one.operation === operation && one.family === family)
    .map(({ status }) => status);
  return [...new Set(ends)].toSorted().join('+') || 'none';
}

/** What the findings of an operation say and expected. */
export function wordsOf({ cases }: Results, operation: string): readonly string[] {
  return cases
    .filter((one) => one.operation === operation)
    .flatMap(({ findings }) => findings)
    .map(({ message, expected }) => `${message} ${expected ?? ''}`);
}

/** The key that a request shows in the usual header; undefined for none. */
export function bearerOf({ headers }: Asked): string | undefined {
  return /^Bearer (\S+)$/.exec(headers.authorization ?? '')?.[1];
}
