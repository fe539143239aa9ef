import type { Results } from '../../../results/types.ts';
import { causesOfRun } from '../../causes/causes-of-run.ts';
import { rootCauseSentence } from '../../causes/words.ts';
import { cellCountsText, unprovenSentence } from '../../cell-words.ts';
import { markup, type Markup } from '../../markup.ts';
import { levelSentences } from '../../level-words.ts';
import { outdatedTitle, outdatedWords, targetText, verdictWords } from '../../verdict-words.ts';
import type { PageState } from '../page-data.ts';

/** The verdict, the target, the run and the counts; a count leads to its cases. */
export function overviewSection(results: Results): Markup {
  const { word, mood, meaning } = verdictWords(results);
  const { summary, tool, contract } = results;
  const cells = cellCountsText(results);
  const unproven = unprovenSentence(results);
  const facts: readonly (readonly [string, string | Markup])[] = [
    ['contract', `digest ${contract.digest.slice(0, 12)}`],
    [
      'run',
      `profile ${results.profile}, seed ${results.seed}${results.strict ? ', strict' : ''}, id ${results.runId}`,
    ],
    [
      'began',
      markup`<time datetime="${results.startedAt}">${results.startedAt}</time>, took ${(results.durationMs / 1000).toFixed(1)} s, ${results.requests} requests`,
    ],
    ...(cells === undefined ? [] : [['proven', cells] as const]),
    ...levelSentences(results).map((text) => ['conformance', text] as const),
    ['tool', `${tool.name} ${tool.version}, plan ${results.planDigest.slice(0, 12)}`],
  ];
  return markup`<header class="${mood}">
<p class="about">${contract.title} ${contract.version} at ${targetText(results)}</p>
<h1>${word}</h1>
<p>${sentence(results)}</p>
<p>Exit code ${results.exitCode}: ${meaning}.</p>
<p class="counts">
${count(summary.failed, 'failed', 'violations')}
${summary.known === undefined ? '' : count(summary.known, 'known to fail', 'known')}
${count(summary.passed, 'passed', 'passed')}
${summary.provesNothing === undefined ? '' : count(summary.provesNothing, 'of them prove nothing', 'proves-nothing')}
${count(summary.inconclusive, 'not judged', 'inconclusive')}
${count(summary.skipped, 'not sent', 'skipped')}
<span><b>${summary.advisories}</b> ${summary.advisories === 1 ? 'advisory' : 'advisories'}</span>
</p>
</header>
${unproven === undefined ? '' : markup`<p class="unproven">${unproven}</p>`}<dl class="facts">${facts.map(([label, text]) => markup`<dt>${label}</dt><dd>${text}</dd>`)}</dl>
${faults(results)}${outdated(results)}<noscript><p>The list of cases needs JavaScript, which this page holds itself.</p></noscript>`;
}

/** The verdict in one sentence: the gravest cause, where there is one. */
function sentence(results: Results): string {
  const [first, ...others] = causesOfRun(results).violations;
  if (first === undefined) return `${results.summary.failed === 0 ? 'No case failed' : 'Cases failed'}.`;
  const more =
    others.length === 0 ? '' : `, and ${others.length} more ${others.length === 1 ? 'cause' : 'causes'}`;
  return `${rootCauseSentence(first)}${more}.`;
}

function count(number: number, words: string, state: PageState): Markup {
  const text = markup`<b>${number}</b> ${words}`;
  if (number === 0) return markup`<span>${text}</span>`;
  return markup`<button type="button" data-look="${JSON.stringify({ state })}">${text}</button>`;
}

function faults({ suiteFaults }: Results): Markup {
  if (suiteFaults.length === 0) return markup``;
  return markup`<section aria-labelledby="faults"><h2 id="faults">The suite itself failed, which says nothing about the target</h2>
<ul>${suiteFaults.map(({ caseId, message }) => markup`<li>${caseId ?? 'the run'}: <code>${message}</code></li>`)}</ul></section>`;
}

function outdated({ outdatedKnownFailures = [] }: Results): Markup {
  if (outdatedKnownFailures.length === 0) return markup``;
  const rows = outdatedKnownFailures.map((entry) => markup`<li>${outdatedWords(entry)}</li>`);
  return markup`<section aria-labelledby="outdated"><h2 id="outdated">${outdatedTitle}</h2>
<ul>${rows}</ul></section>`;
}
