import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { axes, defects, dialects, pointText, readPoint } from '../../mock/index.ts';
import { choicesOf } from '../../mock/axes/index.ts';
import { unseenWhere as table } from '../../mock/defects/unseen-where.ts';

const page = await readFile('docs/ambiguities.md', 'utf8');

/** The ids in the first column of the tables between two headings. */
function idsBetween(from: string, to: string): readonly string[] {
  const part = page.slice(page.indexOf(from), page.indexOf(to));
  return [...part.matchAll(/^\| `([\w-]+)`/gm)].map(([, id = '']) => id);
}

describe('the axes', () => {
  it('are many, each with several values and an id of its own', () => {
    expect(axes.length).toBeGreaterThan(100);
    expect(new Set(axes.map(({ id }) => id)).size).toBe(axes.length);
    expect(
      axes.filter(({ values }) => new Set(values).size < 2 || new Set(values).size < values.length),
    ).toEqual([]);
  });

  it('have ids and values that a point can be written with', () => {
    const words = axes.flatMap(({ id, values }) => [id, ...values]);
    expect(words.filter((word) => !/^[\w./-]+$/.test(word))).toEqual([]);
  });

  it('say what leaves them open', () => {
    expect(axes.filter(({ open }) => !/^.{8,}\.$/.test(open))).toEqual([]);
  });
});

describe('the page of ambiguities', () => {
  const ambiguities = idsBetween('## Envelopes and records', '## No axis of the mock');
  const withoutAxis = idsBetween('## No axis of the mock', '## Topics');
  const withAxis = new Set(axes.map(({ ambiguity }) => ambiguity));

  it('names each ambiguity once', () => {
    expect(ambiguities.length).toBeGreaterThan(80);
    expect(new Set(ambiguities).size).toBe(ambiguities.length);
  });

  it('has the ambiguity of every axis', () => {
    expect([...withAxis].filter((id) => !ambiguities.includes(id))).toEqual([]);
  });

  it('has an axis for every ambiguity, or says why there is none', () => {
    expect(ambiguities.filter((id) => !withAxis.has(id)).toSorted()).toEqual(withoutAxis.toSorted());
  });
});

describe('a named dialect', () => {
  it.each(dialects.map(({ id, values }) => [id, values] as const))('%s is a point', (id, values) => {
    expect(() => choicesOf(values)).not.toThrow();
    const known = new Set(axes.map((axis) => axis.id));
    expect(Object.keys(values).filter((axis) => !known.has(axis))).toEqual([]);
    expect(readPoint(id)).toEqual({ kind: 'point', values });
  });

  it('is none of the others', () => {
    expect(new Set(dialects.map(({ values }) => pointText(values))).size).toBe(dialects.length);
  });
});

describe('where a defect cannot be seen', () => {
  it('is said of defects that there are, in values of axes', () => {
    const known = new Set(axes.flatMap(({ id, values }) => values.map((value) => `${id}=${value}`)));
    const hiding = defects.flatMap(({ unseenWhere = [] }) =>
      unseenWhere.flatMap((point) => Object.entries(point)),
    );
    expect(hiding.map((pair) => pair.join('=')).filter((choice) => !known.has(choice))).toEqual([]);
    const hidden = defects.filter((defect) => defect.unseenWhere !== undefined).map(({ id }) => id);
    expect(hidden.toSorted()).toEqual(Object.keys(table).toSorted());
  });
});

describe('a point is read', () => {
  it.each([
    ['plain', {}],
    ['runs.order=oldest', { 'runs.order': 'oldest' }],
    ['runs.order=newest', {}],
    [' runs.order = oldest , lists.lagMs=3s ', { 'lists.lagMs': '3s', 'runs.order': 'oldest' }],
    ['runs.order=oldest,runs.order=by-id', { 'runs.order': 'by-id' }],
  ])('from %j', (text, values) => {
    expect(readPoint(text)).toEqual({ kind: 'point', values });
  });

  it('from a name and what differs from it', () => {
    const reading = readPoint('bare-arrays,ids.form=prefixed');
    const { 'ids.form': _form, ...values } = dialects.find(({ id }) => id === 'bare-arrays')?.values ?? {};
    expect(reading).toEqual({ kind: 'point', values });
  });

  it('from a seed, which is the same point each time and another for another seed', () => {
    expect(readPoint('seed:7')).toEqual(readPoint('seed:7'));
    expect(readPoint('seed:7')).not.toEqual(readPoint('seed:8'));
  });

  it('from its own text', () => {
    const reading = readPoint('seed:3');
    expect(reading.kind === 'point' && readPoint(pointText(reading.values))).toEqual(reading);
  });

  it('draws every value of every axis in time', () => {
    const seen = new Set<string>();
    for (let seed = 0; seed < 120; seed += 1) {
      const reading = readPoint(`seed:${seed}`);
      for (const [id, value] of Object.entries(reading.kind === 'point' ? reading.values : {}))
        seen.add(`${id}=${value}`);
    }
    const all = axes.flatMap(({ id, values }) => values.slice(1).map((value) => `${id}=${value}`));
    expect(all.filter((choice) => !seen.has(choice))).toEqual([]);
  });

  it.each([
    ['plan', 'dialect', 'plan', 'plain'],
    ['', 'dialect', '', 'plain'],
    ['seed:', 'dialect', 'seed:', 'seed:N'],
    ['seed:x', 'dialect', 'seed:x', 'seed:N'],
    ['run.order=oldest', 'axis', 'run.order', 'runs.order'],
    ['runs.order=odest', 'value of runs.order', 'odest', 'oldest'],
    ['plain,runs.order=', 'value of runs.order', '', 'oldest'],
    ['constructor=x', 'axis', 'constructor', 'runs.order'],
  ])('but not from %j', (text, what, word, near) => {
    const reading = readPoint(text);
    expect(reading).toMatchObject({ kind: 'unknown', what, word });
    expect(reading.kind === 'unknown' && reading.known).toContain(near);
  });
});
