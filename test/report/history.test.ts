import { describe, expect, it } from 'vitest';
import { addToHistory, historyEntry, historyText, mostRuns, parseHistory } from '../../src/report/history.ts';
import { sampleCase, sampleResults } from './sample.ts';

const entry = historyEntry(sampleResults([sampleCase('org/getOrg/access/viewer')]));

describe('the history', () => {
  it('is a line a run, and comes back as it was', () => {
    const text = historyText([entry, { ...entry, runId: 'r2' }]);
    expect(text.trimEnd().split('\n')).toHaveLength(2);
    expect(parseHistory(text)).toEqual([entry, { ...entry, runId: 'r2' }]);
  });

  it('does without a line that is damaged', () => {
    const whole = historyText([entry]);
    expect(parseHistory(`${whole.slice(0, 40)}\n{}\nnull\n{"runId":1}\n${whole}`)).toEqual([entry]);
  });

  it('keeps the last runs, and a run once', () => {
    const many = Array.from({ length: mostRuns }, (_unused, index) => ({ ...entry, runId: `n${index}` }));
    const added = addToHistory(many, entry);
    expect(added).toHaveLength(mostRuns);
    expect([added[0]?.runId, added.at(-1)?.runId]).toEqual(['n1', 'r1']);
    expect(addToHistory(added, entry)).toEqual(added);
  });
});
