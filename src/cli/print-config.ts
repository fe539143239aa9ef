import type { Contract } from '../contract/types.ts';
import { shownAddress } from '../shown-address.ts';
import { maskKey } from '../secrets.ts';
import type { NamedTarget } from './config-file.ts';
import { options, optionsOf, type Flags } from './option-table.ts';
import type { OptionFacts } from './options/option.ts';
import type { Origins } from './program.ts';
import type { Target } from './target.ts';

/** What holds for a run and where each value comes from, a line each; keys and header values masked. */
export function configText(
  contract: Pick<Contract, 'credentials'>,
  target: Target,
  flags: Flags,
  origins: Origins,
  named: NamedTarget | undefined,
): string {
  const rows: (readonly [name: string, value: string, origin: string])[] = [];
  for (const name of optionsOf.run) {
    const { flags: text, otherwise }: OptionFacts = options[name];
    const label = text.split(' ')[0]?.replace(/^--/, '') ?? name;
    if (name === 'header' || name === 'printConfig') continue;
    const value = flags[name];
    const origin = origins[name] ?? (value === undefined ? undefined : named?.file);
    if (origin === undefined) {
      if (otherwise !== undefined) rows.push([label, otherwise, 'default']);
    } else {
      rows.push([label, name === 'waitFor' ? shownAddress(shown(value)) : shown(value), origin]);
    }
  }
  const fromFlag = new Set((flags.header ?? []).map((line) => line.split(':')[0]));
  for (const name of fromFlag) rows.push([`header ${name ?? ''}`, '***', '--header']);
  for (const name of Object.keys(named?.headers ?? {})) {
    if (!fromFlag.has(name)) rows.push([`header ${name}`, '***', named?.file ?? '']);
  }
  for (const { id } of Object.values(contract.credentials)) {
    const key = target.keys[id];
    rows.push(
      key === undefined
        ? [`key ${id}`, 'not given', '']
        : [`key ${id}`, maskKey(key), target.keyOrigins[id] ?? ''],
    );
  }
  return table(rows);
}

function shown(value: unknown): string {
  return Array.isArray(value) ? value.join(', ') : String(value);
}

function table(rows: readonly (readonly string[])[]): string {
  const widths = [0, 1].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map(([name = '', value = '', origin = '']) =>
      `${name.padEnd(widths[0] ?? 0)}  ${value.padEnd(widths[1] ?? 0)}  ${origin}`.trimEnd(),
    )
    .map((line) => `${line}\n`)
    .join('');
}
