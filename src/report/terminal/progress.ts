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
  /** Takes the live line away, so that the report begins on a clean one. */
  stop(): void;
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
  if (view.volume === 'quiet') return silent;
  if (view.volume === 'verbose') return everyCase(view.stream, createStyle(view.colors));
  return view.live ? liveLine(view.stream) : plainLines(view.stream);
}

const silent: Progress = { start: () => undefined, done: () => undefined, stop: () => undefined };

function everyCase(stream: NodeJS.WritableStream, style: Style): Progress {
  const marks: Readonly<Record<CaseResult['status'], string>> = {
    passed: style.good('✓'),
    failed: style.bad('✗'),
    inconclusive: style.warning('?'),
    skipped: style.faint('·'),
  };
  return {
    ...silent,
    done: (one) => {
      const { status, id, durationMs } = one;
      const reason = one.reason ?? nothingWords(one);
      stream.write(
        `${marks[status]} ${printable(id)} (${Math.round(durationMs)} ms)${reason === undefined ? '' : `: ${printable(reason)}`}\n`,
      );
    },
  };
}

function plainLines(stream: NodeJS.WritableStream): Progress {
  const state = { total: 0, done: 0, failed: 0, tenths: 0 };
  return {
    ...silent,
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

function liveLine(stream: NodeJS.WritableStream): Progress {
  const bar = new SingleBar(
    {
      stream,
      format: '{bar} {value}/{total} cases, {requests} requests, {failed} failed, {eta_formatted} left',
      barsize: 24,
      clearOnComplete: true,
      hideCursor: true,
      // A run that is interrupted leaves its terminal as it was.
      gracefulExit: false,
    },
    Presets.shades_classic,
  );
  let failed = 0;
  return {
    start: (total) => {
      bar.start(total, 0, { requests: 0, failed: 0 });
    },
    done: ({ status }, requests) => {
      if (status === 'failed') failed += 1;
      bar.increment(1, { requests, failed });
    },
    stop: () => {
      bar.stop();
    },
  };
}
