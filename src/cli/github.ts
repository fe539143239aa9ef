import { appendFile } from 'node:fs/promises';
import { annotations } from '../report/annotations.ts';
import { summaryMarkdown } from '../report/summary.ts';
import type { Results } from '../results/types.ts';
import { fileErrorWord } from '../write-whole.ts';
import type { Output, Surroundings } from './surroundings.ts';

/** Whether this runs as a step of GitHub Actions, which reads commands in what is printed. */
export function inGitHubActions({ env }: Pick<Surroundings, 'env'>): boolean {
  return env['GITHUB_ACTIONS'] === 'true';
}

/** Annotates the run and adds to the summary of the step, where GitHub gives a place for it. */
export async function tellGitHub(
  results: Results,
  surroundings: Surroundings,
  output: Output,
): Promise<void> {
  output.printCommands(annotations(results));
  const file = surroundings.env['GITHUB_STEP_SUMMARY'];
  if (file === undefined || file === '') return;
  try {
    await appendFile(file, summaryMarkdown(results));
  } catch (error) {
    output.note(`The summary of the step cannot be written: ${fileErrorWord(error)}.`);
  }
}
