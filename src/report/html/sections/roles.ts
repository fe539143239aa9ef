import type { Results } from '../../../results/types.ts';
import { markup, type Markup } from '../../markup.ts';
import { differs, observedRoles, type ObservedRole } from '../../observed-roles.ts';

const symbols = { allowed: '✓', denied: '–', mixed: '±', unknown: '·' } as const;

/** Who may do what as it was seen, beside what the matrix declares. */
export function rolesSection(results: Results): Markup {
  const { roles, rows, differences } = observedRoles(results);
  if (rows.length === 0) return markup``;
  const verdict =
    differences.length === 0
      ? markup`<p>Nothing was seen that differs from the matrix.</p>`
      : markup`<ul class="differences">${differences.map((text) => markup`<li>${text}</li>`)}</ul>`;
  const body = rows.map(
    (row) =>
      markup`<tr><th scope="row">${row.operation}</th>${row.roles.map(cellMarkup)}</tr>
`,
  );
  return markup`<section aria-labelledby="roles"><h2 id="roles">Observed roles</h2>
<p>What the key of each role was seen to do, from the answers of this run alone; what differs is followed by what the matrix declares.</p>
${verdict}
<details><summary>Every operation and role</summary>
<div class="scroll" tabindex="0" role="region" aria-label="observed roles"><table>
<thead><tr><td></td>${roles.map((role) => markup`<th scope="col">${role}</th>`)}</tr></thead>
<tbody>${body}</tbody></table></div></details></section>`;
}

function cellMarkup(one: ObservedRole): Markup {
  const { observed, declared, allowed, denied, standing } = one;
  const wrong = differs(one);
  const proof = standing === undefined ? '' : `, ${standing.replaceAll('-', ' ')}`;
  const told = wrong ? `${observed}, declared ${declared}` : `${observed}${proof}`;
  return markup`<td class="${wrong ? 'violations' : 'plain'}" title="let through ${allowed} times, refused ${denied} times">${symbols[observed]} ${told}</td>`;
}
