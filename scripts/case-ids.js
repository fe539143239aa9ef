/**
 * Writes the ids of all cases to test/plan/case-ids.txt: `npm run case-ids`. Ids stand in filters and baselines, so
 * they change only on purpose.
 */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { loadContract } from '../dist/src/contract/load.js';
import { planCases } from '../dist/src/plan/plan.js';

const file = fileURLToPath(new URL('../test/plan/case-ids.txt', import.meta.url));
const cases = planCases(await loadContract(), { seed: 1 });
const ids = cases.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1));
await writeFile(file, `${ids.join('\n')}\n`);
console.log(`${ids.length} ids in ${file}`);
