import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { lintTexts } from '../../src/contract/lint-texts.ts';
import type { Problem } from '../../src/contract/problem.ts';
import { parseSpecs, readSpecs } from '../../src/contract/read-specs.ts';
import { packageRoot } from '../../src/package-root.ts';

/** One change of the real contract: `from` occurs in the file, and its first occurrence becomes `to`. */
export interface Plant {
  /** `matrix.yaml`, or the name of a schema file. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

const matrixFile = 'matrix.yaml';

async function readTexts(): Promise<Map<string, string>> {
  const { texts } = await readSpecs(join(packageRoot, 'specs'));
  const matrix = await readFile(join(packageRoot, matrixFile), 'utf8');
  return new Map([...Object.entries(texts), [matrixFile, matrix]]);
}

const realTexts = readTexts();

/** The problems that lint finds in the real contract with the changes planted; files are named without folders. */
export async function problemsWith(plants: readonly Plant[]): Promise<Problem[]> {
  const texts = new Map(await realTexts);
  for (const plant of plants) texts.set(plant.file, plantedText(texts, plant));
  const text = texts.get(matrixFile) ?? '';
  texts.delete(matrixFile);
  const specs = parseSpecs('specs', Object.fromEntries(texts));
  const linted = await lintTexts({ file: matrixFile, shownFile: matrixFile, text }, specs);
  return linted.problems.map((problem) => ({ ...problem, file: basename(problem.file) }));
}

/** Line and column, from 1, of the first occurrence of a text at or after the place where a plant begins. */
export async function placeOf(plant: Plant, word: string): Promise<{ line: number; column: number }> {
  const texts = await realTexts;
  const start = texts.get(plant.file)?.indexOf(plant.from);
  const planted = plantedText(texts, plant);
  const found = planted.indexOf(word, start);
  if (found === -1) throw new Error(`${JSON.stringify(word)} does not occur after the plant`);
  const before = planted.slice(0, found).split('\n');
  return { line: before.length, column: (before.at(-1) ?? '').length + 1 };
}

function plantedText(texts: ReadonlyMap<string, string>, { file, from, to }: Plant): string {
  const text = texts.get(file);
  if (text?.includes(from) !== true) {
    throw new Error(`${file} has no ${JSON.stringify(from)}: the plant is out of date`);
  }
  return text.replace(from, () => to);
}
