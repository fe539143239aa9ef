import type { Results } from '../../../results/types.ts';
import { leftOutGroups } from '../../left-out.ts';
import { markup, type Markup } from '../../markup.ts';

/** What was not sent and what could not be judged, by reason, and what stays on the target. */
export function leftOutSection(results: Results): Markup {
  const { leftovers } = results;
  const groups = [groupsMarkup(results, 'inconclusive'), groupsMarkup(results, 'skipped')];
  const stays =
    leftovers.length === 0
      ? markup``
      : markup`<details><summary>Left on the target: ${leftovers.length} things that the run made</summary>
<ul>${leftovers.map(({ resource, id, name, reason }) => markup`<li>${resource} <code>${id}</code> ${name}: ${reason}</li>`)}</ul></details>`;
  return markup`<section aria-labelledby="left-out"><h2 id="left-out">What was not covered, and why</h2>
${groups}${stays}</section>`;
}

function groupsMarkup({ cases }: Results, status: 'skipped' | 'inconclusive'): Markup {
  const groups = leftOutGroups(cases, status);
  const words = status === 'skipped' ? 'not sent' : 'not judged';
  if (groups.length === 0)
    return markup`<p>${status === 'skipped' ? 'No case was left out.' : 'Every case that was sent was judged.'}</p>`;
  const rows = groups.map(
    ({ reason, remedy, cases: members }) =>
      markup`<tr><td class="number">${members.length}</td><td>${reason}</td><td>${remedy ?? ''}</td></tr>
`,
  );
  return markup`<div class="scroll" tabindex="0" role="region" aria-label="cases ${words}"><table>
<thead><tr><th scope="col">${words}</th><th scope="col">why</th><th scope="col">to change that</th></tr></thead>
<tbody>${rows}</tbody></table></div>`;
}
