/** `report.html`: one file that opens from disk and loads nothing. */
import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import type { Results } from '../../results/types.ts';
import type { HistoryEntry } from '../history.ts';
import { markup, markupText } from '../markup.ts';
import { targetText, verdictWords } from '../verdict-words.ts';
import { pageData } from './page-data.ts';
import { casesSection } from './sections/cases.ts';
import { causesSection } from './sections/causes.ts';
import { contentsSection, type Entry } from './sections/contents.ts';
import { barsSection } from './sections/bars.ts';
import { coverageSection } from './sections/coverage.ts';
import { gridSection } from './sections/grid.ts';
import { leftOutSection } from './sections/left-out.ts';
import { overviewSection } from './sections/overview.ts';
import { rolesSection } from './sections/roles.ts';
import { timingSection } from './sections/timing.ts';
import { trendSection } from './sections/trend.ts';

/** The script and the style of the page, as text. */
export interface PageAssets {
  readonly script: string;
  readonly style: string;
}

/**
 * The page of a run. Everything that a target could have sent is escaped by the template or set as text by the
 * script; the policy lets only this script and this style in, and no request out.
 * @param history earlier runs and this one, oldest first; the trend is shown from two on
 */
export function reportHtml(results: Results, history: readonly HistoryEntry[], assets: PageAssets): string {
  const { word } = verdictWords(results);
  const data = pageData(results);
  const json = JSON.stringify(data).replaceAll('<', '\\u003c');
  const policy = [
    "default-src 'none'",
    `script-src ${hashOf(assets.script)}`,
    `style-src ${hashOf(assets.style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  // As one reads it: what came of it, who may do what, why, and then what stands behind that.
  const sections: readonly Entry[] = [
    { id: 'roles', words: 'roles', section: rolesSection(results) },
    { id: 'grid', words: 'operations', section: gridSection(results) },
    { id: 'causes', words: 'causes', section: causesSection(data) },
    { id: 'bars', words: 'surfaces', section: barsSection(results) },
    { id: 'cases', words: 'cases', section: casesSection(data) },
    { id: 'left-out', words: 'not covered', section: leftOutSection(results) },
    { id: 'coverage', words: 'coverage', section: coverageSection(results) },
    { id: 'timing', words: 'latency', section: timingSection(results) },
    { id: 'trend', words: 'over time', section: trendSection(history) },
  ];
  return markupText(markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${word}: ${targetText(results)}</title>
<style>${raw(assets.style)}</style>
</head>
<body>
<a class="skip" href="#cases">Skip to the cases</a>
<main>
${overviewSection(results)}
${contentsSection(sections)}
${sections.map(({ section }) => section)}
</main>
<script type="application/json" id="data">${raw(json)}</script>
<script>${raw(assets.script)}</script>
</body>
</html>
`);
}

function hashOf(text: string): string {
  return `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
}
