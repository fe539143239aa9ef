import { markup, markupText, type Markup } from '../../markup.ts';

/** A section of the page, and how the contents name it; one that says nothing is in neither. */
export interface Entry {
  readonly id: string;
  readonly words: string;
  readonly section: Markup;
}

/** Where to find what, in one line that stays in sight. */
export function contentsSection(entries: readonly Entry[]): Markup {
  const present = entries.filter(({ section }) => markupText(section).trim() !== '');
  return markup`<nav aria-label="contents" class="contents"><ul>${present.map(({ id, words }) => markup`<li><a href="#${id}">${words}</a></li>`)}</ul></nav>`;
}
