/** The files of a self-test's report, as texts. Pure. */
import { isProvable, type FactProof } from './fact-proofs.ts';
import type { SelftestResult } from './selftest.ts';
import type { DefectOutcome } from './types.ts';

/** How many ids of cases a row of the table names. */
const mostIds = 3;

/** The texts of the report by the names of their files. */
export function reportFiles(
  result: SelftestResult,
  proofs: readonly FactProof[],
): ReadonlyMap<string, string> {
  return new Map([
    ['score.json', json(result.score)],
    ['kills.json', json(result.defects.map(killOf))],
    ['kills.md', killsMarkdown(result)],
    ['facts.json', json(proofs)],
    ['facts.md', factsMarkdown(proofs)],
  ]);
}

function killOf({ defect, fate, red, cases, requests }: DefectOutcome): unknown {
  return { ...defect, fate, cases, requests, families: countByFamily({ red }), red };
}

function countByFamily({ red }: Pick<DefectOutcome, 'red'>): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { family } of red) counts.set(family, (counts.get(family) ?? 0) + 1);
  return Object.fromEntries([...counts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function killsMarkdown({ defects, score }: SelftestResult): string {
  const rows = defects.map((outcome) => {
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
    `${score.killed} of ${score.defects} killed.`,
    '',
    ...table(['defect', 'fact', 'fate', 'red cases', 'by family'], rows),
    '',
  ].join('\n');
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
