/** How far a run is: one live line on a terminal, plain lines anywhere else. */
import { Presets, SingleBar } from 'cli-progress';
import type { CaseResult } from '../../results/types.ts';
import { printable } from '../printable.ts';
import { nothingWords } from '../case-state.ts';
import { createStyle, type Style } from './style.ts';
import type { Volume } from './report-text.ts';

export interface Progress {
  /** The number of cases that will be sent. */
  start(total: number): void;
  /** A case is done; `requests` is how many the run has sent so far. */
  done(result: CaseResult, requests: number): void;
  /**
   * Takes the live line away, so that something else can be written where it stood; the next case that is done draws it
   * again.
   */
  clear(): void;
}

export interface ProgressView {
  readonly stream: NodeJS.WritableStream;
  /** A live line needs a terminal that can move its cursor; CI has none, even where it pretends to. */
  readonly live: boolean;
  readonly colors: boolean;
  readonly volume: Volume;
}

/** The progress that fits the place it is shown in; quiet shows none, verbose a line a case. */
export function createProgress(view: ProgressView): Progress {
  const { stream } = view;
  if (view.volume === 'quiet') return silent;
  if (view.volume === 'verbose') return { ...silent, ...everyCase(stream, createStyle(view.colors)) };
  return view.live ? liveLine(stream) : { ...silent, ...plainLines(stream) };
}

const silent: Progress = {
  start: () => undefined,
  done: () => undefined,
  clear: () => undefined,
};

function everyCase(stream: NodeJS.WritableStream, style: Style): Pick<Progress, 'done'> {
  const marks: Readonly<Record<CaseResult['status'], string>> = {
    passed: style.good('✓'),
    failed: style.bad('✗'),
    inconclusive: style.warning('?'),
    skipped: style.faint('·'),
  };
  return {
    done: (one) => {
      const { status, id, durationMs } = one;
      const reason = one.reason ?? nothingWords(one);
      stream.write(
        `${marks[status]} ${printable(id)} (${Math.round(durationMs)} ms)${reason === undefined ? '' : `: ${printable(reason)}`}\n`,
      );
    },
  };
}

function plainLines(stream: NodeJS.WritableStream): Pick<Progress, 'start' | 'done'> {
  const state = { total: 0, done: 0, failed: 0, tenths: 0 };
  return {
    start: (total) => {
      state.total = total;
    },
    done: ({ status }, requests) => {
      state.done += 1;
      if (status === 'failed') state.failed += 1;
      const tenths = Math.floor((state.done * 10) / Math.max(state.total, 1));
      if (tenths === state.tenths) return;
      state.tenths = tenths;
      stream.write(`${state.done} of ${state.total} cases, ${requests} requests, ${state.failed} failed\n`);
    },
  };
}

/** Narrower than this, the line has no room for the bar. */
const leastForBar = 76;

/**
 * One line that is drawn again in its place. It begins with the first case that is done, so that nothing that is said
 * before stands in it, and it is cleared before anything else is written.
 */
function liveLine(stream: ProgressView['stream']): Progress {
  const state = { total: 0, value: 0, requests: 0, failed: 0 };
  let bar: SingleBar | undefined;
  const draw = (): SingleBar => {
    const drawn = new SingleBar(
      { ...options, stream, format: formatFor(columnsOf(stream)) },
      Presets.shades_classic,
    );
    drawn.start(state.total, state.value, { requests: state.requests, failed: state.failed });
    return drawn;
  };
  const clear = (): void => {
    bar?.stop();
    bar = undefined;
  };
  return {
    start: (total) => {
      state.total = total;
    },
    done: ({ status }, requests) => {
      state.value += 1;
      state.requests = requests;
      if (status === 'failed') state.failed += 1;
      bar ??= draw();
      bar.update(state.value, { requests, failed: state.failed });
    },
    clear,
  };
}

const options = {
  barsize: 24,
  clearOnComplete: true,
  hideCursor: true,
  // A line that wraps cannot be drawn again in its place.
  linewrap: false,
  // A run that is interrupted leaves its terminal as it was.
  gracefulExit: false,
} as const;

function formatFor(columns: number): string {
  const counts = '{value}/{total} cases, {requests} requests, {failed} failed';
  return columns < leastForBar ? counts : `{bar} ${counts}`;
}

function columnsOf(stream: NodeJS.WritableStream): number {
  return 'columns' in stream && typeof stream.columns === 'number' ? stream.columns : leastForBar;
}
