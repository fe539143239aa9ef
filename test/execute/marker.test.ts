import { describe, expect, it } from 'vitest';
import { createMarkers, markIn, otherRunOn } from '../../src/execute/marker.ts';

describe('the mark of a run', () => {
  const startedAt = new Date('2026-11-27T05:10:40Z');

  it('tells the run and the minute in which it began, wherever it stands in a text', () => {
    const next = createMarkers('0123abcd', startedAt);
    const text = `a label ${next()} and more`;
    expect(markIn(text)).toEqual({
      runId: '0123abcd',
      startedAt: new Date('2026-11-27T05:10:00Z'),
      index: 'a label '.length,
    });
  });

  it('is never the beginning of another one of the run', () => {
    const next = createMarkers('0123abcd', startedAt);
    const all = Array.from({ length: 1_200 }, next);
    expect(new Set(all).size).toBe(all.length);
    expect(new Set(all.map(({ length }) => length)).size).toBe(1);
  });

  it('is not in other texts, and tells no time where it is of another form', () => {
    for (const text of ['', 'cf-', 'cf-0123abc-1', 'CF-0123ABCD-1', 'conformance', 7, null]) {
      expect(markIn(text)).toBeUndefined();
    }
    expect(markIn('cf-0badcafe-17')).toEqual({ runId: '0badcafe', startedAt: undefined, index: 0 });
  });

  it('is another run’s where any of the marks is', () => {
    expect(otherRunOn('cf-0123abcd-1', '0123abcd')).toBeUndefined();
    expect(otherRunOn('cf-0123abcd-1 cf-0badcafe-1', '0123abcd')).toBe('0badcafe');
    expect(otherRunOn({ label: 'cf-0badcafe-1' }, '0123abcd')).toBeUndefined();
  });
});
