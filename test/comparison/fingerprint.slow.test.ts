import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { dialects } from '../../mock/dialects/index.ts';
import type { MockOptions } from '../../mock/start.ts';
import { changeText, compareFingerprints } from '../../src/fingerprint/compare.ts';
import { fingerprintYaml } from '../../src/fingerprint/document.ts';
import type { Fingerprint } from '../../src/fingerprint/fingerprint.ts';
import { readFingerprint } from '../../src/fingerprint/read.ts';
import { everything } from '../../src/plan/select.ts';
import type { Profile } from '../../src/plan/types.ts';
import { observe, planObservation } from '../../src/run/observe.ts';
import { contract, keysOf, live, withMock } from './two-mocks.ts';

// Each starts mocks of its own, on a machine that may be busy.
vi.setConfig({ testTimeout: 60_000 });

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'fingerprint-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The part of the plan in which the freedoms of reads show. */
const reads = [
  '*/*/access/viewer',
  '*/*/consistency/every-detail',
  '*/*/not-found/viewer',
  '*/*/feature/**',
  '*/*/robustness/id/zero',
  '*/*/robustness/query/*/unknown',
  '*/*/robustness/{order,method}/**',
  '*/*/method/GET/**',
  '*/*/method/**/no-key',
  '*/*/authentication/none',
  'runs/listRuns/query/range/*',
  'runs/listRuns/query/{page,pageSize}/filters',
];
/** And that in which those of writes do. */
const writes = [
  'workflows/*/access/editor',
  'workflows/*/lifecycle/archived/editor',
  'workflows/*/robustness/body/**',
  'workflows/dispatchRun/dispatch/idempotent',
];

/** A fingerprint from a part of the plan. */
function fingerprintOf(
  mock: MockOptions,
  filters: readonly string[],
  asked: { readonly profile?: Profile; readonly seed?: number } = {},
): Promise<Fingerprint> {
  return withMock(mock, async ({ baseUrl, keys }) => {
    const { profile = 'guarded', seed = 1 } = asked;
    const selection = { ...everything, filters };
    const limits = { timeoutMs: 10_000, concurrency: 8 };
    const observation = { contract, baseUrl, keys, profile, seed, selection, ...limits };
    const planned = planObservation(observation);
    const results = await observe(observation, planned);
    return readFingerprint({ contract, cases: planned.cases, results }, Object.keys(keys));
  });
}

function changes(old: Fingerprint, now: Fingerprint): readonly string[] {
  return compareFingerprints(old, now).differences.map((one) =>
    changeText(one, { old: 'before', new: 'now' }),
  );
}

/** Taken once for each dialect and profile. */
const taken = new Map<string, Promise<Fingerprint>>();
function take(dialect: string, profile: 'guarded' | 'full' = 'guarded'): Promise<Fingerprint> {
  const key = `${dialect} ${profile}`;
  const known = taken.get(key);
  if (known !== undefined) return known;
  const fingerprint = fingerprintOf({ dialect }, profile === 'full' ? writes : reads, { profile });
  taken.set(key, fingerprint);
  return fingerprint;
}

describe('a fingerprint', () => {
  it.each(['plain', 'bare-arrays', 'wrapped-records', 'busy-queue'])(
    'is the same for another run, other data and another seed: %s',
    async (dialect) => {
      const other = await fingerprintOf({ dialect, seed: 3 }, reads, { seed: 99 });
      expect(changes(await take(dialect), other)).toEqual([]);
      expect(changes(other, await take(dialect))).toEqual([]);
    },
  );

  it('is the same to the letter for the same data, whatever the seed', async () => {
    const again = await fingerprintOf({}, reads, { seed: 5 });
    expect(fingerprintYaml(again)).toBe(fingerprintYaml(await take('plain')));
  });

  it('is the same in full, whatever the seed: what a run changes meanwhile is no difference', async () => {
    const again = await fingerprintOf({}, writes, { profile: 'full', seed: 5 });
    expect(changes(await take('plain', 'full'), again)).toEqual([]);
    expect(changes(again, await take('plain', 'full'))).toEqual([]);
  });

  it('is another for every dialect', async () => {
    const all = await Promise.all(dialects.map(({ id }) => take(id)));
    expect(new Set(all.map(fingerprintYaml)).size).toBe(dialects.length);
    for (const [index, one] of all.entries()) {
      for (const other of all.slice(index + 1)) expect(changes(one, other)).not.toEqual([]);
    }
  });
});

