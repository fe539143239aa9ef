import type { Results } from '../../../results/types.ts';
import { acceptedCellLines, namesOf, untriedGroups } from '../../cell-words.ts';
import { leftOutGroups } from '../../left-out.ts';
import { markup, type Markup } from '../../markup.ts';

/** What was not sent and what could not be judged, by reason, and what stays on the target. */
export function leftOutSection(results: Results): Markup {
  const { leftovers } = results;
  const groups = [
    groupsMarkup(results, 'inconclusive'),
    groupsMarkup(results, 'skipped'),
    untriedMarkup(results),
  ];
  const told = groups.flatMap((group) => group ?? []);
  if (told.length === 0 && leftovers.length === 0) return markup``;
  const stays =
    leftovers.length === 0
      ? markup``
      : markup`<details><summary>Left on the target: ${leftovers.length} things that the run made or changed</summary>
<ul>${leftovers.map(({ resource, id, name, reason }) => markup`<li>${resource} <code>${id}</code> ${name}: ${reason}</li>`)}</ul></details>`;
  return markup`<section aria-labelledby="left-out"><h2 id="left-out">What was not covered, and why</h2>
${told}${stays}</section>`;
}

function untriedMarkup(results: Results): Markup | undefined {
  const groups = untriedGroups(results);
  const accepted = acceptedCellLines(results);
  if (groups.length + accepted.length === 0) return undefined;
  const rows = groups.map(
    ({ cells, reason, remedy }) =>
      markup`<tr><td class="number">${cells.length}</td><td>${namesOf(cells)}</td><td>${reason}</td><td>${remedy ?? ''}</td></tr>
`,
  );
  const table = markup`<div class="scroll" tabindex="0" role="region" aria-label="cells not tried"><table>
<thead><tr><th scope="col">cells not tried</th><th scope="col">operation and role</th><th scope="col">why</th><th scope="col">to change that</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
  const list = markup`<p>Not proven, and accepted:</p><ul>${accepted.map((line) => markup`<li>${line}</li>`)}</ul>`;
  return markup`${groups.length === 0 ? '' : table}${accepted.length === 0 ? '' : list}`;
}

function groupsMarkup({ cases }: Results, status: 'skipped' | 'inconclusive'): Markup | undefined {
  const groups = leftOutGroups(cases, status);
  const words = status === 'skipped' ? 'not sent' : 'not judged';
  if (groups.length === 0) return undefined;
  const rows = groups.map(
    ({ reason, remedy, cases: members }) =>
      markup`<tr><td class="number">${members.length}</td><td>${reason}</td><td>${remedy ?? ''}</td></tr>
`,
  );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="cases ${words}"><table>
<thead><tr><th scope="col">${words}</th><th scope="col">why</th><th scope="col">to change that</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
