import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { SuiteScore } from '../report/statement.ts';

const scoreFile = join(packageRoot, 'suite-score.json');

/** Keeps what the suite was measured to catch, in the checkout: it is published with the package. */
export async function writeScore(score: SuiteScore): Promise<void> {
  await writeFile(scoreFile, `${JSON.stringify(score, undefined, 2)}\n`);
}

/**
 * What this version of the suite was measured to catch, from `suite-score.json` in the package; undefined where it
 * was not measured. Throws where the file is there and holds something else.
 */
export async function readScore(): Promise<SuiteScore | undefined> {
  let text: string;
  try {
    text = await readFile(scoreFile, 'utf8');
  } catch {
    return undefined;
  }
  const value: unknown = JSON.parse(text);
  if (!isScore(value)) throw new Error('suite-score.json holds no score');
  const { defects, caught, dialects, falseAlarms } = value;
  return { defects, caught, dialects, falseAlarms };
}

function isScore(value: unknown): value is SuiteScore {
  if (typeof value !== 'object' || value === null) return false;
  const members: Readonly<Record<string, unknown>> = { ...value };
  return ['defects', 'caught', 'dialects', 'falseAlarms'].every((name) => Number.isInteger(members[name]));
}
