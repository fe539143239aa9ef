import { stateOf } from '../../case-state.ts';
import { groupBy } from '../../group-by.ts';
import { markup, type Markup } from '../../markup.ts';
import type { CaseResult, Results } from '../../../results/types.ts';

/** Units of a bar's width; it is stretched to the width that the page has. */
const width = 1000;

/** How many cases of each surface failed and passed, as a bar each; a surface leads to its failed cases. */
export function barsSection({ cases, strict }: Results): Markup {
  const sent = cases.filter(({ status }) => status !== 'skipped');
  if (sent.length === 0) return markup``;
  const rows = [...groupBy(sent, ({ surface }) => surface)].map(([surface, own]) =>
    row(surface, own, strict),
  );
  return markup`<section aria-labelledby="bars"><h2 id="bars">Surfaces</h2>
<div class="scroll" tabindex="0" role="region" aria-label="cases of each surface"><table class="timing">
<thead><tr><td></td><td></td>${['failed', 'passed', 'not judged'].map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

function row(surface: string, cases: readonly CaseResult[], strict: boolean): Markup {
  const failed = cases.filter((one) => stateOf(one, strict) === 'violations').length;
  const open = cases.filter(({ status }) => status === 'inconclusive').length;
  const passed = cases.length - failed - open;
  const at = (count: number): string => ((count / cases.length) * width).toFixed(1);
  const bar = markup`<svg class="share" viewBox="0 0 ${width} 12" preserveAspectRatio="none" role="img" aria-label="${surface}: ${failed} failed, ${passed} passed, ${open} not judged"><rect class="bad" width="${at(failed)}" height="12"/><rect class="good" x="${at(failed)}" width="${at(passed)}" height="12"/><rect class="open" x="${at(failed + passed)}" width="${at(open)}" height="12"/></svg>`;
  const look = JSON.stringify({ surface, state: failed > 0 ? 'violations' : '' });
  return markup`<tr><th scope="row"><button type="button" data-look="${look}">${surface}</button></th><td class="plot">${bar}</td>${[failed, passed, open].map((count) => markup`<td class="number">${count}</td>`)}</tr>
`;
}
