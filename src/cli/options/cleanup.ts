/** What is tidied up, and after whom. */
import { duration, flag, text, type OptionFacts } from './option.ts';

/** No run takes longer, in ms: what is younger may be the work of one that still goes on. */
export const longestRunMs = 86_400_000;

export const cleanupOptions = {
  runId: {
    flags: '--run-id <id>',
    about:
      'the run whose things are archived, where its ledger is lost or names another spelling of the target',
    parse: text,
  },
  byMarker: {
    flags: '--by-marker',
    about: 'list what bears the mark of any run that began long enough ago, ask, and archive it',
    parse: flag,
  },
  olderThan: {
    flags: '--older-than <time>',
    about:
      'how long ago a run must have begun of which it cannot be seen whether it goes on, such as 10m, 6h, 1d',
    otherwise: '1d',
    parse: duration,
  },
  wait: {
    flags: '--wait',
    about: 'wait for a run on this machine that is not at its end',
    parse: flag,
  },
} as const satisfies Record<string, OptionFacts>;
