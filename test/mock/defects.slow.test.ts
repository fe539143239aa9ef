import { afterAll, describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { defects, startMock, type DefectInfo } from '../../mock/index.ts';
import { Probe, type KnownIds, type Part } from './probe.ts';

const contract = await loadContract();
const start = Date.UTC(2026, 4, 4, 12);

/** One defect for each fact is shown to be visible; all of them with EVERY_DEFECT=1, which takes a minute. */
const shown =
  process.env['EVERY_DEFECT'] === '1'
    ? defects
    : [...new Map(defects.map((defect) => [defect.fact, defect])).values()];

/** The probe asks over REST; what the second door shows is asked by the tests of MCP. */
const overRest = shown.filter(({ id }) => !id.startsWith('mcp-'));

describe('the catalogue', () => {
  it('has many defects, each with an id of its own', () => {
    expect(defects.length).toBeGreaterThanOrEqual(130);
    expect(new Set(defects.map(({ id }) => id)).size).toBe(defects.length);
  });

  it('names facts and places of the contract, with their level', () => {
    const wrong = defects.filter(
      ({ fact, level }) => level !== (contract.facts[fact]?.level ?? placeLevel(fact)),
    );
    expect(wrong).toEqual([]);
  });

  it('breaks every fact', () => {
    const broken = new Set(defects.map(({ fact }) => fact));
    expect(Object.keys(contract.facts).filter((fact) => !broken.has(fact))).toEqual([]);
  });

  it('breaks every place of every operation', () => {
    const broken = new Set(defects.map(({ fact }) => fact));
    const places = contract.operations.flatMap(({ id, request, parameters }) => [
      `${id}/success`,
      `${id}/roles`,
      ...(request === undefined ? [] : [`${id}/request`]),
      ...parameters.flatMap((parameter) => {
        const isAsserted = parameter.in === 'query' && (parameter.filter ?? parameter.values) !== undefined;
        return isAsserted ? [`${id}?${parameter.name}`] : [];
      }),
    ]);
    expect(places.filter((place) => !broken.has(place))).toEqual([]);
  });

  it('does not know a defect by another name', async () => {
    await expect(startMock({ defect: 'org-no-mail' })).rejects.toThrow("Did you mean 'org-no-email'?");
  });
});

describe('a defect is visible', () => {
  afterAll(async () => {
    for (const { close } of await Promise.all(plainRuns.values())) await close();
  });

  it.each(overRest.map((defect) => [defect.id, defect] as const))(
    '%s',
    async (_id, defect) => {
      expect(await isVisible(defect)).toBe(true);
    },
    20_000,
  );
});

/** The level of a place; undefined where there is none. */
function placeLevel(fact: string): string | undefined {
  const [, id, place] = /^(\w+)(\/(?:success|roles|request)|\?\w+)$/.exec(fact) ?? [];
  const operation = contract.operations.find((candidate) => candidate.id === id);
  const overMcp = contract.mcp?.operations.find((candidate) => candidate.id === id);
  if (overMcp !== undefined && place === '/roles') return overMcp.level;
  if (operation === undefined || place === undefined) return undefined;
  const isThere =
    place.startsWith('/') ||
    operation.parameters.some(({ name, in: where }) => where === 'query' && `?${name}` === place);
  return isThere ? operation.level : undefined;
}

interface Run {
  readonly probe: Probe;
  readonly close: () => Promise<void>;
}

interface PlainRun extends Run {
  readonly texts: AsyncGenerator<string>;
  readonly seen: (string | undefined)[];
}

async function run(defect?: string): Promise<Run> {
  const clock = { at: start };
  const mock = await startMock({ seed: 7, now: () => clock.at, ...(defect === undefined ? {} : { defect }) });
  return { probe: new Probe(mock, contract, clock), close: () => mock.close() };
}

const plainRuns = new Map<string, Promise<PlainRun>>();
let known: Promise<KnownIds> | undefined;

async function knownIds(): Promise<KnownIds> {
  const { probe, close } = await run();
  const ids = await probe.knownIds();
  await close();
  return ids;
}

/** What the mock without a defect answers at a step; it is asked no further than is needed. */
async function plainAt(first: string, part: Part, ids: KnownIds, step: number): Promise<string | undefined> {
  const name = `${first} ${part}`;
  const started =
    plainRuns.get(name) ??
    run().then((plain) => ({ ...plain, texts: plain.probe.observe(first, part, ids), seen: [] }));
  plainRuns.set(name, started);
  const plain = await started;
  while (plain.seen.length <= step) {
    const next = await plain.texts.next();
    plain.seen.push(next.done === true ? undefined : next.value);
  }
  return plain.seen[step];
}

async function isVisible({ id, fact, where }: DefectInfo): Promise<boolean> {
  known ??= knownIds();
  const ids = await known;
  const first = likeliestOperation(where, fact);
  const part = likeliestPart(fact);
  const { probe, close } = await run(id);
  try {
    const texts = probe.observe(first, part, ids);
    for (let step = 0; ; step += 1) {
      const next = await texts.next();
      const observed = next.done === true ? undefined : next.value;
      if (observed !== (await plainAt(first, part, ids, step))) return true;
      if (observed === undefined) return false;
    }
  } finally {
    await close();
  }
}

/** The operation that shows a break of the fact soonest. */
function likeliestOperation(where: string, fact: string): string {
  if (contract.operations.some((operation) => operation.id === where)) return where;
  if (fact === 'feature-disabled') return 'getTopic';
  return fact === 'error-shape' || fact === 'no-secret-echo' || fact === 'json-body'
    ? 'updateWorkflow'
    : 'getOrg';
}

/** What shows it there. */
function likeliestPart(fact: string): Part {
  if (fact.includes('?') || ['query-unknown-value', 'list-detail-agree'].includes(fact)) return 'queries';
  if (fact.includes('/request')) return 'bodies';
  if (/^(created|create-|update-|schedule|archived|text|dispatch|run-)/.test(fact)) return 'lifecycle';
  return /^(auth-|role-of-key|key-one)/.test(fact) ? 'keys' : 'callers';
}
