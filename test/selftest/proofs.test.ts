import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { defects, dialects } from '../../mock/index.ts';
import { findingCodes } from '../../src/check/finding.ts';
import { scenarios } from '../../src/execute/scenarios/index.ts';
import { families } from '../../src/plan/types.ts';
import { readScore } from '../../src/report-files/suite-score.ts';
import { factProofs, isProvable } from '../../src/selftest/fact-proofs.ts';
import { serializeRecord, type FamiliesRecord } from '../../src/selftest/families-record.ts';
import { cases, contract } from './trials.ts';

/** What each defect turned red; `armature-conformance selftest --record` adds to it. */
const text = await readFile('test/selftest/families.json', 'utf8');
const record = JSON.parse(text) as FamiliesRecord;
const recorded = Object.values(record);

describe('each check is proven able to fail', () => {
  it('every fact has a case and a defect', () => {
    const lacking = factProofs(contract, cases, defects, []).filter((proof) => !isProvable(proof));
    expect(lacking.map(({ fact }) => fact)).toEqual([]);
  });

  it('every family of cases has a defect that turns it red', () => {
    const red = new Set(recorded.flatMap((entry) => entry.families));
    expect(families.filter((family) => !red.has(family))).toEqual([]);
  });

  it('every scenario is used by the plan', () => {
    const used = new Set(cases.flatMap(({ check }) => (check.kind === 'scenario' ? [check.scenario] : [])));
    expect(Object.keys(scenarios).filter((name) => !used.has(name))).toEqual([]);
  });

  it('every scenario is failed by a defect', () => {
    const failed = new Set(recorded.flatMap((entry) => entry.scenarios));
    expect(Object.keys(scenarios).filter((name) => !failed.has(name))).toEqual([]);
  });

  it('every code of a finding is told of a defect', () => {
    const told = new Set(recorded.flatMap(({ codes }) => codes));
    expect(findingCodes.filter((code) => !told.has(code))).toEqual([]);
  });
});

describe('the record', () => {
  it('has every defect of the catalogue and no other, in order', () => {
    expect(Object.keys(record)).toEqual(defects.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1)));
  });

  it('names families of the plan alone', () => {
    const known = new Set<string>(families);
    expect(recorded.flatMap((entry) => entry.families.filter((family) => !known.has(family)))).toEqual([]);
  });

  it('has a line a defect', () => {
    expect(serializeRecord(record)).toBe(text);
  });
});

const score = await readScore();

// A package without a measured score publishes none: there is nothing to hold.
describe.skipIf(score === undefined)('the score that is published', () => {
  it.each(['smoke', 'read', 'guarded', 'full'] as const)(
    'was measured with this catalogue in %s',
    (profile) => {
      const { defects: all, dialects: lawful, falseAlarms } = score?.[profile] ?? {};
      expect({ all, lawful, falseAlarms }).toEqual({
        all: defects.length,
        lawful: dialects.length,
        falseAlarms: 0,
      });
    },
  );

  it('is perfect in full', () => {
    expect(score?.full.caught).toBe(defects.length);
  });
});
