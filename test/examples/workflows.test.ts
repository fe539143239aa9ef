import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { predicateType } from '../../src/report/statement.ts';
import { contract } from '../safety/small-run.ts';

const folder = 'examples/github';

interface Workflow {
  readonly permissions: object;
  readonly env?: object;
  readonly jobs: Readonly<
    Record<
      string,
      {
        readonly permissions: Readonly<Record<string, string>>;
        readonly env?: object;
        readonly steps: readonly {
          readonly uses?: string;
          readonly run?: string;
          readonly with?: Readonly<Record<string, unknown>>;
          readonly env?: Readonly<Record<string, string>>;
        }[];
      }
    >
  >;
}

const texts = await Promise.all(
  (await readdir(folder)).map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const),
);
const read = (text: string): Workflow => parse(text) as Workflow;

describe.each(texts)('the workflow %s', (_name, text) => {
  const { permissions, env, jobs } = read(text);

  it('pins every action by its commit, and says which version that is', () => {
    const used = text.match(/uses: .*/g) ?? [];
    expect(used).not.toEqual([]);
    for (const line of used) expect(line).toMatch(/^uses: actions\/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  it('has no permission but what a job asks for, and gives secrets and tokens to single steps alone', () => {
    expect(permissions).toEqual({});
    expect(env).toBeUndefined();
    for (const job of Object.values(jobs)) {
      expect(job.permissions).toBeDefined();
      expect(job.env).toBeUndefined();
      const checkouts = job.steps.filter(({ uses }) => uses?.startsWith('actions/checkout@') === true);
      for (const { with: given } of checkouts) expect(given).toMatchObject({ 'persist-credentials': false });
      const installs = job.steps.filter(({ run }) => run?.startsWith('npm') === true);
      for (const { env: own } of installs) expect(own).toBeUndefined();
    }
  });
});

describe('the workflow of the claim', () => {
  const { jobs } = read(texts.find(([name]) => name === 'claim.yml')?.[1] ?? '');
  const { test, sign } = jobs;

  it('signs what the test wrote with the predicate of the statement, in a job that has no key of the API', () => {
    expect(test?.permissions).toEqual({ contents: 'read' });
    expect(sign?.permissions).toEqual({ 'id-token': 'write', attestations: 'write' });
    expect(JSON.stringify(sign)).not.toContain('secrets.');
    const signer = sign?.steps.find(({ uses }) => uses?.startsWith('actions/attest@'));
    expect(signer?.with).toEqual({
      'subject-path': 'results.json',
      'predicate-type': predicateType,
      'predicate-path': 'predicate.json',
    });
  });

  it('takes every key of the contract from its secret', () => {
    const names = test?.steps.flatMap(({ env = {} }) => Object.keys(env)) ?? [];
    const keys = Object.values(contract.credentials).map(({ env }) => env);
    expect(names.toSorted()).toEqual(['ARMATURE_BASE_URL', ...keys].toSorted());
  });
});
