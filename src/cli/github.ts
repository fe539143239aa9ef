import { appendFile } from 'node:fs/promises';
import { randomUUID } from 'node:crypto';
import { annotations } from '../report/annotations.ts';
import { summaryMarkdown } from '../report/summary.ts';
import type { Results } from '../results/types.ts';
import { fileErrorWord } from '../write-whole.ts';
import type { Output, Surroundings } from './surroundings.ts';

/** Whether this runs as a step of GitHub Actions, which reads commands in what is printed. */
export function inGitHubActions({ env }: Pick<Surroundings, 'env'>): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

/**
 * Text for the log of a step that GitHub reads no command in, whatever a target put there
 * (https://docs.github.com/actions/reference/workflow-commands-for-github-actions#stopping-and-starting-workflow-commands).
 */
export function withoutCommands(text: string): string {
  const token = randomUUID();
  return `::stop-commands::${token}\n${text}::${token}::\n`;
}

/** Annotates the run and adds to the summary of the step, where GitHub gives a place for it. */
export async function tellGitHub(
  results: Results,
  surroundings: Surroundings,
  output: Output,
): Promise<void> {
  output.print(
    annotations(results)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const file = surroundings.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    await appendFile(file, summaryMarkdown(results));
  } catch (error) {
    output.note(`The summary of the step cannot be written: ${fileErrorWord(error)}.`);
  }
}
