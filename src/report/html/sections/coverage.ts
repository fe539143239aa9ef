import type { CoverageCell, Results } from '../../../results/types.ts';
import { groupBy } from '../../group-by.ts';
import { unansweredTitle, unseenOf } from '../../unseen.ts';
import { markup, type Markup } from '../../markup.ts';

/** Which families of cases were exercised on which operation, and which documented answers never came. */
export function coverageSection(results: Results): Markup {
  const { coverage } = results;
  const families = [...new Set(coverage.cells.map(({ family }) => family))];
  const rows = [...groupBy(coverage.cells, ({ operation }) => operation)].map(([operation, cells]) => {
    const byFamily = groupBy(cells, ({ family }) => family);
    return markup`<tr><th scope="row">${operation}</th>${families.map((family) => cellMarkup(byFamily.get(family) ?? []))}</tr>
`;
  });
  const { answers, operations } = unseenOf(results);
  return markup`<section aria-labelledby="coverage"><h2 id="coverage">Coverage</h2>
<p>Judged cases of all, by operation and family; the credentials of a cell are in its hint and in results.json.</p>
<div class="scroll" tabindex="0" role="region" aria-label="coverage"><table class="coverage">
<thead><tr><td></td>${families.map((family) => markup`<th scope="col">${family}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div>
${names('Documented answers that no request got', answers)}${names(unansweredTitle, operations)}</section>`;
}

function names(title: string, words: readonly string[]): Markup {
  if (words.length === 0) return markup``;
  return markup`<h3>${title}: ${words.length}</h3>
<ul class="columns">${words.map((word) => markup`<li>${word}</li>`)}</ul>`;
}

function cellMarkup(cells: readonly CoverageCell[]): Markup {
  if (cells.length === 0) return markup`<td></td>`;
  const all = cells.reduce((sum, one) => sum + one.judged + one.skipped + one.inconclusive, 0);
  const judged = cells.reduce((sum, one) => sum + one.judged, 0);
  const hint = cells
    .map(({ credential, judged: done, skipped, inconclusive, reasons }) => {
      const why = reasons.length === 0 ? '' : ` (${reasons.join('; ')})`;
      return `${credential}: ${done} of ${done + skipped + inconclusive}${why}`;
    })
    .join('\n');
  const state = judged === all ? 'passed' : judged === 0 ? 'skipped' : 'advisories';
  return markup`<td class="${state}" title="${hint}">${judged === all ? judged : `${judged}/${all}`}</td>`;
}
