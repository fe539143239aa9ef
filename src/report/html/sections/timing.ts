import type { OperationTiming, Results } from '../../../results/types.ts';
import { markup, type Markup } from '../../markup.ts';

/** Units of the plot's width; it is stretched to the width that the page has. */
const plotWidth = 1000;

/** The latency of each operation, slowest first, as numbers and as a plot. */
export function timingSection({ timings }: Results): Markup {
  if (timings.length === 0) return markup``;
  const slowest = Math.max(1, ...timings.map(({ p99Ms }) => p99Ms));
  const rows = timings
    .toSorted((a, b) => b.p95Ms - a.p95Ms)
    .map(
      (one) => markup`<tr><th scope="row">${one.operation}</th><td class="plot">${bars(one, slowest)}</td>
${[one.p50Ms, one.p95Ms, one.p99Ms, one.maxMs].map((ms) => markup`<td class="number">${ms.toFixed(1)}</td>`)}<td class="number">${one.requests}</td></tr>
`,
    );
  return markup`<section aria-labelledby="timing"><h2 id="timing">Latency</h2>
<p>Milliseconds an answer took; the bars are <span class="key p50">p50</span>, <span class="key p95">p95</span> and <span class="key p99">p99</span>, of ${slowest.toFixed(1)} ms in all.</p>
<div class="scroll" tabindex="0" role="region" aria-label="latency"><table class="timing">
<thead><tr><td></td><td></td>${['p50', 'p95', 'p99', 'max', 'requests'].map((name) => markup`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${rows}</tbody></table></div></section>`;
}

function bars({ operation, p50Ms, p95Ms, p99Ms }: OperationTiming, slowest: number): Markup {
  const at = (ms: number): string => ((ms / slowest) * plotWidth).toFixed(1);
  return markup`<svg viewBox="0 0 ${plotWidth} 12" preserveAspectRatio="none" role="img" aria-label="${operation}: p50 ${p50Ms} ms, p95 ${p95Ms} ms, p99 ${p99Ms} ms"><rect class="p99" width="${at(p99Ms)}" y="4" height="4"/><rect class="p95" width="${at(p95Ms)}" y="2" height="8"/><rect class="p50" width="${at(p50Ms)}" height="12"/></svg>`;
}
