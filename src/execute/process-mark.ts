/** Which process of which machine a run is, and whether it still lives. */
import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';

export interface ProcessMark {
  readonly host: string;
  readonly pid: number;
  /** When the process began, in the clock ticks of its machine; absent where the system does not tell. */
  readonly born?: string;
}

/** The mark of this process. */
export function ownProcess(): ProcessMark {
  const born = statOf(process.pid)?.born;
  return { host: hostname(), pid: process.pid, ...(born === undefined ? {} : { born }) };
}

/** Whether it is the mark of this process. */
export function isThisProcess({ host, pid }: ProcessMark): boolean {
  return pid === process.pid && host === hostname();
}

/** Whether the process lives; `elsewhere` where it is, or was, one of another machine, of which nothing can be told. */
export function lifeOf({ host, pid, born }: ProcessMark): 'lives' | 'ended' | 'elsewhere' {
  if (host !== hostname()) return 'elsewhere';
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Another user's process lives, but may not be signalled.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return 'ended';
  }
  const now = statOf(pid);
  // It has ended, but nobody has asked for its end yet.
  if (now?.state === 'Z') return 'ended';
  return born === undefined || now === undefined || born === now.born ? 'lives' : 'ended';
}

/** What the system says of a process: its state, and a number that another one of the same id does not have. */
function statOf(pid: number): { readonly state: string; readonly born: string } | undefined {
  try {
    // Linux, proc_pid_stat(5): behind the name in brackets, the state is the first and the start time the 20th.
    const [, rest = ''] = /^.*\) (.*)$/s.exec(readFileSync(`/proc/${pid}/stat`, 'latin1')) ?? [];
    const fields = rest.split(' ');
    const [state = '', born = ''] = [fields[0], fields[19]];
    return { state, born };
  } catch {
    return undefined;
  }
}
