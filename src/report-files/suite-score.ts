import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import { profiles, type Profile } from '../plan/types.ts';
import type { ProfileScore, SuiteScore } from '../report/claim.ts';

const scoreFile = join(packageRoot, 'suite-score.json');

/** Defects that a profile does not catch for one reason. */
export interface UnseenDefects {
  readonly fate: string;
  readonly why: string;
  /** Ids. */
  readonly defects: readonly string[];
}

/** What the suite was measured to catch, and by name what it does not. */
export interface MeasuredScore {
  readonly profiles: SuiteScore;
  readonly unseen: Readonly<Record<Profile, readonly UnseenDefects[]>>;
}

/** Keeps what the suite was measured to catch, in the checkout: it is published with the package. */
export async function writeScore(score: MeasuredScore): Promise<void> {
  await writeFile(scoreFile, `${JSON.stringify(score, undefined, 2)}\n`);
}

/**
 * What this version of the suite was measured to catch, from `suite-score.json` in the package; undefined where it
 * was not measured. Throws where the file is there and holds something else.
 */
export async function readMeasured(): Promise<MeasuredScore | undefined> {
  let text: string;
  try {
    text = await readFile(scoreFile, 'utf8');
  } catch {
    return undefined;
  }
  const value: unknown = JSON.parse(text);
  if (!isMeasured(value)) throw new Error('suite-score.json holds no score');
  return value;
}

/** The counts of `readMeasured`. */
export async function readScore(): Promise<SuiteScore | undefined> {
  return (await readMeasured())?.profiles;
}

const counts = [
  'defects',
  'caught',
  'elsewhere',
  'inconclusive',
  'green',
  'dialects',
  'falseAlarms',
  'notProven',
] as const satisfies readonly (keyof ProfileScore)[];

function isMeasured(value: unknown): value is MeasuredScore {
  const { profiles: scores, unseen } = membersOf(value);
  return profiles.every((profile) => {
    const score = membersOf(membersOf(scores)[profile]);
    const groups = membersOf(unseen)[profile];
    return (
      counts.every((name) => Number.isInteger(score[name])) && Array.isArray(groups) && groups.every(isUnseen)
    );
  });
}

function isUnseen(value: unknown): value is UnseenDefects {
  const { fate, why, defects } = membersOf(value);
  return typeof fate === 'string' && typeof why === 'string' && Array.isArray(defects);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}
