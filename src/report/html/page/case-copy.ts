/** Buttons that copy what one pastes elsewhere: a command, or the whole case as a ticket. */
import type { FailureLine } from '../../failure.ts';
import { create } from './dom.ts';

/** A button for each command of a case, and one for the case as Markdown. */
export function copyButtons(lines: readonly FailureLine[]): HTMLElement {
  const commands = lines.flatMap((line) => (line.kind === 'command' ? [line] : []));
  return create(
    'p',
    { class: 'copies' },
    ...commands.map(({ label, text }) => copyButton(`copy ${label}`, text)),
    copyButton('copy as a ticket', ticket(lines)),
  );
}

function copyButton(words: string, text: string): HTMLButtonElement {
  const button = create('button', { type: 'button' }, words);
  button.addEventListener('click', () => {
    copy(text).then(
      () => (button.textContent = 'copied'),
      () => (button.textContent = 'the browser does not allow it'),
    );
  });
  return button;
}

/** Rejects where the browser has no clipboard for this page, or does not let it write there. */
async function copy(text: string): Promise<void> {
  await navigator.clipboard.writeText(text);
}

/** The case as Markdown. What came over the wire stands in fences that none of it can close. */
function ticket(lines: readonly FailureLine[]): string {
  return lines.map(asMarkdown).join('\n');
}

function asMarkdown(line: FailureLine): string {
  switch (line.kind) {
    case 'title':
      return `## ${line.text}\n`;
    case 'field':
      return `- ${line.label}: ${line.text}`;
    case 'finding':
      return `\n**${line.severity}**: ${line.text}\n`;
    case 'expected':
    case 'received':
      return `- ${line.kind}: ${line.text}`;
    case 'wire':
      return fenced(line.label, line.lines.join('\n'));
    case 'command':
      return fenced(line.label, line.text);
  }
}

function fenced(label: string, text: string): string {
  const ticks = (text.match(/`{3,}/g) ?? []).reduce((most, run) => Math.max(most, run.length), 2);
  const fence = '`'.repeat(ticks + 1);
  return `\n${label}\n${fence}\n${text}\n${fence}`;
}
