/** What the suite was measured to catch, as Markdown: from suite-score.json. */
import { profiles } from '../plan/types.ts';
import type { MeasuredScore, UnseenDefects } from '../report-files/suite-score.ts';
import { markdownCode, markdownTable, markdownText } from '../report/markdown.ts';

const notMeasured = 'This version was not measured: `selftest --record` does it.';

/** A row a profile: what was caught, what was not, and how often a conformant deployment was accused. */
export function scoreTable(measured: MeasuredScore | undefined): string {
  if (measured === undefined) return notMeasured;
  const { profiles: scores } = measured;
  const rows = profiles.map((profile) => {
    const { defects, caught, elsewhere, inconclusive, green, dialects, falseAlarms } = scores[profile];
    return [
      markdownCode(profile),
      `${caught} of ${defects}`,
      String(elsewhere),
      String(inconclusive),
      String(green),
      `${falseAlarms} on ${dialects}`,
    ];
  });
  const head = [
    'profile',
    'defects caught (exit 1)',
    'exit 1 for another reason',
    'inconclusive (exit 4)',
    'green (exit 0)',
    'false alarms on conformant dialects',
  ];
  return markdownTable(head, rows, (column) => (column === 0 ? 'left' : 'right'));
}

/** By profile, the defects that it does not catch, by name and reason. */
export function unseenLists(measured: MeasuredScore | undefined): string {
  if (measured === undefined) return notMeasured;
  const { unseen } = measured;
  return profiles
    .flatMap((profile) => [
      `## ${profile}`,
      ...(unseen[profile].length === 0 ? ['Every defect is caught.'] : unseen[profile].map(unseenText)),
    ])
    .join('\n\n');
}

function unseenText({ fate, why, defects }: UnseenDefects): string {
  const ids = defects.map(markdownCode).join(', ');
  return `**${defects.length} ${markdownText(fate)}**: ${markdownText(why)}.\n\n${ids}`;
}
