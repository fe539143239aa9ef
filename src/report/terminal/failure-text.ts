import { printable } from '../printable.ts';
import type { FailureLine, FindingSeverity } from '../failure.ts';
import type { Style } from './style.ts';

const labelWidth = 11;

/**
 * A failure as a terminal shows it, one string a line. Texts of the target are made printable; nothing is wrapped, so
 * that bodies and commands can be copied as they are.
 */
export function failureText(lines: readonly FailureLine[], style: Style): readonly string[] {
  return lines.flatMap((line) => lineText(line, style));
}

function lineText(line: FailureLine, style: Style): readonly string[] {
  switch (line.kind) {
    case 'title':
      return [style.strong(printable(line.text))];
    case 'field':
      return [labelled(line.label, printable(line.text), style)];
    case 'finding':
      return [`${findingWord(line.severity, style)}  ${printable(line.text)}`];
    case 'expected':
      return [labelled('expected', style.good(printable(line.text)), style)];
    case 'received':
      return [labelled('received', style.bad(printable(line.text)), style)];
    case 'wire':
      return [
        style.faint(line.label),
        ...line.lines.map((text) => `  ${style.faint('│')} ${printable(text)}`.trimEnd()),
      ];
    case 'command':
      return [style.faint(line.label), `  ${style.command(printable(line.text, 'lines'))}`];
  }
}

function labelled(label: string, text: string, style: Style): string {
  return `${style.faint(label.padEnd(labelWidth))}  ${text}`;
}

function findingWord(severity: FindingSeverity, style: Style): string {
  switch (severity) {
    case 'violation':
      return style.bad('✗ violation');
    case 'known':
      return style.warning('≈ known    ');
    case 'advisory':
      return style.warning('! advisory ');
  }
}
