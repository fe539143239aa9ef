/** Memory that a run needs no longer, given back before the next thing needs more. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Has this thread collect its garbage now. V8 lets it lie for as long as there is memory: after planning, two hundred
 * megabytes for a hundred thousand cases, for the whole run. Takes some 50 ms, so it is for large plans alone.
 */
export function freeMemory(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect === 'function') collect();
}
