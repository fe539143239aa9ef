import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, vi } from 'vitest';
import { keysOf, withMock } from '../comparison/two-mocks.ts';
import { command } from '../cli/in-process.ts';
import { blocksOf, commandLines, type CommandLine } from './command-lines.ts';

// A page is run from its first line to its last, on a machine that may be busy.
vi.setConfig({ testTimeout: 180_000 });

const program = fileURLToPath(new URL('../../bin/armature-conformance.js', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));

/** Pages that are run, but not here: each with where. */
const pagesElsewhere: Readonly<Record<string, string>> = {
  'docs/vendors.md':
    'scripts/try-guide.js runs it from an empty folder, with the files that it has the reader write',
};

const pages = [
  'README.md',
  ...(await readdir(join(root, 'docs')))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`)
    .filter((page) => pagesElsewhere[page] === undefined),
];
const texts = new Map(
  await Promise.all(pages.map(async (page) => [page, await readFile(join(root, page), 'utf8')] as const)),
);
const lines = [...texts].flatMap(([page, text]) => commandLines(page, text));

/** Lines that are run, but not here: each with where. */
const elsewhere: Readonly<Record<string, string>> = {
  'npm ci && npm run conformance': '.ci/run does it in a fresh clone',
  'npm ci && npm test': '.ci/run does it in a fresh clone; within the tests it would never end',
  'npm run check': '.ci/run does it',
  'npx armature-conformance init --from-openapi openapi.yaml --out my-api --roles viewer,editor':
    'test/init/init.test.ts does it with documents of its own',
  'npx armature-conformance lint --matrix my-api/matrix.yaml --specs my-api/specs':
    'test/init/init.test.ts does it with what init wrote',
  'npx armature-conformance run --matrix my-api/matrix.yaml --specs my-api/specs --base-url https://staging.example.com':
    'test/init/real-documents.slow.test.ts does it against servers made from the documents',
  'npm run docs': 'test/docs/excerpt.test.ts does it with --check, so that no test writes to the tree',
  'npx armature-conformance selftest': '.ci/run does it, for it takes minutes',
  'npx armature-conformance selftest --dialect plain': 'test/selftest/dialects.test.ts runs every dialect',
  'npx armature-conformance selftest --dialects 200 --colleague':
    '.ci/run does a part of it, for it takes hours',
};

/** Addresses of nobody stand for a mock on this machine. */
const addresses = /https:\/\/(?:your-org|staging)\.example\.com/g;

/** What is added to commands that would send the whole plan: how much is sent is no matter of the page. */
const fewCases = " --filter 'org/**'";
const smaller: readonly (readonly [command: RegExp, added: string])[] = [
  [/armature-conformance run(?!.*--(?:filter|profile smoke|dry-run|last-failed))/, fewCases],
  [/armature-conformance diff(?=.*--against)(?!.*--filter)/, fewCases],
  [/armature-conformance fingerprint(?=.*--base-url)(?!.*--profile)/, ' --profile smoke'],
];

/** A line that stands for several is run as all of them. */
const repeated: readonly (readonly [line: RegExp, loop: string])[] = [
  [/^(npx .*--shard )1(\/4 .*shards\/)1$/, 'for part in 1 2 3 4; do $1$part$2$part || exit; done'],
];

/** Commands that neither read nor write files of the user: they need no process of their own. */
const plain = /^npx armature-conformance (?:explain|list|lint|matrix|mock --help)\b[^|&;<>$]*$/;

function runnable(line: CommandLine, baseUrl: string): string {
  const text = line.text.replaceAll(addresses, baseUrl);
  const all = repeated.reduce((one, [pattern, loop]) => one.replace(pattern, loop), text);
  return smaller.reduce((cut, [pattern, added]) => cut.replace(pattern, (hit) => `${hit}${added}`), all);
}

/** Runs a line in a shell in which `npx armature-conformance` is the program of this tree. */
function inShell(
  text: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exitCode: number; readonly told: string }> {
  const npx = `npx() { [ "$1" = armature-conformance ] || return 127; shift; '${process.execPath}' '${program}' "$@"; }`;
  const child = spawn('bash', ['-c', `${npx}\n${text}`], {
    cwd,
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let told = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part: string) => {
      told += part;
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? -1, told }));
  });
}

/** The words of a line without anything that only a shell can do. */
function wordsOf(text: string): readonly string[] {
  return [...text.matchAll(/'([^']*)'|"([^"]*)"|(\S+)/g)].map(
    ([, one, two, three]) => one ?? two ?? three ?? '',
  );
}

/** `export A=… B=…` tells what the lines behind it need: each must be given. */
function missingExports(text: string, env: Readonly<Record<string, string>>): readonly string[] {
  const names = [...text.matchAll(/([A-Z][A-Z0-9_]*)=…/g)].map(([, name = '']) => name);
  return names.length === 0 ? [text] : names.filter((name) => env[name] === undefined);
}

interface Scene {
  readonly baseUrl: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
}

/** How a line ended, and what it told. */
async function runLine(
  line: CommandLine,
  { baseUrl, cwd, env }: Scene,
): Promise<{ readonly exitCode: number; readonly told: string }> {
  if (line.text.startsWith('export ')) {
    const missing = missingExports(line.text, env);
    return { exitCode: missing.length === 0 ? 0 : 1, told: `not given: ${missing.join(', ')}` };
  }
  const text = runnable(line, baseUrl);
  if (!plain.test(text)) return inShell(text, cwd, env);
  const { exitCode, stderr } = await command(wordsOf(text).slice(2), env);
  return { exitCode, told: stderr };
}

/** Runs the lines of a page in order, in a folder of their own; gives those that ended otherwise than stated. */
async function runPage(page: string): Promise<readonly string[]> {
  const cwd = await mkdtemp(join(tmpdir(), 'docs-'));
  try {
    return await withMock({}, async (mock) => {
      const staging = Object.entries(mock.keys).map(([id, key]) => [`STAGING_${id.toUpperCase()}_KEY`, key]);
      const env = {
        ...keysOf(mock, 'ARMATURE_'),
        ...keysOf(mock, 'ARMATURE_AGAINST_'),
        ...Object.fromEntries(staging),
      };
      const baseUrl = new URL(mock.baseUrl).origin;
      await writeConfig(page, cwd, baseUrl);
      const wrong: string[] = [];
      for (const line of lines) {
        if (line.page !== page || elsewhere[line.text] !== undefined) continue;
        const { exitCode, told } = await runLine(line, { baseUrl, cwd, env });
        if (exitCode === line.exitCode) continue;
        wrong.push(`${page}:${line.number}: exit ${exitCode}, not ${line.exitCode}: ${line.text}\n${told}`);
      }
      return wrong;
    });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** The configuration that a page shows is the one that its lines find; else that of the README. */
async function writeConfig(page: string, cwd: string, baseUrl: string): Promise<void> {
  const config = [page, 'README.md']
    .flatMap((one) => blocksOf(texts.get(one) ?? '', 'yaml'))
    .find((text) => text.startsWith('targets:'));
  if (config === undefined) return;
  const shown = config.replaceAll(addresses, baseUrl);
  // A pace for somebody's staging is none for a test.
  await writeFile(join(cwd, 'conformance.config.yaml'), shown.replace(/rate: \d+/, 'rate: 1000'));
}

describe('the command lines of the documentation', () => {
  const withLines = pages.filter((page) => lines.some((line) => line.page === page));

  it.each(withLines)('%s: each ends with the exit code that the page states', async (page) => {
    expect(await runPage(page)).toEqual([]);
  });

  it('are run elsewhere only where that is said of a line that is there', () => {
    const there = new Set(lines.map(({ text }) => text));
    expect(Object.keys(elsewhere).filter((text) => !there.has(text))).toEqual([]);
  });

  it('leave none out: every line is found', () => {
    const fences = [...texts.values()].flatMap((text) => text.match(/^```sh/gm) ?? []);
    expect(fences.length).toBeGreaterThan(20);
    expect(lines.length).toBeGreaterThanOrEqual(fences.length);
  });
});

describe('commandLines', () => {
  it('takes comments, stated exit codes and lines that go on', () => {
    const text = [
      '```sh',
      'one --a \\',
      '  --b   # a word; exits 1',
      '# nothing',
      "two '#3'",
      '```',
      '```yaml',
      'no: command',
      '```',
      '```sh exit=3',
      'three',
      '```',
    ].join('\n');
    expect(commandLines('p.md', text).map((one) => [one.number, one.text, one.exitCode])).toEqual([
      [2, 'one --a   --b', 1],
      [5, "two '#3'", 0],
      [11, 'three', 3],
    ]);
  });
});
