/** The oracle: every pair and triple of faults against a table that people can read, and the rules one by one. */
import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import type { Cause, LawfulAnswer } from '../../src/oracle/answer.ts';
import { lawfulAnswers, maySucceed } from '../../src/oracle/lawful.ts';
import { matchingAnswers, proofIn } from '../../src/oracle/proof.ts';
import type { Situation } from '../../src/oracle/situation.ts';

const contract = await loadContract();

const plain: Situation = {
  operation: 'updateTopic',
  method: 'documented',
  asker: { kind: 'role', role: 'owner' },
  id: 'listed',
  body: 'valid',
  query: 'documented',
  feature: 'on',
  replay: false,
  large: false,
};

/** What can be wrong with, or left open in, one request at the same time; those of one place exclude each other. */
const faults: Readonly<Record<string, Partial<Situation>>> = {
  'bad credential': { asker: { kind: 'bad' } },
  'low role': { asker: { kind: 'role', role: 'viewer' } },
  'key of another organization': { asker: { kind: 'other' } },
  'feature off': { feature: 'off' },
  'unknown id': { id: 'unknown' },
  'foreign id': { id: 'foreign' },
  'archived id': { id: 'archived' },
  'odd id': { id: 'odd' },
  'broken body': { body: 'broken' },
  'open body': { body: 'open' },
  'open query': { query: 'open' },
  'unknown reference': { reference: 'unknown' },
  'foreign reference': { reference: 'foreign' },
  'undocumented method': { method: 'undocumented' },
  large: { large: true },
};

/** Every set of one to three faults that can hold at once. */
function combinations(): readonly (readonly string[])[] {
  const names = Object.keys(faults);
  const fits = (set: readonly string[]): boolean => {
    const places = set.flatMap((name) => Object.keys(faults[name] ?? {}));
    return new Set(places).size === places.length;
  };
  const singles = names.map((name) => [name]);
  const grow = (sets: readonly (readonly string[])[]): readonly (readonly string[])[] =>
    sets.flatMap((set) => names.slice(names.indexOf(set.at(-1) ?? '') + 1).map((name) => [...set, name]));
  const pairs = grow(singles);
  return [[], ...singles, ...pairs, ...grow(pairs)].filter(fits);
}

function situationWith(names: readonly string[]): Situation {
  return { ...plain, ...Object.assign({}, ...names.map((name) => faults[name])) };
}

function inWords({ status, code, breaks, because }: LawfulAnswer): string {
  const told = code === undefined ? String(status) : `${status} ${code}`;
  const sure = because.length === 1 ? `proves ${because[0]}` : `explained by ${because.join(' or ')}`;
  return `${told} (${sure}${breaks === undefined ? '' : `, against ${breaks}`})`;
}

it('holds for every pair and triple of faults', async () => {
  const lines = combinations().map((names) => {
    const answers = lawfulAnswers(contract, situationWith(names)).map(inWords);
    return `${names.join(' + ') || 'nothing wrong'}\n  ${answers.join('\n  ')}`;
  });
  await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('./lawful.table.txt');
});

describe('in every combination', () => {
  const all = combinations().map((names) => ({ names, situation: situationWith(names) }));

  it('tells a bad credential first on a documented operation', () => {
    for (const { names, situation } of all) {
      if (!names.includes('bad credential') || situation.method !== 'documented') continue;
      const statuses = lawfulAnswers(contract, situation).map(({ status }) => status);
      expect(statuses, names.join()).toEqual(situation.large ? [401, 413, 414, 431] : [401]);
    }
  });

  it('never lets a request succeed that has a certain fault', () => {
    const certain = new Set([
      'bad credential',
      'low role',
      'feature off',
      'unknown id',
      'foreign id',
      'odd id',
      'broken body',
      'foreign reference',
      'undocumented method',
    ]);
    for (const { names, situation } of all)
      expect(maySucceed(contract, situation), names.join()).toBe(!names.some((name) => certain.has(name)));
  });

  it('lets 403 forbidden_role prove the role, whatever else is wrong', () => {
    for (const { names, situation } of all) {
      if (!names.includes('low role') || names.includes('odd id') || names.includes('undocumented method'))
        continue;
      expect(proof(situation, 'role', 403, 'forbidden_role'), names.join()).toEqual({ kind: 'proven' });
    }
  });

  it('takes nothing for lawful that a smaller set of the same faults makes unlawful with one of them', () => {
    for (const { names, situation } of all) {
      if (names.length < 2 || names.includes('bad credential') || names.includes('undocumented method'))
        continue;
      const parts = names.flatMap((name) => lawfulAnswers(contract, situationWith([name])).map(keyOf));
      for (const answer of lawfulAnswers(contract, situation))
        expect(parts, names.join()).toContain(keyOf(answer));
    }
  });
});

