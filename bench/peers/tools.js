/**
 * The peers: how each is made ready, called, and its outcome read. `prepare` is called once, with the document of a
 * target; `commands` gives what a run against a target calls; `read` gives the checks of a run as `{ count, failed }`,
 * `failed` being the names of those that did not hold. `configuration` says what each was given to be at its best.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';

const here = (name) => new URL(name, import.meta.url).pathname;
const json = async (file) => JSON.parse(await readFile(file, 'utf8'));

export const tools = [
  {
    name: 'dredd',
    configuration:
      'the key of the owner in a header; hooks take the header away where a 401 is expected, let a charset be in the content type, and skip the other refusals, which it has no requests for',
    prepare: async () => [],
    commands: ({ folder, target }) => [
      [
        'dredd',
        [
          join(folder, 'openapi.json'),
          target.baseUrl,
          '--header',
          `Authorization: Bearer ${target.keys.owner}`,
          '--hookfiles',
          here('dredd-hooks.cjs'),
          '--loglevel',
          'error',
          '--no-color',
        ],
      ],
    ],
    read: async ({ stdout }) => readLines(stdout, /^(pass|fail): (.*) duration:/gm, 'pass'),
  },
  {
    name: 'specmatic',
    configuration: 'the key of the owner for bearerAuth; schemas may be extended (EXTENSIBLE_SCHEMA)',
    prepare: async () => [],
    commands: ({ folder, target }) => [
      [
        'specmatic',
        ['test', join(folder, 'openapi.json'), '--testBaseURL', target.baseUrl],
        { bearerAuth: target.keys.owner, EXTENSIBLE_SCHEMA: 'true' },
      ],
    ],
    read: async ({ stdout }) =>
      readLines(stdout, /^ *Scenario: (.*) has (SUCCEEDED|FAILED)/gm, 'SUCCEEDED', [2, 1]),
  },
  {
    name: 'redocly',
    configuration: 'respect, with the workflows of its own generate-arazzo and the key of the owner',
    prepare: async ({ folder }) => [
      ['redocly', ['generate-arazzo', join(folder, 'openapi.json'), '-o', join(folder, 'auto.arazzo.yaml')]],
    ],
    commands: ({ folder, target }) => [
      [
        'redocly',
        [
          'respect',
          join(folder, 'auto.arazzo.yaml'),
          '--input',
          `bearerAuth=${target.keys.owner}`,
          '--server',
          `openapi=${target.baseUrl}`,
          '--json-output',
          join(folder, 'respect.json'),
        ],
      ],
    ],
    read: async ({ folder }) => respectChecks(await json(join(folder, 'respect.json'))),
  },
  {
    name: 'newman',
    configuration:
      'the collection of portman with its contract tests (status, content type, JSON body, schema), the key of the owner',
    prepare: async ({ folder, target }) => [
      [
        'portman',
        [
          '-l',
          join(folder, 'openapi.json'),
          '-c',
          here('portman.json'),
          '-o',
          join(folder, 'collection.json'),
          '--baseUrl',
          target.baseUrl,
        ],
      ],
    ],
    commands: ({ folder, target }) => [
      [
        'newman',
        [
          'run',
          join(folder, 'collection.json'),
          '--env-var',
          `bearerToken=${target.keys.owner}`,
          '--env-var',
          `baseUrl=${target.baseUrl}`,
          '--reporters',
          'json',
          '--reporter-json-export',
          join(folder, 'newman.json'),
        ],
      ],
    ],
    read: async ({ folder }) => newmanChecks(await json(join(folder, 'newman.json'))),
  },
  {
    name: 'stepci',
    configuration: 'the workflow of its own generate, with the key of the owner at each step',
    prepare: async ({ folder }) => [
      [
        'stepci',
        ['generate', join(folder, 'openapi.json'), join(folder, 'generated.yml')],
        { STEPCI_DISABLE_ANALYTICS: '1' },
      ],
    ],
    /** Base URL and key stand in the file. */
    async settle({ folder, target }) {
      const workflow = parse(await readFile(join(folder, 'generated.yml'), 'utf8'));
      workflow.config.http.baseURL = target.baseUrl;
      for (const { steps } of Object.values(workflow.tests)) {
        for (const { http } of steps) http.auth = { bearer: { token: target.keys.owner } };
      }
      await writeFile(join(folder, 'workflow.yml'), stringify(workflow));
    },
    commands: ({ folder }) => [
      ['stepci', ['run', join(folder, 'workflow.yml'), '--verbose'], { STEPCI_DISABLE_ANALYTICS: '1' }],
    ],
    read: async ({ stdout }) => stepciChecks(stdout),
  },
];

/** Checks that are told a line each: `[word, name]` by the groups of the pattern. */
function readLines(text, pattern, good, [word, name] = [1, 2]) {
  const found = [...text.matchAll(pattern)];
  return {
    count: found.length,
    failed: found.filter((match) => match[word] !== good).map((match) => match[name]),
  };
}

function newmanChecks({ run }) {
  return {
    count: run.stats.assertions.total,
    failed: run.failures.map(({ error, source }) => `${source?.name ?? ''}: ${error.test ?? error.message}`),
  };
}

/** Every check of every step, wherever in the file it stands. */
function respectChecks(value, path = '', into = { count: 0, failed: [] }) {
  if (typeof value !== 'object' || value === null) return into;
  if (Array.isArray(value.checks)) {
    for (const { name, status } of value.checks) {
      into.count++;
      if (status !== 'success') into.failed.push(`${path}/${value.stepId ?? ''}: ${name}`);
    }
  }
  for (const [key, one] of Object.entries(value)) {
    if (key !== 'checks') respectChecks(one, `${path}/${one?.stepId ?? one?.workflowId ?? ''}`, into);
  }
  return into;
}

/** It counts steps; those that failed are named in their own lines. */
function stepciChecks(text) {
  const [, failed = '0', , passed = '0'] =
    /Steps: (\d+) failed, (\d+) skipped, (\d+) passed/.exec(text) ?? [];
  const names = [...text.matchAll(/(?:FAIL|✕|Step failed)\s+(.*)/g)].map(([line]) =>
    line.replaceAll(/[\d.]+s\b/g, ''),
  );
  return {
    count: Number(failed) + Number(passed),
    failed:
      names.length > 0 ? names : Array.from({ length: Number(failed) }, (_, index) => `step ${index + 1}`),
  };
}
