import { markup, type Markup } from '../../markup.ts';
import type { PageCause, PageData } from '../page-data.ts';

/** How many root causes are open from the start. */
const open = 1;

/** The failures by root cause; the script puts the worked example in where one is opened. */
export function causesSection({ causes, withoutDetails }: PageData): Markup {
  if (causes.length === 0) return markup``;
  const violations = causes.filter(({ kind }) => kind === 'violations').length;
  const note =
    withoutDetails === 0
      ? markup``
      : markup`<p>The evidence of ${withoutDetails} more cases is in results.json, so that this page stays quick.</p>`;
  return markup`<section aria-labelledby="causes"><h2 id="causes">Failures by cause</h2>
<p>${violations} ${violations === 1 ? 'root cause' : 'root causes'} of violations, ${causes.length - violations} of advisories; the gravest first.</p>
${note}
${causes.map((cause, index) => causeMarkup(cause, index))}
</section>`;
}

function causeMarkup({ sentence, kind }: PageCause, index: number): Markup {
  const isOpen = index < open && kind === 'violations';
  const opened = isOpen ? markup` open` : markup``;
  return markup`<details class="${kind}" data-cause="${index}"${opened}><summary>${index + 1}. ${sentence}</summary><div class="cause-body"></div></details>
`;
}
