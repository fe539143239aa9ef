import { UsageError } from '../errors.ts';
import type { Volume } from '../report/terminal/report-text.ts';

/** How much a command tells. Throws UsageError where both flags are given. */
export function volumeOf({
  quiet,
  verbose,
}: {
  readonly quiet?: unknown;
  readonly verbose?: unknown;
}): Volume {
  if (quiet === true && verbose === true) {
    throw new UsageError('--quiet and --verbose are both given.', 'Choose one of them.');
  }
  if (quiet === true) return 'quiet';
  return verbose === true ? 'verbose' : 'normal';
}
