/** What a self-test tells on the terminal. Pure. */
import type { SelftestResult } from './selftest.ts';
import type { DefectOutcome, DialectOutcome } from './types.ts';

/** A line on a dialect as it is done. */
export function dialectLine({ dialect, falseAlarms, cases, requests, faults }: DialectOutcome): string {
  const fate = falseAlarms.length === 0 ? 'no false alarm' : counted(falseAlarms.length, 'false alarm');
  const failed = faults.length === 0 ? '' : `, ${counted(faults.length, 'fault')} of the suite`;
  return `dialect ${dialect}: ${fate} in ${cases} cases, ${requests} requests${failed}`;
}

/** A line on a defect that was not found. */
export function survivorLine({ defect, cases, red }: DefectOutcome): string {
  const beside = red.length === 0 ? 'nothing turned red' : `red beside it: ${red[0]?.id ?? ''}`;
  return `survived: ${defect.id} (${defect.fact}, ${defect.where}): ${defect.description} ${cases} cases, ${beside}.`;
}

/** Everything that went wrong, by name, and the score in the last line. */
export function selftestText({ dialects, defects, surprises, score }: SelftestResult): string {
  const lines = [
    ...dialects.flatMap(({ falseAlarms }) =>
      falseAlarms.map(
        (alarm) => `false alarm: ${alarm.dialect}: ${alarm.case} (${alarm.kind}): ${alarm.told.join(' ')}`,
      ),
    ),
    ...defects.filter(({ fate }) => fate === 'survived').map(survivorLine),
    ...surprises.map(
      ({ defect, family, case: one }) =>
        `not on record: ${defect} turned red the family ${family}, first ${one}`,
    ),
    ...[...dialects, ...defects].flatMap((outcome) =>
      outcome.faults.map((fault) => `fault of the suite with ${nameOf(outcome)}: ${fault}`),
    ),
    [
      `${counted(score.dialects, 'dialect')}, ${counted(score.falseAlarms, 'false alarm')}`,
      `${counted(score.defects, 'defect')}, ${score.killed} killed, ${score.survivors.length} survived`,
      `${counted(score.surprises, 'family', 'families')} not on record`,
    ].join('; '),
  ];
  return `${lines.join('\n')}\n`;
}

function nameOf(outcome: DialectOutcome | DefectOutcome): string {
  return 'dialect' in outcome ? outcome.dialect : outcome.defect.id;
}

function counted(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}
