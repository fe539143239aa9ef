/** `report.html`: one file that opens from disk and loads nothing. */
import { createHash } from 'node:crypto';
import { raw } from 'hono/html';
import type { Results } from '../../results/types.ts';
import type { HistoryEntry } from '../history.ts';
import { markup, markupText, type Markup } from '../markup.ts';
import { targetText, verdictWords } from '../verdict-words.ts';
import { pageData } from './page-data.ts';
import { casesSection } from './sections/cases.ts';
import { causesSection } from './sections/causes.ts';
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
  const sections: readonly Markup[] = [
    overviewSection(results),
    leftOutSection(results),
    causesSection(data),
    gridSection(results),
    casesSection(data),
    rolesSection(results),
    coverageSection(results),
    timingSection(results),
    trendSection(history),
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
${sections}
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
