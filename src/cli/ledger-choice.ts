/** Which of the ledgers in a folder a clean-up may go by. */
import { printable } from '../report/printable.ts';
import type { LeftLedger } from '../execute/ledger-read.ts';
import { lifeOf } from '../execute/process-mark.ts';
import { isLoopback } from './base-url.ts';

export type LedgerChoice =
  | { readonly kind: 'usable' | 'lives' | 'young' | 'headless'; readonly ledger: LeftLedger }
  /** `alike` where it may well be another spelling of the target. */
  | { readonly kind: 'other-target'; readonly ledger: LeftLedger; readonly alike: boolean };

export interface Asked {
  readonly baseUrl: string;
  /** The run that the user named: its ledger counts whatever target and time it names. */
  readonly runId: string | undefined;
  /** ms: a run of which it cannot be seen whether it goes on must have begun so long ago. */
  readonly olderThanMs: number;
  readonly now: Date;
}

/** Whether a ledger may be gone by: it must be of the target, and of a run that has ended. */
export function chooseLedger(ledger: LeftLedger, { baseUrl, runId, olderThanMs, now }: Asked): LedgerChoice {
  const { head } = ledger;
  const life = head?.process === undefined ? 'elsewhere' : lifeOf(head.process);
  if (life === 'lives') return { kind: 'lives', ledger };
  if (runId === ledger.runId) return { kind: 'usable', ledger };
  if (head === undefined) return { kind: 'headless', ledger };
  if (head.baseUrl !== baseUrl) {
    return { kind: 'other-target', ledger, alike: isAlike(head.baseUrl, baseUrl) };
  }
  if (life === 'elsewhere' && !isOlder(head.startedAt, olderThanMs, now)) return { kind: 'young', ledger };
  return { kind: 'usable', ledger };
}

/** Whether a run began so long ago that it has ended; one whose beginning is not known only where any age will do. */
export function isOlder(startedAt: Date | undefined, olderThanMs: number, now: Date): boolean {
  if (olderThanMs === 0) return true;
  return startedAt !== undefined && now.getTime() - startedAt.getTime() >= olderThanMs;
}

/** Why a ledger is not gone by, and what to do, as a sentence; undefined for one that is. */
export function wordsOfChoice(choice: LedgerChoice, { baseUrl }: Asked): string | undefined {
  const { ledger } = choice;
  const { runId, head } = ledger;
  switch (choice.kind) {
    case 'usable':
      return undefined;
    case 'lives':
      return `The run ${runId} is not at its end (process ${head?.process?.pid ?? ''}): nothing of it is touched. --wait waits for it.`;
    case 'young':
      return `The run ${runId} began ${head?.startedAt?.toISOString() ?? 'at a time that is not told'} on another machine, and may go on: nothing of it is touched. If it has ended: --run-id ${runId}.`;
    case 'headless':
      return `${ledger.file} has lost its first line, so it does not say which target it is of. If it is ${baseUrl}: --run-id ${runId}.`;
    case 'other-target':
      return `There is a ledger of the run ${runId}, but for ${shownUrl(head?.baseUrl ?? '')}. Name that by --base-url, or look for the things of that run at ${baseUrl} by --run-id ${runId}.`;
  }
}

/** The address of a target as a ledger names it: what should not be in one is not repeated. */
export function shownUrl(text: string): string {
  if (!URL.canParse(text)) return 'an address that is none';
  const { origin, pathname } = new URL(text);
  return printable(`${origin}${pathname}`);
}

function isAlike(one: string, other: string): boolean {
  if (!URL.canParse(one) || !URL.canParse(other)) return false;
  const [a, b] = [new URL(one), new URL(other)];
  if (a.port !== b.port) return false;
  return a.hostname === b.hostname || (isLoopback(one) && isLoopback(other));
}
