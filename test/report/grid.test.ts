import { describe, expect, it } from 'vitest';
import { gridOf } from '../../src/report/grid.ts';
import { gridText } from '../../src/report/terminal/grid-text.ts';
import { createStyle } from '../../src/report/terminal/style.ts';
import { failedCase, sampleCase, sampleFinding, sampleResults } from './sample.ts';

const unjudged = { status: 'inconclusive', reason: 'none is listed' } as const;
const cases = [
  sampleCase('org/getOrg/access/viewer'),
  sampleCase('org/getOrg/access/editor', { findings: [{ ...sampleFinding, level: 'should' }] }),
  failedCase('org/getOrg/authentication/revoked'),
  sampleCase('org/getOrg/authentication/none'),
  sampleCase('org/getOrg/isolation/otherOrg'),
  sampleCase('runs/getRun/access/viewer', unjudged),
  failedCase('runs/getRun/not-found/viewer'),
  sampleCase('runs/getRun/access/editor', { status: 'skipped', reason: 'no key' }),
  sampleCase('runs/getRun/authentication/garbage'),
  sampleCase('runs/getRun/not-found/otherOrg', unjudged),
];

describe('gridOf', () => {
  it('has the roles, no key, other credentials and bad keys as columns', () => {
    expect(gridOf(sampleResults(cases)).columns).toEqual([
      'viewer',
      'editor',
      'no key',
      'otherOrg',
      'bad key',
    ]);
  });

  it('shows the worst of a cell', () => {
    const states = gridOf(sampleResults(cases)).rows.map(({ cells }) => cells.map(({ state }) => state));
    expect(states).toEqual([
      ['passed', 'advisories', 'passed', 'passed', 'violations'],
      ['violations', 'skipped', 'none', 'inconclusive', 'passed'],
    ]);
  });

  it('takes advisories for violations in a strict run', () => {
    expect(gridOf(sampleResults(cases, { strict: true })).rows[0]?.cells[1]?.state).toBe('violations');
  });
});

describe('gridText', () => {
  it('draws one symbol a pair, and the legend of those that occur', () => {
    expect(gridText(gridOf(sampleResults(cases)), createStyle(false), 100)).toBe(
      [
        '          viewer  editor  no key  otherOrg  bad key',
        'org',
        '  getOrg    ✓       !       ✓        ✓         ✗',
        'runs',
        '  getRun    ✗       –                ?         ✓',
        '',
        '✓ all passed   ✗ violations   ! advisories only   ? could not be judged   – not sent',
      ].join('\n'),
    );
  });

  it('counts the operations of which nothing was sent', () => {
    const unsent = sampleCase('runs/listRuns/access/viewer', { status: 'skipped', reason: 'not asked for' });
    const text = gridText(gridOf(sampleResults([...cases, unsent])), createStyle(false), 100);
    expect(text).not.toContain('listRuns');
    expect(text).toContain('\nand 1 operation of which nothing was sent\n');
  });

  it('cuts headings until it fits', () => {
    const [head = ''] = gridText(gridOf(sampleResults(cases)), createStyle(false), 36).split('\n');
    expect(head).toBe('          vi…  ed…  no…  ot…  ba…');
  });
});
