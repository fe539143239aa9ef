import { randomInt } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Faker, en, generateMersenne53Randomizer } from '@faker-js/faker';
import { afterAll, expect, it } from 'vitest';
import { run } from '../cli/binary.ts';
import { startFront } from './mischief.ts';
import { forms } from './secret-forms.ts';
import { contract } from './small-run.ts';

/** FUZZ_SEED repeats one; printed, so that any can be repeated. */
const seed = Number(process.env['FUZZ_SEED'] ?? randomInt(2 ** 31));
const random = new Faker({ locale: [en], randomizer: generateMersenne53Randomizer(seed) });

const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Writes an answer that holds a text in one place. */
type Place = readonly [name: string, answer: (response: ServerResponse, text: string) => void];

const json = { 'content-type': 'application/json' };
const error = (members: object): string =>
  JSON.stringify({ error: { code: 'internal', message: 'x', ...members } });
/** What a header can hold. */
const line = (text: string): string => text.replaceAll('\0', ' ').replaceAll(/\s+/g, ' ');

const places: readonly Place[] = [
  ['the message of an error', (to, text) => to.writeHead(500, json).end(error({ message: text }))],
  ['the code of an error', (to, text) => to.writeHead(500, json).end(error({ code: text }))],
  ['the name of a member', (to, text) => to.writeHead(500, json).end(error({ [text]: 1 }))],
  [
    'deep in a body',
    (to, text) => to.writeHead(500, json).end(error({ a: [{ b: { c: [`x ${text} y`] } }] })),
  ],
  [
    'a success',
    (to, text) => to.writeHead(200, json).end(JSON.stringify({ rows: [{ id: text, name: text }] })),
  ],
  ['a body that is no JSON', (to, text) => to.writeHead(500, json).end(`{"debug": ${text}`)],
  ['a page', (to, text) => to.writeHead(500, { 'content-type': 'text/html' }).end(`<pre>${text}</pre>`)],
  ['a header', (to, text) => to.writeHead(500, { ...json, 'x-debug': line(text) }).end(error({}))],
  [
    'the id of a request',
    (to, text) => to.writeHead(500, { ...json, 'x-request-id': line(text) }).end(error({})),
  ],
  [
    'a cookie',
    (to, text) => to.writeHead(500, { ...json, 'set-cookie': `s=${line(text)}; Path=/` }).end(error({})),
  ],
  ['a redirect', (to, text) => to.writeHead(302, { location: `/x?${line(text)}` }).end()],
  ['the media type', (to, text) => to.writeHead(500, { 'content-type': `text/${line(text)}` }).end('x')],
];

/** How a text stands in a file that escapes: of JSON, of markup, of a URL. */
function* spellings(text: string): Generator<string> {
  const inJson = JSON.stringify(text).slice(1, -1);
  yield* [text, inJson, JSON.stringify(inJson).slice(1, -1)];
  yield text.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
  yield inJson.replaceAll('&', '&amp;').replaceAll('"', '&quot;');
}

async function artefacts(): Promise<readonly (readonly [name: string, text: string])[]> {
  const names = await readdir(folder);
  return Promise.all(names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')] as const));
}

it(`no secret is anywhere, whatever its form and its place in an answer (FUZZ_SEED=${seed})`, async () => {
  console.info(`FUZZ_SEED=${seed}`);
  const made = Object.values(contract.credentials).map(({ env }) => {
    const secret = random.string.alphanumeric(24);
    return { env, secret, key: `amt_${random.string.alphanumeric(8)}_${secret}` };
  });
  const first = made[0];
  if (first === undefined) throw new Error('no credential');
  const all = random.helpers.shuffle(forms.flatMap((form) => places.map((place) => [form, place] as const)));
  let used = 0;
  const front = await startFront((request, response) => {
    const shown = made.find(({ key }) => request.headers.authorization?.includes(key) === true) ?? first;
    const next = all[used % all.length];
    used++;
    if (next === undefined) return false;
    const [[, write], [, answer]] = next;
    answer(response, write(shown.key, shown.secret));
    return true;
  });
  const told = await run(
    [
      'run',
      '--verbose',
      '--base-url',
      front.baseUrl,
      '--profile',
      'guarded',
      '--har',
      'all',
      '--report-dir',
      folder,
      '--filter',
      'org/**',
      'runs/listRuns/{access,authentication,query}/**',
    ],
    Object.fromEntries(made.map(({ env, key }) => [env, key])),
  );
  await front.close();
  expect(used, 'every form in every place').toBeGreaterThan(all.length);
  expect(told.exitCode).toBe(1);
  const texts = [...(await artefacts()), ['stdout', told.stdout] as const, ['stderr', told.stderr] as const];
  expect(texts.map(([name]) => name)).toEqual(
    expect.arrayContaining(['results.json', 'exchanges.har', 'report.html']),
  );
  const lowered = texts.map(([name, text]) => [name, text.toLowerCase()] as const);
  const found = made.flatMap(({ key, secret }) =>
    forms.flatMap(([form, write]) => {
      // What may stay of a key is its first part.
      const text = write(key, secret).replace(/^(?:Bearer )?amt_\w{8}_/i, '');
      return [...spellings(text)].flatMap((spelling) =>
        lowered.flatMap(([name, whole]) =>
          whole.includes(spelling.toLowerCase()) ? [`${form}: ${name}`] : [],
        ),
      );
    }),
  );
  expect([...new Set(found)]).toEqual([]);
}, 120_000);
