/** How each command can end, from the facts that its help is made from. */
import { commandFacts, exitMeaning } from '../cli/help.ts';
import { optionsOf, type CommandName } from '../cli/option-table.ts';
import { markdownCode, markdownTable, markdownText } from '../report/markdown.ts';

/** A table of what each exit code of each command means. */
export function exitCodesByCommand(): string {
  const rows = commandNames().flatMap((command) =>
    commandFacts[command].exitCodes.map((code, index) => [
      index === 0 ? markdownCode(command) : '',
      String(code),
      markdownText(exitMeaning(command, code)),
    ]),
  );
  return markdownTable(['command', 'code', 'meaning'], rows);
}

/** The commands with what they do, one a row. */
export function commandTable(): string {
  return markdownTable(
    ['command', 'what it does'],
    commandNames().map((command) => [markdownCode(command), markdownText(commandFacts[command].about)]),
  );
}

function commandNames(): readonly CommandName[] {
  return Object.keys(optionsOf).filter(isCommand);
}

function isCommand(name: string): name is CommandName {
  return name in optionsOf;
}
