/** Every report says the same of the cells, for all of them read one computation. */
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { annotations } from '../../src/report/annotations.ts';
import { badgeOf } from '../../src/report/badge.ts';
import { compareMarkdown } from '../../src/report/compare-markdown.ts';
import { compareResults } from '../../src/report/compare.ts';
import { ctrfJson } from '../../src/report/ctrf.ts';
import { historyEntry } from '../../src/report/history.ts';
import { reportHtml } from '../../src/report/html/document.ts';
import { pageData } from '../../src/report/html/page-data.ts';
import { junitXml } from '../../src/report/junit.ts';
import { observedMatrixYaml } from '../../src/report/observed-matrix.ts';
import { claimOf } from '../../src/report/claim.ts';
import { summaryMarkdown } from '../../src/report/summary.ts';
import { reportText } from '../../src/report/terminal/report-text.ts';
import type { Results } from '../../src/results/types.ts';
import { cellCase, sampleCase, sampleOperations, sampleResults, sampleWrite } from './sample.ts';

const byBody = '400 explains itself by the body';
const unsent = { status: 'skipped', reason: 'guarded does not send it', remedy: '--profile full' } as const;
const facts = ['createWorkflow/roles'];

/** Of two roles: both may read; the write is refused to the viewer, and not tried by the editor. */
function run(because: string | undefined = byBody, more: Partial<Omit<Results, 'levels'>> = {}): Results {
  const cases = [
    cellCase('org/getOrg/access/viewer'),
    cellCase('org/getOrg/access/editor'),
    cellCase('workflows/createWorkflow/denied/viewer', because),
    sampleCase('workflows/createWorkflow/access/editor', { ...unsent, facts }),
  ];
  return sampleResults(cases, {
    operations: [...sampleOperations, sampleWrite],
    profile: 'guarded',
    ...more,
  });
}

const open = run();
const closed = sampleResults(
  open.cases.map((one) =>
    one.cell === undefined ? one : { ...one, cell: { ...one.cell, standing: 'proven' as const } },
  ),
  { operations: open.operations, profile: 'guarded' },
);
const counts = 'cells: 2 proven, 1 not proven, 1 not tried';
const sentence =
  'Cell tried and not proven: createWorkflow/viewer (400 explains itself by the body; to decide it: --profile full).';