/** By freedom of docs/ambiguities.md: the dialect that takes it otherwise than the plain one, and what is told of it. */
const visible: readonly (readonly [freedom: string, dialect: string, told: RegExp])[] = [
  ['the envelope of lists', 'data-envelope', /^envelopes: items .*\/rows\/\* before, \/data\/\* now/],
  ['bare arrays', 'bare-arrays', /^envelopes: items .*\/rows\/\* before, \/\* now/],
  [
    'whether a record is wrapped',
    'wrapped-records',
    /^envelopes: record .*the body itself before, \/workflow/,
  ],
  [
    'names of members',
    'bare-arrays',
    /^members: record \(listRunToolCalls\): durationMs .* before, duration_ms /,
  ],
  [
    'the type of currentVersion',
    'data-envelope',
    /currentVersion number before, .*currentVersion string now/,
  ],
  ['the form of ids', 'data-envelope', /^ids: workflow: wf_ and an opaque text before, a UUID now/],
  ['numbers as ids', 'bare-arrays', /^ids: workflow: .* before, a number now/],
  ['null or left out', 'bare-arrays', /^unset: record.*null before, left out now/],
  ['the code of 404', 'data-envelope', /^codes: 404: not_found before, resource\/not-found now/],
  ['error.details and members beside', 'data-envelope', /^errors: .*\/success boolean now/],
  ['role or existence first', 'trusting', /^order: .*role-existence.*: forbidden_role before, not_found now/],
  ['existence or body first', 'bare-arrays', /^order: existence-body.*: not_found before, invalid now/],
  [
    'feature or existence first',
    'data-envelope',
    /^order: feature-existence.*feature_disabled before, not_found/,
  ],
  ['key or method first', 'trusting', /^order: key-method.*unauthenticated before, not_found now/],
  ['an id of an odd form', 'data-envelope', /^choices: id .*: 404 before, 400 now/],
  ['an undocumented method', 'trusting', /^choices: undocumented method.*: 405 before, 404 now/],
  ['OPTIONS', 'trusting', /^choices: method OPTIONS .*accepted before, 404 now/],
  ['an unknown value of a parameter', 'data-envelope', /^choices: .*query unknown.*accepted before, 400 now/],
  ['the number of the first page', 'data-envelope', /^paging: first page .*1 before, 0 now/],
  ['the default page size', 'data-envelope', /^paging: default size .*25 before, 5 now/],
  ['how an answer is framed', 'bare-arrays', /^transport: framing.*length before, chunked now/],
  ['how an answer is coded', 'data-envelope', /^transport: coding.*none before, gzip/],
  ['the parameters of Content-Type', 'trusting', /^transport: content type.*application\/json now/],
  ['WWW-Authenticate', 'bare-arrays', /^transport: challenge of 401: Bearer before, none now/],
  ['names of headers', 'trusting', /^headers: of answers.*cache-control before, nothing now/],
];
const visibleInFull: typeof visible = [
  ['the code of 400', 'data-envelope', /^codes: 400: validation_failed before, BAD_REQUEST now/],
  ['unknown members of a body', 'data-envelope', /^choices: .*body unknown-member.*accepted before, 400 now/],
  ['empty texts', 'data-envelope', /^choices: .*body empty.*accepted before, 400 now/],
  ['null for an optional member', 'trusting', /^choices: .*body null-optional-0.*400 before, accepted now/],
  ['another content type', 'data-envelope', /^choices: .*body text-plain.*accepted before, 415 now/],
  ['a reference to nothing', 'trusting', /^choices: .*body unknown-reference.*404 before, accepted now/],
  ['reading what is archived', 'data-envelope', /^lifecycle: .*read an archived one.*200 before, 404 now/],
  ['archiving it again', 'data-envelope', /^lifecycle: .*archive it again.*200 before, 404 now/],
  ['the status of a replay', 'data-envelope', /^lifecycle: dispatch with a known key.*202 before, 200 now/],
  [
    'the id of a dispatched run',
    'data-envelope',
    /^members: record \(dispatchRun\): .*runId string.* before, .*id string/,
  ],
];

