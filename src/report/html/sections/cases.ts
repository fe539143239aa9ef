import { markup, type Markup } from '../../markup.ts';
import type { PageData } from '../page-data.ts';

const choices = [
  ['state', 'outcome'],
  ['surface', 'surface'],
  ['operation', 'operation'],
  ['column', 'credential'],
  ['family', 'family'],
  ['cause', 'root cause'],
] as const;

/** The filter, the list and the place where a case is told; the script fills all three. */
export function casesSection({ cases }: PageData): Markup {
  const controls = choices.map(
    ([member, label]) =>
      markup`<label>${label} <select id="filter-${member}"></select></label>
`,
  );
  return markup`<section aria-labelledby="cases-title" id="cases"><h2 id="cases-title">Cases: ${cases.length}</h2>
<form id="filter" aria-label="filter of the cases">
<label>text <input id="filter-text" type="search" placeholder="words of id, title or finding"></label>
${controls}<button type="button" id="filter-clear">clear</button>
</form>
<p id="case-count" role="status" tabindex="-1"></p>
<article id="case" aria-labelledby="case-title" hidden>
<button type="button" id="case-close">close</button>
<h3 id="case-title" tabindex="-1"></h3>
<div id="case-facts"></div>
</article>
<div class="scroll" tabindex="0" role="region" aria-label="list of cases"><table class="cases">
<thead><tr><th scope="col">outcome</th><th scope="col">case</th><th scope="col">family</th><th scope="col">credential</th></tr></thead>
<tbody id="case-rows"></tbody></table></div>
<p class="pages"><button type="button" id="page-previous">previous page</button> <button type="button" id="page-next">next page</button></p>
</section>`;
}