describe('the cells of a run', () => {
  it('are counted in the verdict line, and those not proven told in one sentence with what decides them', () => {
    const text = reportText(open, { colors: false, width: 500, volume: 'normal' });
    expect(text).toContain(`3 passed (1 of them proves nothing), 0 failed`);
    expect(text).toContain(`; ${counts}; profile guarded`);
    expect(text).toContain(sentence);
    expect(text).toContain(
      '· 1 cell (createWorkflow/editor): guarded does not send it; to change that: --profile full',
    );
    expect(text).toMatch(/^ {2}createWorkflow +\? +·$/m);
    expect(reportText(open, { colors: false, width: 500, volume: 'quiet' })).toContain(sentence);
  });

  it('are told alike by summary, page, statement, badge and history', () => {
    expect(summaryMarkdown(open)).toContain(counts);
    expect(summaryMarkdown(open)).toContain('Cell tried and not proven: createWorkflow/viewer');
    const page = reportHtml(open, [], { script: '', style: '' });
    expect(page).toContain(counts);
    expect(page).toContain(sentence);
    const cells = { proven: 2, broken: 0, notProven: 1, notTried: 1 };
    expect(claimOf(open)).toMatchObject({
      verdict: 'inconclusive',
      exitCode: 4,
      cells: {
        ...cells,
        open: [
          { cell: 'createWorkflow/viewer', standing: 'not-proven' },
          { cell: 'createWorkflow/editor', standing: 'not-tried' },
        ],
      },
      surfaces: [
        { surface: 'org', level: 'full' },
        { surface: 'workflows', level: 'partial' },
      ],
    });
    expect(badgeOf(open).message).toBe('inconclusive, 1 cell not tried (3 of 4 judged)');
    expect(badgeOf(closed).message).toBe('conformant, 1 cell not tried (3 of 4 judged)');
    expect(historyEntry(open).cells).toEqual(cells);
  });

  it('stand beside what was observed in observed-matrix.yaml', () => {
    expect(parse(observedMatrixYaml(open))).toMatchObject({
      cells: {
        getOrg: { viewer: 'proven', editor: 'proven' },
        createWorkflow: { viewer: 'not proven', editor: 'not tried' },
      },
    });
  });

  it('are tests of their own where no case tells of them: an error, or skipped where that is allowed', () => {
    const xml = junitXml(open);
    expect(xml).toMatch(/<testsuites [^>]*tests="5" failures="0" errors="1"/);
    expect(xml).toContain('<testcase name="createWorkflow/viewer" classname="cells">');
    expect(xml).toContain('<error type="not-proven" message="tried and not proven: 400 explains itself');
    expect(xml).toContain('lawful, but it proves nothing of whether viewer may not');
    expect(junitXml(run(byBody, { allowInconclusive: true }))).toMatch(/tests="5" failures="0" errors="0"/);
    expect(junitXml(closed)).toMatch(/tests="4" failures="0" errors="0"/);
    const ctrf = JSON.parse(ctrfJson(open)) as { results: { summary: object; tests: { name: string }[] } };
    expect(ctrf.results.summary).toMatchObject({ tests: 5, passed: 3, other: 1 });
    expect(ctrf.results.tests.at(-1)).toMatchObject({ name: 'cells/createWorkflow/viewer', status: 'other' });
  });

  it('are a warning in GitHub Actions', () => {
    expect(annotations(open)).toEqual([`::warning title=Cells tried and not proven::${sentence}`]);
    expect(annotations(closed)).toEqual([]);
  });

  it('are told by compare where they lost their proof', () => {
    const worse = compareResults(closed, open);
    expect(worse).toMatchObject({
      newViolations: [],
      noLongerProven: [{ cell: 'createWorkflow/viewer', old: 'proven', new: 'not-proven' }],
      provenNow: [],
    });
    expect(compareMarkdown(worse)).toContain(
      '### Cells proven before, no longer: 1\n\n- `createWorkflow/viewer` proven, now not proven',
    );
    expect(compareResults(open, closed).provenNow).toHaveLength(1);
    const older = sampleResults([sampleCase('org/getOrg/access/viewer')]);
    expect(compareResults(closed, older).noLongerProven).toEqual([]);
  });

  it('are in no report of results that tell of none', () => {
    const older = sampleResults([sampleCase('org/getOrg/access/viewer')]);
    expect(reportText(older, { colors: false, width: 500, volume: 'normal' })).not.toContain('cells:');
    expect(claimOf(older)).not.toHaveProperty('cells');
    expect(badgeOf(older).message).toBe('conformant (1 of 1 judged)');
    expect(parse(observedMatrixYaml(older))).not.toHaveProperty('cells');
  });
});

describe('a case that proves nothing', () => {
  it('has a state of its own in the page, with why', () => {
    const data = pageData(open);
    const [row] = data.cases.filter(([id]) => id === 'workflows/createWorkflow/denied/viewer');
    expect(data.states[row?.[5] ?? -1]).toBe('proves-nothing');
    expect(data.notes[row?.[6] ?? -1]).toBe(
      `lawful, but it proves nothing of whether viewer may not: ${byBody}`,
    );
  });

  it('is counted where it is about no cell, and makes no cell open', () => {
    const other = sampleCase('runs/getRun/isolation/otherOrg', { provesNothing: 'the id may be unknown' });
    const results = sampleResults([...closed.cases, other], { operations: closed.operations });
    expect(results).toMatchObject({ exitCode: 0, summary: { passed: 4, provesNothing: 1 } });
    expect(junitXml(results)).toContain('lawful, but it proves nothing: the id may be unknown');
  });
});