async function told(dialect: string, profile: 'guarded' | 'full'): Promise<readonly string[]> {
  return changes(await take('plain', profile), await take(dialect, profile));
}

describe('a freedom that shows', () => {
  it.each(visible)('%s: %s', async (_freedom, dialect, expected) => {
    expect(await told(dialect, 'guarded')).toContainEqual(expect.stringMatching(expected));
  });

  it.each(visibleInFull)('%s, in full: %s', async (_freedom, dialect, expected) => {
    expect(await told(dialect, 'full')).toContainEqual(expect.stringMatching(expected));
  });
});

describe('armature-conformance fingerprint', () => {
  it('writes a file that the nightly holds the next one against', async () => {
    const [before, after] = [join(folder, 'before.yaml'), join(folder, 'after.yaml')];
    const profile = ['--profile', 'smoke'];
    await withMock({}, async (mock) => {
      const target = ['fingerprint', '--base-url', mock.baseUrl, ...profile];
      const env = keysOf(mock, 'ARMATURE_');
      const first = await live([...target, '--out', before], env);
      expect(first).toMatchObject({ exitCode: 0, stdout: '' });
      const again = await live([...target, '--compare', before, '--out', after], env);
      expect(again).toMatchObject({ exitCode: 0, stdout: 'The same; 0 that only one of them saw.\n' });
      const text = await readFile(before, 'utf8');
      expect(await readFile(after, 'utf8')).toBe(text);
      for (const key of Object.values(mock.keys)) expect(text).not.toContain(key.slice(-12));
      expect(text).not.toMatch(/127\.0\.0\.1|[0-9a-f]{8}-|20\d\d-/);
      expect(await live([...target], env)).toMatchObject({ exitCode: 0, stdout: text });
    });
    const other = await withMock({ dialect: 'trusting' }, (mock) =>
      live(
        ['fingerprint', '--base-url', mock.baseUrl, ...profile, '--compare', before, '--out', after],
        keysOf(mock, 'ARMATURE_'),
      ),
    );
    expect(other.exitCode).toBe(1);
    expect(other.stdout).toContain('ids: organization: org_ and an opaque text before, a UUID now\n');
    const files = await live(['fingerprint', '--compare', before, after]);
    expect(files).toMatchObject({ exitCode: 1, stdout: other.stdout });
    const { differences } = JSON.parse(
      (await live(['fingerprint', '--compare', before, after, '--json'])).stdout,
    ) as { differences: readonly unknown[] };
    expect(files.stdout).toContain(`${differences.length} differences;`);
  });

  it.each<[string, string, RegExp]>([
    ['of another profile', 'profile: read', /old fingerprint is of the profile smoke, the new one of read/],
    ['of another form', 'profil: smoke', /other\.yaml:\d+:\d+/],
    ['that is no YAML', 'profile: [', /other\.yaml:\d+:\d+/],
  ])('refuses one %s', async (_name, line, message) => {
    const [file, other] = [join(folder, 'one.yaml'), join(folder, 'other.yaml')];
    const text =
      'fingerprint: 1\napi: { title: t, version: v }\nprofile: smoke\ncredentials: []\nfreedoms: {}\n';
    await writeFile(file, text);
    await writeFile(other, text.replace('profile: smoke', line));
    const { exitCode, stderr } = await live(['fingerprint', '--compare', file, other]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });

  it.each<[string, readonly string[], RegExp]>([
    ['three files', ['--compare', 'a', 'b', 'c'], /--compare names 3 files/],
    ['a file that is not there', ['--compare', '/nowhere/a.yaml'], /cannot be read/],
    [
      'a file that cannot be written',
      ['--target', 'mock', '--profile', 'smoke', '--out', '/dev/null/x'],
      /cannot be written/,
    ],
  ])('refuses %s', async (_name, args, message) => {
    const { exitCode, stderr } = await live(['fingerprint', ...args]);
    expect(stderr).toMatch(message);
    expect(exitCode).toBe(2);
  });
});
