import type { Results } from '../../results/types.ts';
import { printable } from '../printable.ts';
import { outdatedTitle, outdatedWords } from '../verdict-words.ts';
import type { Style } from './style.ts';
import { counted } from './wrap.ts';

/** How the run went: why it ended early, what it waited and repeated; empty where there is nothing to tell. */
export function conductText({ ended, manners }: Results, style: Style): readonly string[] {
  const lines: string[] = [];
  if (ended !== undefined) lines.push(style.warning(style.strong(`Ended early: ${printable(ended)}.`)));
  if (manners !== undefined && manners.rateLimited > 0) {
    const seconds = (manners.waitedMs / 1000).toFixed(1);
    lines.push(
      `The target limited the rate ${counted(manners.rateLimited, 'time')} (429, or 503 with Retry-After); the run waited ${seconds} s for it.`,
    );
  }
  if (manners !== undefined && manners.repeated > 0) {
    lines.push(
      `${counted(manners.repeated, 'read')} repeated, because the connection broke or something in front of the API answered.`,
    );
  }
  return lines;
}

/** The entries of the known failures that have to go, a line each with its place. */
export function outdatedText({ outdatedKnownFailures = [] }: Results, style: Style): readonly string[] {
  if (outdatedKnownFailures.length === 0) return [];
  return [
    style.bad(style.strong(`${outdatedTitle}: ${outdatedKnownFailures.length}`)),
    ...outdatedKnownFailures.map((entry) => printable(`  ${outdatedWords(entry)}`)),
  ];
}
