/** The record of what each defect turns red, so that nothing turns red unnoticed. Pure. */
import type { DefectOutcome, Surprise } from './types.ts';

/** What a defect is known to turn red. */
export interface Recorded {
  readonly families: readonly string[];
  readonly scenarios: readonly string[];
  /** Codes of findings. */
  readonly codes: readonly string[];
}

/** By defect id. */
export type FamiliesRecord = Readonly<Record<string, Recorded>>;

/** What an outcome adds to the record. */
export function recordedOf({ red }: DefectOutcome): Recorded {
  return {
    families: distinct(red.map(({ family }) => family)),
    scenarios: distinct(red.flatMap(({ scenario }) => (scenario === undefined ? [] : [scenario]))),
    codes: distinct(red.flatMap(({ codes }) => codes)),
  };
}

/**
 * The record with the outcomes added to what it knew of the same defects: a defect that breaks now this, now that
 * is recorded in a few runs. Defects that are not in the catalogue any more are taken out.
 */
export function withOutcomes(
  known: FamiliesRecord,
  outcomes: readonly DefectOutcome[],
  catalogue: readonly string[],
): FamiliesRecord {
  const record = new Map(Object.entries(known));
  for (const outcome of outcomes) {
    const before = record.get(outcome.defect.id);
    const now = recordedOf(outcome);
    record.set(outcome.defect.id, {
      families: distinct([...(before?.families ?? []), ...now.families]),
      scenarios: distinct([...(before?.scenarios ?? []), ...now.scenarios]),
      codes: distinct([...(before?.codes ?? []), ...now.codes]),
    });
  }
  return Object.fromEntries(
    [...record].filter(([id]) => catalogue.includes(id)).toSorted(([a], [b]) => (a < b ? -1 : 1)),
  );
}

/** The families that turned red and are not on record for their defect, each once a defect; any may of an erratic one. */
export function surprisesIn(outcomes: readonly DefectOutcome[], record: FamiliesRecord): readonly Surprise[] {
  return outcomes.flatMap(({ defect, red }) => {
    if (defect.erratic === true) return [];
    const expected = new Set(record[defect.id]?.families);
    const found = new Map<string, string>();
    for (const { id, family } of red) if (!expected.has(family) && !found.has(family)) found.set(family, id);
    return [...found].map(([family, id]) => ({ defect: defect.id, family, case: id }));
  });
}

/** The record as JSON, one line a defect. */
export function serializeRecord(record: FamiliesRecord): string {
  const lines = Object.entries(record).map(
    ([id, entry]) => `${JSON.stringify(id)}: ${JSON.stringify(entry)}`,
  );
  return `{\n${lines.join(',\n')}\n}\n`;
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}
