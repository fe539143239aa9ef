/**
 * What stands between the words of this tool and whoever reads them: keys are masked, and nothing steers a terminal, or
 * the log of a step of GitHub Actions.
 */
import { createMasker, isOrdinaryWord } from '../secrets.ts';
import { withoutUserInfo } from '../shown-address.ts';
import { printable } from '../report/printable.ts';

/** The first part of every key, as long as no matrix was read that says otherwise. */
const usualPrefix = 'amt';

export class Border {
  private readonly secrets: string[] = [];
  private readonly prefixes = [usualPrefix];
  private ofValue = createMasker([]);
  private ofValueAndForm = createMasker([], [usualPrefix]);

  /**
   * From here on no trace of these keys passes, nor of those that were named before. What could be an ordinary word
   * passes: it is one of ours.
   */
  protect(keys: Iterable<string>): void {
    this.secrets.push(...[...keys].filter((key) => !isOrdinaryWord(key)));
    this.ofValue = createMasker(this.secrets);
    this.ofValueAndForm = createMasker(this.secrets, this.prefixes);
  }

  /** From here on no key with this first part passes either, whether it is known or not. */
  protectForm(prefix: string | undefined): void {
    if (prefix === undefined || this.prefixes.includes(prefix)) return;
    this.prefixes.push(prefix);
    this.ofValueAndForm = createMasker(this.secrets, this.prefixes);
  }

  /** Text with its lines and tabs; also with the colours of this tool, where there are any. */
  text(text: string, colors = false): string {
    return withoutUserInfo(this.ofValueAndForm(plain(text, colors)));
  }

  /**
   * The report of a run, whose words from outside were masked when they came: an altered key that the run made up
   * itself stays, so that its request can be sent again.
   */
  report(text: string, colors: boolean): string {
    return withoutUserInfo(this.ofValue(plain(text, colors)));
  }

  /** Commands of ours for GitHub Actions. */
  commands(lines: readonly string[]): string {
    return this.ofValueAndForm(lines.map((line) => `${line}\n`).join(''));
  }
}

function plain(text: string, colors: boolean): string {
  const shown = colors
    ? text.split(colour).map((part, index) => (index % 2 === 0 ? printable(part, 'lines') : part))
    : [printable(text, 'lines')];
  return withoutCommands(shown.join(''));
}

/**
 * GitHub reads a command where a line begins with two colons, or holds the older form
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions); no line of this tool does.
 */
function withoutCommands(text: string): string {
  return text.replaceAll(/^([ \t]*):(?=:)/gm, '$1\\u003a').replaceAll('##[', '#\\u0023[');
}

/** A colour or a weight, as this tool sets them (ECMA-48, SGR); with the group, `split` keeps them. */
const colour = new RegExp(`(${String.fromCharCode(27)}\\[\\d{1,3}m)`);
