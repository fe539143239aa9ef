/** The command lines of a Markdown page: what stands in its blocks of `sh`. */

export interface CommandLine {
  readonly page: string;
  /** The line of the page, from 1. */
  readonly number: number;
  readonly text: string;
  /** The exit code that the page states: `# … exits 1` at the end of the line, `sh exit=1` for a block; else 0. */
  readonly exitCode: number;
}

/** Every command line of a page, in order; comments and empty lines are none. A line may go on behind a backslash. */
export function commandLines(page: string, markdown: string): readonly CommandLine[] {
  const found: CommandLine[] = [];
  let block: { readonly exitCode: number } | undefined;
  let begun: { readonly number: number; readonly text: string } | undefined;
  for (const [index, line] of markdown.split('\n').entries()) {
    const fence = /^\s*```\s*(\S*)(.*)$/.exec(line);
    if (fence !== null) {
      const [, language, info = ''] = fence;
      block =
        block === undefined && language === 'sh'
          ? { exitCode: Number(/\bexit=(\d+)/.exec(info)?.[1] ?? 0) }
          : undefined;
      continue;
    }
    if (block === undefined) continue;
    const { number, text } = begun ?? { number: index + 1, text: '' };
    if (line.endsWith('\\')) {
      begun = { number, text: `${text}${line.slice(0, -1)}` };
      continue;
    }
    begun = undefined;
    const [, command = '', comment = ''] = /^(.*?)(?:(?:^|\s+)#\s(.*))?$/.exec(`${text}${line}`) ?? [];
    if (command.trim() === '') continue;
    const stated = /\bexits (\d+)$/.exec(comment.trim())?.[1];
    found.push({
      page,
      number,
      text: command.trim(),
      exitCode: stated === undefined ? block.exitCode : Number(stated),
    });
  }
  return found;
}

/** The values of a block of another language, such as the configuration that a page shows. */
export function blocksOf(markdown: string, language: string): readonly string[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, 'gm');
  return [...markdown.matchAll(pattern)].map(([, text = '']) => text);
}
