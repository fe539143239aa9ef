import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { loadContract } from '../../src/contract/load.ts';
import { digestOf, planCases } from '../../src/plan/plan.ts';
import { factsOf } from '../../src/selftest/fact-proofs.ts';

const contract = await loadContract();
const cases = planCases(contract, { seed: 1 });
const ids = cases.map(({ id }) => id);

describe('the plan', () => {
  it('has the ids that are frozen in case-ids.txt: npm run case-ids changes them on purpose', async () => {
    const frozen = (await readFile('test/plan/case-ids.txt', 'utf8')).trimEnd().split('\n');
    const [was, is] = [new Set(frozen), new Set(ids)];
    expect({
      gone: frozen.filter((id) => !is.has(id)),
      added: ids.filter((id) => !was.has(id)),
    }).toEqual({ gone: [], added: [] });
    expect(frozen).toEqual(frozen.toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('is the same for the same seed', () => {
    const again = planCases(contract, { seed: 1 });
    expect(JSON.stringify(again)).toBe(JSON.stringify(cases));
    expect(digestOf(again)).toBe(digestOf(cases));
  });

  it('has the same ids for another seed, and other requests', () => {
    const other = planCases(contract, { seed: 2 });
    expect(other.map(({ id }) => id)).toEqual(ids);
    expect(digestOf(other)).not.toBe(digestOf(cases));
  });

  it('tests facts and places of the contract alone', () => {
    const facts = factsOf(contract);
    const strange = cases.flatMap((one) =>
      one.facts.filter((fact) => !facts.has(fact)).map((fact) => [one.id, fact]),
    );
    expect(strange).toEqual([]);
  });

  it('tests every fact', () => {
    const tested = new Set(cases.flatMap(({ facts }) => facts));
    expect([...factsOf(contract).keys()].filter((fact) => !tested.has(fact))).toEqual([]);
  });
});
