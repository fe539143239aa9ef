/** What a self-test tells on the terminal. Pure. */
import type { ProfileScore } from '../report/claim.ts';
import { kindOf } from './because.ts';
import { choiceText, type Point } from './points.ts';
import { staysOpen, survives } from './score.ts';
import type { SelftestResult } from './selftest.ts';
import type { DefectOutcome, DialectOutcome, FalseAlarm, Miss } from './types.ts';

/** A line on a dialect as it is done. */
export function dialectLine(outcome: DialectOutcome): string {
  const { dialect, profile, falseAlarms, open, cases, requests, faults } = outcome;
  const fate = falseAlarms.length === 0 ? 'no false alarm' : counted(falseAlarms.length, 'false alarm');
  const cells = open.length === 0 ? '' : `, ${counted(open.length, 'cell')} not proven`;
  const failed = faults.length === 0 ? '' : `, ${counted(faults.length, 'fault')} of the suite`;
  return `dialect ${shortened(dialect)}, ${profile}: ${fate} in ${cases} cases, ${requests} requests${cells}${failed}`;
}

/** A line on a defect that was not found where it must be. */
export function survivorLine({ defect, dialect, fate, cases, red }: DefectOutcome): string {
  const beside = red.length === 0 ? 'nothing turned red' : `red beside it: ${red[0]?.id ?? ''}`;
  const on = dialect === 'plain' ? '' : ` on ${shortened(dialect)}`;
  return `survived: ${defect.id} (${defect.fact}, ${defect.where})${on}: ${defect.description} ${fate}, ${cases} cases, ${beside}.`;
}

/** Everything that went wrong, by name, the table of the profiles, and the score in the last line. */
export function selftestText(result: SelftestResult): string {
  const { dialects, defects, misses, surprises, faults, score } = result;
  const lines = [
    ...alarmLines(dialects),
    ...defects.filter(survives).map(survivorLine),
    ...defects
      .filter(staysOpen)
      .map(
        ({ defect, unseen }) =>
          `open: ${defect.id} (${defect.fact}, ${defect.where}) ends green in guarded: ${unseen?.why ?? ''} (${unseen?.sent ?? 'another case of the cell'}).`,
      ),
    ...misses.map(missLine),
    ...surprises.map(
      ({ defect, family, case: one }) =>
        `not on record: ${defect} turned red the family ${family}, first ${one}`,
    ),
    ...faults.map((fault) => `fault of the suite: ${fault}`),
    ...[...dialects, ...defects].flatMap((outcome) =>
      outcome.faults.map((fault) => `fault of the suite with ${nameOf(outcome)}: ${fault}`),
    ),
    ...tableLines(Object.entries(score.profiles)),
    [
      counted(
        Object.values(score.profiles).reduce((sum, { falseAlarms }) => sum + falseAlarms, 0),
        'false alarm',
      ),
      `${score.survivors.length} survived`,
      `${score.open.length} open in guarded`,
      `${score.missed.length} missed on other points`,
      `${counted(score.surprises, 'family', 'families')} not on record`,
    ].join('; '),
  ];
  return `${lines.join('\n')}\n`;
}

/** Alarms that look alike and have one cause are told in one line. */
function alarmLines(dialects: readonly DialectOutcome[]): readonly string[] {
  const groups = new Map<string, FalseAlarm[]>();
  for (const alarm of dialects.flatMap(({ falseAlarms }) => falseAlarms)) {
    const key = [alarm.profile, causeOf(alarm), kindOf(alarm)].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), alarm]);
  }
  return [...groups.values()].flatMap((alarms) => {
    const [alarm] = alarms;
    if (alarm === undefined) return [];
    const cases = new Set(alarms.map((one) => one.case)).size;
    const on = new Set(alarms.map(({ dialect }) => dialect)).size;
    const extent = `${counted(cases, 'case')} on ${counted(on, 'dialect')}`;
    const such = `${alarm.case} (${alarm.kind}): ${alarm.told.join(' ')}`;
    return [`false alarm: ${causeOf(alarm)}, ${alarm.profile}: ${extent}, such as ${such}`];
  });
}

function causeOf({ because, dialect }: FalseAlarm): string {
  return because === undefined ? shortened(dialect) : choices(because);
}

function missLine({ defect, profile, fate, dialect, because }: Miss): string {
  const hidden = because === undefined ? shortened(dialect) : choices(because);
  return `missed: ${defect}, ${profile}: ${fate}, hidden by ${hidden}`;
}

function choices(point: Point): string {
  return point.length === 0 ? 'plain' : point.map(choiceText).join(' with ');
}

const columns: readonly (readonly [head: string, member: keyof ProfileScore])[] = [
  ['dialects', 'dialects'],
  ['false alarms', 'falseAlarms'],
  ['not all proven', 'notProven'],
  ['defects', 'defects'],
  ['caught', 'caught'],
  ['red elsewhere', 'elsewhere'],
  ['inconclusive', 'inconclusive'],
  ['green', 'green'],
];

function tableLines(scores: readonly (readonly [profile: string, score: ProfileScore])[]): readonly string[] {
  const rows = [
    ['profile', ...columns.map(([head]) => head)],
    ...scores.map(([profile, score]) => [profile, ...columns.map(([, member]) => String(score[member]))]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  '),
  );
}

/** A point as text is as long as there are axes: enough of it to tell it from others. */
function shortened(dialect: string): string {
  return dialect.length > 60 ? `${dialect.slice(0, 60)}…` : dialect;
}

function nameOf(outcome: DialectOutcome | DefectOutcome): string {
  return 'defect' in outcome ? outcome.defect.id : shortened(outcome.dialect);
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
