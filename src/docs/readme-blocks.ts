/** The parts of the README and of the guide for vendors that follow from the code and the matrix, so that they cannot grow old. */
import { options, optionsOf } from '../cli/option-table.ts';
import type { OptionFacts } from '../cli/options/option.ts';
import type { Contract } from '../contract/types.ts';
import { levelsOf } from '../plan/levels.ts';
import { planCases } from '../plan/plan.ts';
import { renderRoleTable } from '../report/role-table.ts';
import { exitCodeMeanings } from '../results/verdict.ts';
import { profileTable } from './profile-table.ts';

/** The generated blocks by name, as Markdown without an empty line at either end. */
export function readmeBlocks(contract: Contract): Readonly<Record<string, string>> {
  return {
    profiles: profileTable(contract),
    'exit-codes': exitCodeTable(),
    options: optionTable(),
    variables: variableTable(contract),
    matrix: renderRoleTable(contract, 'markdown').trim(),
  };
}

/** The generated blocks of docs/vendors.md. */
export function vendorBlocks(contract: Contract): Readonly<Record<string, string>> {
  return { levels: levelTable(contract) };
}

/**
 * A Markdown text with each block between its markers, `<!-- name -->` and `<!-- /name -->`, replaced. Throws where
 * a block has no markers.
 */
export function withBlocks(markdown: string, blocks: Readonly<Record<string, string>>): string {
  let text = markdown;
  for (const [name, block] of Object.entries(blocks)) {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const [from, to] = [text.indexOf(begin), text.indexOf(end)];
    if (from < 0 || to < from) throw new Error(`The text has no block ${begin} … ${end}.`);
    text = `${text.slice(0, from + begin.length)}\n\n${block}\n\n${text.slice(to)}`;
  }
  return text;
}

function exitCodeTable(): string {
  const rows = Object.entries(exitCodeMeanings)
    .toSorted(([a], [b]) => Number(a) - Number(b))
    .map(([exitCode, meaning]) => [exitCode, meaning]);
  return table(['code', 'meaning'], rows);
}

function optionTable(): string {
  const rows = optionsOf.run.map((name) => {
    const { flags, about, env, otherwise }: OptionFacts = options[name];
    return [code(flags), about, otherwise ?? '', env === undefined ? '' : code(env)];
  });
  return table(['option', 'what it does', 'without it', 'environment variable'], rows);
}

function levelTable(contract: Contract): string {
  const countsFor = levelsOf(contract);
  const levels = planCases(contract, { seed: 1 }).flatMap((one) => countsFor(one));
  const rows = contract.levels.map(({ id, about, surfaces, effects, profile, credentials }) => [
    code(id),
    about,
    surfaces.join(', ') + (effects === undefined ? '' : ` (${effects.join(', ')})`),
    String(levels.filter((level) => level === id).length),
    profile,
    (credentials ?? Object.keys(contract.credentials)).join(', '),
  ]);
  return table(['level', 'what it shows', 'surfaces', 'cases', 'profile', 'keys that it needs'], rows);
}

function variableTable({ credentials }: Contract): string {
  const rows = Object.values(credentials).map(({ env, key, about }) => [code(env), code(key), about]);
  return table(['environment variable', 'in a keys file', 'what it is'], rows);
}

function code(text: string): string {
  return `\`${text}\``;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [row(head), row(head.map(() => '---')), ...rows.map((cells) => row(cells))].join('\n');
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}
