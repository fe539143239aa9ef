/**
 * What stands between the words of this tool and whoever reads them: keys are masked, and nothing steers a terminal, or
 * the log of a step of GitHub Actions.
 */
import { createFormMasker, createMasker } from '../secrets.ts';
import { withoutUserInfo } from '../shown-address.ts';
import { printable } from '../report/printable.ts';

/** The first part of every key, as long as no matrix was read that says otherwise. */
const usualPrefix = 'amt';

export class Border {
  private readonly secrets: string[] = [];
  private readonly ofForm = [createFormMasker(usualPrefix)];
  private ofValue: (text: string) => string = (text) => text;

  /** From here on no trace of these keys passes, nor of those that were named before. */
  protect(keys: Iterable<string>): void {
    this.secrets.push(...keys);
    this.ofValue = createMasker(this.secrets);
  }

  /** From here on no key with this first part passes either, whether it is known or not. */
  protectForm(prefix: string | undefined): void {
    if (prefix !== undefined && prefix !== usualPrefix) this.ofForm.push(createFormMasker(prefix));
  }

  /** Text with its lines and tabs; also with the colours of this tool, where there are any. */
  text(text: string, colors = false): string {
    const shown = colors
      ? text.split(colour).map((part, index) => (index % 2 === 0 ? printable(part, 'lines') : part))
      : [printable(text, 'lines')];
    return this.masked(withoutCommands(shown.join('')));
  }

  /** Commands of ours for GitHub Actions. */
  commands(lines: readonly string[]): string {
    return this.masked(lines.map((line) => `${line}\n`).join(''));
  }

  private masked(text: string): string {
    return this.ofForm.reduce((known, mask) => mask(known), withoutUserInfo(this.ofValue(text)));
  }
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
