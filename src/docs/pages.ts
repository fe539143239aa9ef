/** Every page with parts that follow from the code, the matrix or a schema: `npm run docs` writes them anew. */
import type { Contract, JsonSchema } from '../contract/types.ts';
import type { MeasuredScore } from '../report-files/suite-score.ts';
import { sections } from '../fingerprint/fingerprint.ts';
import { markdownCode, markdownTable, markdownText } from '../report/markdown.ts';
import { commandTable, exitCodesByCommand } from './command-reference.ts';
import { familySections, familyTable } from './family-reference.ts';
import { matrixReference } from './matrix-reference.ts';
import { readmeBlocks, vendorBlocks } from './readme-blocks.ts';
import { scoreTable, unseenLists } from './score-reference.ts';

/**
 * The generated blocks of each page, by its path.
 * @param matrixSchema specs/matrix.schema.json
 * @param measured suite-score.json; undefined where it is missing
 */
export function pageBlocks(
  contract: Contract,
  matrixSchema: JsonSchema,
  measured: MeasuredScore | undefined,
): Readonly<Record<string, Readonly<Record<string, string>>>> {
  const readme = readmeBlocks(contract);
  const score = scoreTable(measured);
  return {
    'README.md': { ...readme, score },
    'docs/README.md': { commands: commandTable() },
    'docs/comparing.md': { sections: sectionTable() },
    'docs/exit-codes.md': { 'exit-codes': readme['exit-codes'] ?? '', commands: exitCodesByCommand() },
    'docs/families.md': { counts: familyTable(contract), families: familySections(contract) },
    'docs/unseen.md': { unseen: unseenLists(measured) },
    'docs/vendors.md': vendorBlocks(contract),
    'docs/verdict.md': { score },
    'docs/matrix.md': { matrix: matrixReference(matrixSchema) },
  };
}

function sectionTable(): string {
  return markdownTable(
    ['section', 'what it tells'],
    sections.map(({ name, about }) => [markdownCode(name), markdownText(about)]),
  );
}
