/** Files of tests: vitest keeps every test of a file until the last one is done, so a large plan makes several. Pure. */
import type { PhaseCases } from './phases.ts';

/** The most cases of a part. */
const mostCases = 6_000;

/** The phases of a run divided into parts, one at least, which keep the order of the phases and of the cases in them. */
export function inParts(phases: readonly PhaseCases[]): readonly (readonly PhaseCases[])[] {
  const parts: PhaseCases[][] = [[]];
  let room = mostCases;
  for (const { phase, cases } of phases) {
    for (let start = 0; start < cases.length;) {
      if (room === 0) {
        parts.push([]);
        room = mostCases;
      }
      const taken = cases.slice(start, start + room);
      parts.at(-1)?.push({ phase, cases: taken });
      start += taken.length;
      room -= taken.length;
    }
  }
  return parts;
}
