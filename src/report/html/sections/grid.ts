import type { Results } from '../../../results/types.ts';
import { gridOf, legendOf, stateSymbols, stateWords, type GridRow, type Square } from '../../grid.ts';
import { markup, type Markup } from '../../markup.ts';

/** The role x operation grid as the map of the page: a cell leads to its cases. */
export function gridSection(results: Results): Markup {
  const grid = gridOf(results);
  const { columns, rows } = grid;
  if (rows.length === 0) return markup``;
  const head = columns.map((column) => markup`<th scope="col">${column}</th>`);
  const body = rows.map((row, index) => {
    const opens = row.surface !== rows[index - 1]?.surface;
    const surface = opens
      ? markup`<tr class="surface"><th colspan="${columns.length + 1}" scope="rowgroup">${row.surface}</th></tr>`
      : markup``;
    return markup`${surface}<tr><th scope="row">${row.operation}</th>${row.cells.map((cell, at) => cellMarkup(cell, row, columns[at] ?? ''))}</tr>
`;
  });
  const legend = legendOf(grid).map(
    ({ state, symbol, words }) => markup`<li class="${state}">${symbol} ${words}</li>`,
  );
  return markup`<section aria-labelledby="grid"><h2 id="grid">Operations and roles</h2>
<div class="scroll" tabindex="0" role="region" aria-label="operations and roles"><table class="grid">
<thead><tr><td></td>${head}</tr></thead>
<tbody>${body}</tbody></table></div>
<ul class="legend">${legend}</ul></section>`;
}

function cellMarkup({ state, cases, failed }: Square, row: GridRow, column: string): Markup {
  if (state === 'none') return markup`<td></td>`;
  const found = failed === 0 ? '' : `, ${failed} failed`;
  const label = `${row.operation}, ${column}: ${stateWords[state]}, ${cases} ${cases === 1 ? 'case' : 'cases'}${found}`;
  const look = JSON.stringify({ operation: row.operation, column });
  return markup`<td class="${state}"><button type="button" data-look="${look}" aria-label="${label}" title="${label}">${stateSymbols[state]}</button></td>`;
}
