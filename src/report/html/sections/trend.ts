import type { HistoryEntry } from '../../history.ts';
import { markup, type Markup } from '../../markup.ts';
import { verdictWords } from '../../verdict-words.ts';

/** Units of the plots; they are stretched to the width that the page has. */
const width = 1000;
const violationsHeight = 120;
const latencyHeight = 40;

/** Verdict, violations and latency over the runs of the history; nothing where there is but one run. */
export function trendSection(history: readonly HistoryEntry[]): Markup {
  if (history.length < 2) return markup``;
  const [first, last] = [history[0], history.at(-1)];
  return markup`<section aria-labelledby="trend"><h2 id="trend">Over time</h2>
<p>${history.length} runs, from ${first?.startedAt ?? ''} to ${last?.startedAt ?? ''}. Each bar is a run: its height the violations, its colour the verdict.</p>
${violationsPlot(history)}
<details><summary>Latency of each operation over the runs</summary>
<p>Milliseconds, <span class="key p50">p50</span> and <span class="key p95">p95</span>; the numbers are those of the last run.</p>
<div class="scroll" tabindex="0" role="region" aria-label="latency over the runs"><table class="timing">
<thead><tr><td></td><td></td><th scope="col">p50</th><th scope="col">p95</th></tr></thead>
<tbody>${Object.keys(last?.latency ?? {}).map((operation) => latencyRow(operation, history))}</tbody></table></div></details></section>`;
}

function violationsPlot(history: readonly HistoryEntry[]): Markup {
  const most = Math.max(1, ...history.map(({ summary }) => summary.failed));
  const step = width / history.length;
  const bars = history.map((entry, index) => {
    const { word, mood } = verdictWords(entry);
    // A run without violations is seen too: its bar is a line at the foot.
    const height = 4 + (entry.summary.failed / most) * (violationsHeight - 4);
    return markup`<rect class="${mood}" x="${(index * step + step * 0.1).toFixed(1)}" y="${(violationsHeight - height).toFixed(1)}" width="${(step * 0.8).toFixed(1)}" height="${height.toFixed(1)}"><title>${entry.startedAt}: ${word}, ${entry.summary.failed} violations</title></rect>`;
  });
  return markup`<svg class="trend" viewBox="0 0 ${width} ${violationsHeight}" preserveAspectRatio="none" role="img" aria-label="violations of ${history.length} runs, at most ${most}, ${history.at(-1)?.summary.failed ?? 0} in the last">${bars}</svg>`;
}

function latencyRow(operation: string, history: readonly HistoryEntry[]): Markup {
  const pairs = history.map(({ latency }) => latency[operation]);
  const slowest = Math.max(1, ...pairs.flatMap((pair) => pair ?? []));
  const line = (which: 0 | 1): string =>
    pairs
      .flatMap((pair, index) => {
        if (pair === undefined) return [];
        const x = (index / (history.length - 1)) * width;
        return `${x.toFixed(1)},${(latencyHeight - 2 - (pair[which] / slowest) * (latencyHeight - 4)).toFixed(1)}`;
      })
      .join(' ');
  const [p50, p95] = pairs.at(-1) ?? [0, 0];
  return markup`<tr><th scope="row">${operation}</th><td class="plot"><svg viewBox="0 0 ${width} ${latencyHeight}" preserveAspectRatio="none" role="img" aria-label="${operation}: p50 and p95 of ${history.length} runs"><polyline class="p95" points="${line(1)}"/><polyline class="p50" points="${line(0)}"/></svg></td><td class="number">${p50.toFixed(1)}</td><td class="number">${p95.toFixed(1)}</td></tr>
`;
}
