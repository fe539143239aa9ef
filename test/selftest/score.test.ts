import { describe, expect, it } from 'vitest';
import { selftestText } from '../../src/selftest/report-text.ts';
import { exitCodeOf, scoreOf, suiteScoreOf, type Scored } from '../../src/selftest/score.ts';
import type { Miss } from '../../src/selftest/types.ts';
import { sampleAlarm, sampleDefect, sampleDialect, sampleOutcome } from './outcomes.ts';

const nothing: Scored = { dialects: [], defects: [], misses: [], surprises: [], faults: [] };
const quiet = sampleDialect();
const caught = sampleOutcome();
const green = sampleOutcome({ fate: 'green', exitCode: 0, red: [] });
const unseen = { why: 'it is not sent', tried: false };
const miss: Miss = { defect: sampleDefect.id, dialect: 'seed:7', profile: 'full', fate: 'green' };
const because = [{ axis: 'runs.order', value: 'oldest' }];

describe('the exit code of a self-test', () => {
  it.each<[string, Partial<Scored>, number]>([
    ['all is found and none accused', { dialects: [quiet], defects: [caught] }, 0],
    ['nothing was tried', {}, 1],
    ['a defect survived in full', { dialects: [quiet], defects: [green] }, 1],
    ['a dialect was accused', { dialects: [sampleDialect({ falseAlarms: [sampleAlarm] })] }, 1],
    [
      'a family is not on record',
      { defects: [caught], surprises: [{ defect: sampleDefect.id, family: 'c', case: 'a/b/c/d' }] },
      1,
    ],
    ['the suite failed', { dialects: [sampleDialect({ faults: ['it broke'] })], defects: [green] }, 5],
    ['a thread broke', { dialects: [quiet], faults: ['it broke'] }, 5],
    ['read does not send what finds it', { defects: [{ ...green, profile: 'read', unseen }] }, 0],
    ['guarded does not try it', { defects: [{ ...green, profile: 'guarded', unseen }] }, 0],
    [
      'guarded tries its cell and stays green',
      { defects: [{ ...green, profile: 'guarded', unseen: { ...unseen, tried: true } }] },
      1,
    ],
    [
      'guarded tries its cell and says that it could not judge',
      {
        defects: [{ ...green, fate: 'inconclusive', profile: 'guarded', unseen: { ...unseen, tried: true } }],
      },
      0,
    ],
    ['a choice hides it', { defects: [caught], misses: [{ ...miss, because }] }, 1],
    ['the plain point hides it too', { defects: [caught], misses: [{ ...miss, because: [] }] }, 1],
  ])('where %s', (_name, outcomes, exitCode) => {
    expect(exitCodeOf(scoreOf({ ...nothing, ...outcomes }))).toBe(exitCode);
  });
});

describe('the score', () => {
  it('counts each fate in each profile', () => {
    const { profiles } = scoreOf({
      ...nothing,
      dialects: [quiet, sampleDialect({ dialect: 'seed:1', profile: 'guarded', open: ['getOrg/viewer'] })],
      defects: [
        caught,
        { ...green, profile: 'guarded' },
        { ...caught, fate: 'elsewhere', profile: 'guarded' },
      ],
    });
    expect(Object.keys(profiles)).toEqual(['guarded', 'full']);
    expect(profiles.guarded).toEqual({
      defects: 2,
      caught: 0,
      elsewhere: 1,
      inconclusive: 0,
      green: 1,
      dialects: 1,
      falseAlarms: 0,
      notProven: 1,
    });
  });

  it('is one of the suite where every profile was tried', () => {
    const all = (['smoke', 'read', 'guarded', 'full'] as const).map((profile) => sampleDialect({ profile }));
    expect(suiteScoreOf(scoreOf({ ...nothing, dialects: all }))).toHaveProperty('smoke.dialects', 1);
    expect(suiteScoreOf(scoreOf({ ...nothing, dialects: all.slice(1) }))).toBeUndefined();
  });

  it('is told with everything that went wrong, by name', () => {
    const alarms = [
      { ...sampleAlarm, because },
      { ...sampleAlarm, dialect: 'seed:7', because },
    ];
    const outcomes: Scored = {
      dialects: alarms.map((alarm) => sampleDialect({ dialect: alarm.dialect, falseAlarms: [alarm] })),
      defects: [
        { ...green, unseen },
        { ...green, profile: 'guarded', unseen: { ...unseen, tried: true, sent: 'a/b/c/d' } },
      ],
      misses: [{ ...miss, because }],
      surprises: [{ defect: sampleDefect.id, family: 'c', case: 'a/b/c/d' }],
      faults: ['it broke'],
    };
    expect(selftestText({ ...outcomes, score: scoreOf(outcomes) })).toMatchInlineSnapshot(`
      "false alarm: runs.order=oldest, full: 1 case on 2 dialects, such as a/b/c/d (failed): status: it is 200.
      survived: revoked-counts (auth-revoked, *): A revoked key counts. green, 1 cases, nothing turned red.
      open: revoked-counts (auth-revoked, *) ends green in guarded: it is not sent (a/b/c/d).
      missed: revoked-counts, full: green, hidden by runs.order=oldest
      not on record: revoked-counts turned red the family c, first a/b/c/d
      fault of the suite: it broke
      profile  dialects  false alarms  not all proven  defects  caught  red elsewhere  inconclusive  green
      guarded         0             0               0        1       0              0             0      1
      full            2             2               0        1       0              0             0      1
      2 false alarms; 1 survived; 1 open in guarded; 1 missed on other points; 1 family not on record
      "
    `);
  });
});
