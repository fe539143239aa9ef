import { describe, expect, it } from 'vitest';
import { gridOf, type Grid } from '../../src/report/grid.ts';
import { gridText } from '../../src/report/terminal/grid-text.ts';
import { createStyle } from '../../src/report/terminal/style.ts';
import type { CaseResult } from '../../src/results/types.ts';
import {
  cellCase,
  failedCase,
  sampleCase,
  sampleFinding,
  sampleOperations,
  sampleResults,
  sampleWrite,
} from './sample.ts';

const unjudged = { status: 'inconclusive', reason: 'none is listed' } as const;
const unsent = { status: 'skipped', reason: 'not asked for' } as const;
const write = 'workflows/createWorkflow';
const cases = [
  cellCase('org/getOrg/access/viewer'),
  cellCase('org/getOrg/access/editor', undefined, { findings: [{ ...sampleFinding, level: 'should' }] }),
  failedCase('org/getOrg/authentication/revoked'),
  sampleCase('org/getOrg/authentication/none'),
  sampleCase('org/getOrg/isolation/otherOrg', unjudged),
  cellCase(`${write}/denied/viewer`),
  sampleCase(`${write}/access/editor`, unsent),
  sampleCase(`${write}/validation/editor`),
  sampleCase(`${write}/authentication/none`),
  sampleCase(`${write}/authentication/garbage`),
];
const byBody = cellCase(`${write}/denied/viewer`, '400 explains itself by the body');

function grid(given: readonly CaseResult[], strict = false): Grid {
  return gridOf(sampleResults(given, { strict, operations: [...sampleOperations, sampleWrite] }));
}

function squareOfViewer(...more: readonly CaseResult[]): string | undefined {
  return grid([cellCase('org/getOrg/access/viewer'), ...more]).rows[1]?.cells[0]?.state;
}

describe('gridOf', () => {
  it('has the roles, no key, other credentials and bad keys as columns', () => {
    expect(grid(cases).columns).toEqual(['viewer', 'editor', 'no key', 'otherOrg', 'bad key']);
  });

  it('shows what is proven of a role, or worse, and of other credentials the worst of their cases', () => {
    const states = grid(cases).rows.map(({ cells }) => cells.map(({ state }) => state));
    expect(states).toEqual([
      ['passed', 'advisories', 'passed', 'inconclusive', 'violations'],
      ['refused', 'skipped', 'passed', 'none', 'passed'],
    ]);
  });

  it('shows no tick for a refusal that proves nothing, whatever else passed', () => {
    const other = sampleCase(`${write}/role-source/header`, { credential: 'viewer' });
    expect(squareOfViewer(byBody, other)).toBe('inconclusive');
    expect(squareOfViewer({ ...byBody, cell: { ...byBody.cell, ...accepted } })).toBe('known');
    expect(squareOfViewer(other)).toBe('skipped');
  });

  it('shows a violation before all else', () => {
    expect(squareOfViewer(byBody, failedCase(`${write}/not-found/viewer`))).toBe('violations');
  });

  it('takes advisories for violations in a strict run', () => {
    expect(grid(cases, true).rows[0]?.cells[1]?.state).toBe('violations');
  });
});

const accepted = { role: 'viewer', decision: 'denied', standing: 'not-proven', known: 'agreed' } as const;

function text(given: readonly CaseResult[], width: number): string {
  return gridText(grid(given), createStyle(false), width);
}

describe('gridText', () => {
  it('draws one symbol a pair, and the legend of those that occur', () => {
    expect(text(cases, 120)).toBe(
      [
        '                  viewer  editor  no key  otherOrg  bad key',
        'org',
        '  getOrg            ✓       !       ✓        ?         ✗',
        'workflows',
        '  createWorkflow    –       ·       ✓                  ✓',
        '',
        '✓ passed; of a role: allowed, proven   – refused as declared, proven   ✗ violations   ! advisories only',
        '? tried, not proven or not judged   · not tried',
      ].join('\n'),
    );
  });

  it('counts the operations of which nothing was sent', () => {
    const drawn = text([...cases, sampleCase('runs/listRuns/access/viewer', unsent)], 100);
    expect(drawn).not.toContain('listRuns');
    expect(drawn).toContain('\nand 1 operation of which nothing was sent\n');
  });

  it('has codes of their own for columns that do not fit, and says what they stand for', () => {
    const named = [...cases, cellCase('org/getOrg/access/visitor'), cellCase('org/getOrg/access/owner')];
    const drawn = text(named, 48);
    expect(drawn.split('\n')[0]).toBe('                  vie  ed  vis  ow  no  ot  ba');
    expect(drawn).toContain('vie viewer, ed editor, vis visitor');
    expect(Math.max(...drawn.split('\n').map((line) => line.length))).toBeLessThanOrEqual(50);
  });
});
