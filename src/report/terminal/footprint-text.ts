import type { FootprintLine, Results } from '../../results/types.ts';
import { printable } from '../printable.ts';
import { embeddedTarget } from '../../results/embedded-target.ts';
import type { Style } from './style.ts';
import { counted } from './wrap.ts';

/** The most requests by effect, and the most things that stay by resource. */
export interface Promised {
  readonly requests: Readonly<Record<string, number>>;
  readonly stays: Readonly<Record<string, number>>;
}

/**
 * What a run will send and leave behind at most, as lines.
 * @param keysInUrls how many requests show a key in their URL, by credential
 */
export function promiseText(
  { requests, stays }: Promised,
  keysInUrls: Readonly<Record<string, number>> = {},
): readonly string[] {
  const sent = Object.entries(requests).filter(([, count]) => count > 0);
  const left = Object.entries(stays).filter(([, count]) => count > 0);
  return [
    sent.length === 0
      ? 'It sends reads alone, which change nothing.'
      : `It sends at most ${listed(sent.map(([effect, count]) => requestsOf(effect, count)))}, refused ones included, and a quarter of them once more where the target limits the rate (429); reads are not limited.`,
    ...(sent.length === 0
      ? []
      : [
          left.length === 0
            ? 'On a target that keeps the contract nothing stays behind but what is archived.'
            : `It leaves behind for good at most ${listed(left.map(([resource, count]) => counted(count, resource)))}; what can be archived is archived.`,
        ]),
    ...Object.entries(keysInUrls).map(
      ([credential, count]) =>
        `${counted(count, 'request')} ${count === 1 ? 'shows' : 'show'} the whole key of ${credential} in the URL, which access logs keep: that it does not count there is tested. --without key-in-url leaves ${count === 1 ? 'it' : 'them'} out.`,
    ),
  ];
}

function requestsOf(effect: string, count: number): string {
  return effect === 'undocumented'
    ? `${counted(count, 'request')} with an undocumented method`
    : counted(count, effect, effect === 'dispatch' ? 'dispatches' : `${effect}s`);
}

function listed(parts: readonly string[]): string {
  return parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;
}

/** The balance of what was promised and done, a line each; the embedded mock is gone with all that was done to it. */
export function balanceText({ footprint = [], target }: Results, style: Style): readonly string[] {
  const lines = footprint.filter(({ promised, actual }) => promised > 0 || actual > 0);
  if (lines.length === 0 || target.name === embeddedTarget) return [];
  return [
    style.strong('Footprint: what was promised at most, and what came of it'),
    ...lines.map((line) => balanceLine(line, style)),
  ];
}

function balanceLine({ kind, of, promised, actual, excused }: FootprintLine, style: Style): string {
  const name = printable(kind === 'requests' ? `${of} requests` : `${of} that stays`);
  const text = `  ${name.padEnd(24)} ${String(promised).padStart(6)} promised ${String(actual).padStart(6)} ${kind === 'requests' ? 'sent' : 'left'}`;
  if (actual <= promised) return text;
  return style.warning(
    `${text}, ${excused} more than promised, because the target took or damaged what it must not`,
  );
}
