/** Comparing answers of a target that others work on: told by lists that change between any two looks. */
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { CaseContext } from '../../src/execute/case-context.ts';
import type { Item } from '../../src/execute/listing.ts';
import { Run } from '../../src/execute/run.ts';
import {
  differentItem,
  eventually,
  flickeringItem,
  missingItem,
  recurringDoubt,
  whileStill,
  type Look,
} from '../../src/execute/steady-compare.ts';
import { contract } from '../safety/small-run.ts';

const run = new Run(contract, {
  runId: 'feedbeef',
  baseUrl: 'http://127.0.0.1:9',
  keys: {},
  profile: 'read',
  seed: 1,
  timeoutMs: 1_000,
  concurrency: 4,
  userAgent: 'test',
  listLagMs: 60,
});
const context = new CaseContext(run, 'a case');
afterAll(() => run.close());

function look(ids: string): Look & { readonly ids: string } {
  return { ids, items: Array.from(ids).map((id): Item => ({ id, value: { id } })) };
}

/** Looks, one after another; the last one comes again and again. */
function looks(...all: readonly string[]): () => Promise<ReturnType<typeof look>> {
  let count = 0;
  return () => Promise.resolve(look(all[Math.min(count++, all.length - 1)] ?? ''));
}

function isNoB({ id }: Item): boolean {
  return id !== 'b';
}

describe('missingItem', () => {
  it('finds what one list shows each time and the other never', async () => {
    const missing = await missingItem(context, { shown: looks('abc'), lacking: looks('ac') });
    expect(missing).toMatchObject({ item: { id: 'b' }, look: { ids: 'ac' } });
  });

  it.each([
    ['was archived between the looks', ['abc', 'ac'], ['ac']],
    ['was made between the looks', ['ac', 'abc'], ['ac', 'abc']],
    ['the other list shows a little later', ['abc'], ['ac', 'ac', 'abc']],
    ['another one is lacking each time', ['abcd'], ['bcd', 'acd']],
  ])('finds nothing where what is lacking %s', async (_what, shown, lacking) => {
    const found = await missingItem(context, { shown: looks(...shown), lacking: looks(...lacking) });
    expect(found).toBeUndefined();
  });

  it('looks once at lists that agree', async () => {
    let count = 0;
    const counted = (): Promise<Look> => {
      count++;
      return Promise.resolve(look('abc'));
    };
    await missingItem(context, { shown: counted, lacking: counted });
    expect(count).toBe(2);
  });

  it('looks for what counts alone', async () => {
    expect(
      await missingItem(context, { shown: looks('abc'), lacking: looks('ac'), counts: isNoB }),
    ).toBeUndefined();
  });
});

describe('differentItem', () => {
  it.each([
    ['the first', 'ac', 'abc', 'one'],
    ['the second', 'abc', 'ac', 'other'],
  ])('finds what %s of two lists lacks each time', async (_which, one, other, lackedBy) => {
    const different = await differentItem(context, looks(one), looks(other));
    expect(different).toMatchObject({ item: { id: 'b' }, lackedBy });
  });

  it('finds nothing where both change', async () => {
    expect(await differentItem(context, looks('ab', 'abc', 'bc'), looks('abc', 'bc'))).toBeUndefined();
  });
});

describe('eventually', () => {
  it.each([
    ['holds at once', [true], true],
    ['holds a little later', [false, false, true], true],
    ['never holds', [false], false],
  ])('tells what %s', async (_what, states, expected) => {
    let count = 0;
    const holds = (): Promise<boolean> =>
      Promise.resolve(states[Math.min(count++, states.length - 1)] ?? false);
    expect(await eventually(context, holds)).toBe(expected);
  });

  it('ends with the run', async () => {
    const halted = new Run(contract, { ...run.config, listLagMs: 60_000 });
    const waiting = eventually(new CaseContext(halted, 'a case'), () => Promise.resolve(false));
    halted.halt({ kind: 'interrupted' });
    await expect(waiting).rejects.toThrow('the run was interrupted');
    await halted.close();
  });
});

function compare(before: Look, after: Look): boolean {
  return JSON.stringify(before) === JSON.stringify(after);
}

describe('whileStill', () => {
  it('gives what was seen between two looks that are the same', async () => {
    let seen = 0;
    const options = { look: looks('a', 'ab', 'abc', 'abc'), same: compare, within: async () => ++seen };
    expect(await whileStill(context, options)).toBe(3);
  });

  it('leaves a list that never stands still without a judgement', async () => {
    let count = 0;
    const moving = async (): Promise<Look> => look('abcdefghij'.slice(0, ++count));
    const options = { look: moving, same: compare, within: async () => true };
    await expect(whileStill(context, options)).rejects.toThrow('the list never stood still');
  });
});

/** Series of looks, one after another; the last one comes again and again. */
function series(...all: readonly string[]): () => Promise<readonly Look[]> {
  let count = 0;
  return async () => (all[Math.min(count++, all.length - 1)] ?? '').split(' ').map(look);
}

describe('flickeringItem', () => {
  it.each([
    ['finds what flickers each time', ['abc ac abc'], 'b'],
    ['finds nothing that showed late', ['abc ac abc', 'abc abc abc'], undefined],
    ['finds nothing that was vanishing', ['abc ac abc', 'abc ac abc', 'ac ac ac'], undefined],
    ['finds nothing that came after the first series', ['ab a ab', 'abc ab abc', 'abc abc abc'], undefined],
    ['finds nothing in a list that stands still', ['abc abc abc'], undefined],
  ])('%s', async (_what, looked, found) => {
    expect(await flickeringItem(context, series(...looked))).toBe(found);
  });
});

function doubts(...all: readonly string[]): () => Promise<ReadonlyMap<string, string>> {
  let count = 0;
  return async () => new Map(Array.from(all[count++] ?? '').map((key) => [key, key]));
}

it('recurringDoubt gives the doubt that is there once lists have caught up, and no other', async () => {
  expect(await recurringDoubt(context, doubts('ab', 'bc'))).toBe('b');
  expect(await recurringDoubt(context, doubts('ab', 'cd'))).toBeUndefined();
});

describe('no step compares what two requests gave in a way of its own', () => {
  const folder = join(import.meta.dirname, '..', '..', 'src', 'execute', 'scenarios');
  /** Which files read lists without comparing two looks, and why. */
  const exempt = new Map([
    [
      'isolation.ts',
      'nothing moves from one organization to another: an item in both lists is a leak at any time',
    ],
    ['query.ts', 'reads the list that others compare'],
    [join('mcp', 'stage.ts'), 'chooses what to ask for, and compares nothing'],
    ['put-back.ts', 'looks for its own marker alone'],
  ]);

  const scenarioFiles = async (): Promise<readonly string[]> =>
    (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));

  it('reads lists without looking again until they agree', async () => {
    const files = (await scenarioFiles()).filter((name) => !exempt.has(name));
    for (const name of files) {
      const text = await readFile(join(folder, name), 'utf8');
      const readsLists = /\b(?:walkPages|walkReadable|listed|itemsWithIds)\(/.test(text);
      expect(readsLists && !text.includes("from '../steady-compare.ts'"), name).toBe(false);
    }
  });

  it('waits for something that a list will show in a loop of its own', async () => {
    for (const name of await scenarioFiles()) {
      const text = await readFile(join(folder, name), 'utf8');
      expect(/\bsetTimeout\(/.test(text) && name !== 'scenario.ts', name).toBe(false);
    }
  });
});
