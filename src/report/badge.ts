import type { Results } from '../results/types.ts';
import { cellsOf, type CellFacts } from '../results/cells.ts';
import { casesOfLevels } from '../results/levels.ts';
import { summarize } from '../results/verdict.ts';
import { untriedWords } from './cell-words.ts';
import { claimWords } from './level-words.ts';
import { markup, markupText } from './markup.ts';
import { verdictWords, type Mood } from './verdict-words.ts';

/** What a badge says: enough to compute it again and compare. */
export interface Badge {
  readonly label: string;
  readonly message: string;
  readonly mood: Mood;
}

/**
 * The badge of a run: the verdict, how many cells were not tried, the levels of conformance that it claims, if any, and
 * how many of the cases, of those levels or of the whole, were judged.
 */
export function badgeOf(
  results: Pick<Results, 'verdict' | 'exitCode' | 'contract' | 'levels'> & CellFacts,
): Badge {
  const { word, mood } = verdictWords(results);
  const claims = claimWords(results);
  const claimed = results.levels.flatMap((one) => (one.claimed ? [one.level] : []));
  const cases = claims === undefined ? results.cases : casesOfLevels(results.cases, claimed);
  const { passed, failed, total } = summarize({ cases, strict: results.strict });
  const untried = untriedWords(cellsOf(results));
  const judged = `${passed + failed} of ${total} judged`;
  return {
    label: `${results.contract.title} ${results.contract.version}`,
    message: `${word}${untried === undefined ? '' : `, ${untried}`} (${claims === undefined ? '' : `${claims}: `}${judged})`,
    mood,
  };
}

/** White text on these has a contrast of at least 4.5 : 1. */
const colors: Readonly<Record<Mood, string>> = { good: '#1a7f37', bad: '#c62828', open: '#8a5a00' };
/** Of 11 px sans-serif, rounded up, so that no letter is cut where the font is a wide one. */
const letterWidth = 6.6;
const padding = 8;

/** `badge.svg`: self-contained, without a font or an image of its own. */
export function badgeSvg(badge: Badge): string {
  const [left, right] = [widthOf(badge.label), widthOf(badge.message)];
  const width = left + right;
  const title = `${badge.label}: ${badge.message}`;
  return markupText(markup`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" role="img" aria-label="${title}">
<title>${title}</title>
<clipPath id="corners"><rect width="${width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#corners)">
<rect width="${left}" height="20" fill="#444c56"/>
<rect x="${left}" width="${right}" height="20" fill="${colors[badge.mood]}"/>
</g>
<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
<text x="${left / 2}" y="14">${badge.label}</text>
<text x="${left + right / 2}" y="14">${badge.message}</text>
</g>
</svg>
`);
}

function widthOf(text: string): number {
  return Math.ceil(text.length * letterWidth) + 2 * padding;
}