function keyOf({ status, code }: LawfulAnswer): string {
  return `${status} ${code ?? ''}`;
}

function proof(
  situation: Situation,
  about: Cause,
  status: number,
  code?: string,
): ReturnType<typeof proofIn> {
  const received = { status, ...(code === undefined ? {} : { code }) };
  return proofIn(contract, lawfulAnswers(contract, situation), about, received);
}

describe('what an answer proves', () => {
  it('is nothing of the role where a broken body is refused first', () => {
    const situation: Situation = {
      ...situationWith(['low role']),
      operation: 'updateWorkflow',
      body: 'broken',
    };
    expect(proof(situation, 'role', 400)).toEqual({
      kind: 'explained-otherwise',
      because: '400 is also explained by the body, which a documented rule makes invalid',
    });
  });

  it('is nothing of the role where the id is refused first, for its form or because nothing has it', () => {
    const situation = situationWith(['low role', 'unknown id']);
    expect(proof(situation, 'role', 404)).toMatchObject({ kind: 'explained-otherwise' });
    expect(proof(situation, 'role', 400)).toMatchObject({ kind: 'explained-otherwise' });
    expect(proof(situation, 'existence', 404)).toEqual({ kind: 'proven' });
    expect(proof(situation, 'existence', 400)).toMatchObject({ kind: 'explained-otherwise' });
  });

  it('is nothing where the answer is not lawful', () => {
    expect(proof(situationWith(['low role']), 'role', 200)).toMatchObject({
      because: '200 is not lawful here',
    });
  });
});

function codes(situation: Situation, status: number, code: string): readonly LawfulAnswer[] {
  return matchingAnswers(contract, lawfulAnswers(contract, situation), { status, code });
}

describe('a code that the contract gives a meaning', () => {
  it('is no refusal of what is left open', () => {
    expect(codes(situationWith(['open body']), 403, 'forbidden_role')).toEqual([]);
    expect(codes(situationWith(['open body']), 401, 'unauthenticated')).toEqual([]);
    expect(codes(situationWith(['open body']), 422, 'too_odd')).toHaveLength(1);
  });

  it('may come first where a method or an odd id is refused', () => {
    expect(codes(situationWith(['undocumented method']), 401, 'unauthenticated')).toHaveLength(1);
    expect(codes(situationWith(['odd id']), 403, 'forbidden_role')).toHaveLength(1);
  });
});

describe('a success', () => {
  it('of an update may have another status, which is an advisory', () => {
    const answers = lawfulAnswers(contract, plain);
    expect(matchingAnswers(contract, answers, { status: 200 }).map(({ breaks }) => breaks)).toEqual([
      undefined,
    ]);
    expect(matchingAnswers(contract, answers, { status: 202 }).map(({ breaks }) => breaks)).toEqual([
      'write-status',
    ]);
  });

  it('of a create has the documented status alone', () => {
    const answers = lawfulAnswers(contract, { ...plain, operation: 'createWorkflow' });
    expect(matchingAnswers(contract, answers, { status: 200 })).toEqual([]);
  });

  it('needs no credential where the operation needs none', () => {
    const situation: Situation = { ...plain, operation: 'getOpenapi', asker: { kind: 'bad' } };
    expect(maySucceed(contract, situation)).toBe(true);
    expect(matchingAnswers(contract, lawfulAnswers(contract, situation), { status: 401 })).toEqual([]);
  });

  it('of a dispatch that is sent again may have the status of a replay', () => {
    const dispatch: Situation = { ...plain, operation: 'dispatchRun' };
    const statuses = (replay: boolean): readonly unknown[] =>
      lawfulAnswers(contract, { ...dispatch, replay }).map(({ status }) => status);
    expect(statuses(false)).toEqual([202]);
    expect(statuses(true)).toEqual([202, 200]);
  });
});
