/** The files of a self-test's report, as texts. Pure. */
import { isProvable, type FactProof } from './fact-proofs.ts';
import type { SelftestResult } from './selftest.ts';
import type { DefectOutcome } from './types.ts';
import { unseenByProfile } from './unseen.ts';

/** How many ids of cases a row of the table names. */
const mostIds = 3;

/** The texts of the report by the names of their files. */
export function reportFiles(
  result: SelftestResult,
  proofs: readonly FactProof[],
): ReadonlyMap<string, string> {
  return new Map([
    ['score.json', json(result.score)],
    ['dialects.json', json(result.dialects)],
    ['misses.json', json(result.misses)],
    ['kills.json', json(result.defects.map(killOf))],
    ['kills.md', killsMarkdown(result)],
    ['unseen.md', unseenMarkdown(result)],
    ['facts.json', json(proofs)],
    ['facts.md', factsMarkdown(proofs)],
  ]);
}

function killOf({ defect, ...outcome }: DefectOutcome): unknown {
  return { ...defect, ...outcome, families: countByFamily(outcome) };
}

function countByFamily({ red }: Pick<DefectOutcome, 'red'>): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { family } of red) counts.set(family, (counts.get(family) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

/** What each defect turns red in a full run, or in the profile that was tried instead. */
function killsMarkdown({ defects }: SelftestResult): string {
  const full = defects.filter(({ profile }) => profile === 'full');
  const shown = full.length > 0 ? full : defects;
  const rows = shown.map((outcome) => {
    const { defect, fate, red } = outcome;
    // Those that prove it come first: they are what the row is read for.
    const ids = red.toSorted((a, b) => Number(b.proves) - Number(a.proves)).map(({ id }) => code(id));
    const more = ids.length > mostIds ? ` and ${ids.length - mostIds} more` : '';
    const families = Object.entries(countByFamily(outcome)).map(([family, count]) => `${family} ${count}`);
    const named = `${ids.slice(0, mostIds).join(', ')}${more}`;
    return [code(defect.id), code(defect.fact), fate, named, families.join(', ')];
  });
  return [
    '# Defects and the cases that they turn red',
    '',
    `${shown.filter(({ fate }) => fate === 'caught').length} of ${shown.length} caught.`,
    '',
    ...table(['defect', 'fact', 'fate', 'red cases', 'by family'], rows),
    '',
  ].join('\n');
}

function unseenMarkdown({ defects }: SelftestResult): string {
  const sections = Object.entries(unseenByProfile(defects)).flatMap(([profile, groups]) => [
    `## ${profile}`,
    '',
    ...(groups.length === 0 ? ['Every defect is caught.', ''] : []),
    ...groups.flatMap(({ fate, why, defects: ids }) => [
      `${ids.length} ${fate}: ${why}`,
      '',
      ids.map(code).join(', '),
      '',
    ]),
  ]);
  return ['# Defects that a profile does not catch, and why', '', ...sections].join('\n');
}

function factsMarkdown(proofs: readonly FactProof[]): string {
  const lacking = proofs.filter((proof) => !isProvable(proof));
  const rows = proofs.map(({ fact, level, cases, case: one, defects, killed }) => [
    code(fact),
    level,
    one === undefined ? '0' : `${cases}, such as ${code(one)}`,
    `${defects.length}${defects.length === 0 ? '' : `: ${defects.map(code).join(', ')}`}`,
    String(killed.length),
  ]);
  const first = lacking.map(
    ({ fact, cases, defects }) =>
      `- ${code(fact)} has ${cases === 0 ? 'no case' : `${cases} cases`} and ${defects.length === 0 ? 'no defect' : `${defects.length} defects`}`,
  );
  return [
    '# Facts of the contract, what tests them and what proves it',
    '',
    ...(first.length === 0 ? ['Every fact has a case and a defect.'] : first),
    '',
    ...table(['fact', 'level', 'cases', 'defects', 'killed in this run'], rows),
    '',
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(row)];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function code(text: string): string {
  return `\`${text}\``;
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
