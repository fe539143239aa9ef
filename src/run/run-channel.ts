/**
 * Between the thread that plans a run and the one that carries it out: the cases go over a part at a time, and the word
 * that the run is to stop. As objects, a hundred thousand cases take two hundred megabytes; those that wait are packed.
 */
import { deserialize, serialize } from 'node:v8';
import { BroadcastChannel } from 'node:worker_threads';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { isObject } from '../check/members.ts';
import type { PhaseCases } from '../plan/phases.ts';
import { freeMemory } from './free-memory.ts';

export interface Part {
  readonly phases: readonly PhaseCases[];
  /** Whether it is the last one, which ends the run. */
  readonly last: boolean;
}

/** The end of the channel that hands the parts out. */
export interface GivingEnd {
  /** How many parts there are in all. */
  readonly count: number;
  /** Has the run stop: what is in flight is finished, nothing else is begun. */
  readonly stop: () => void;
  readonly close: () => void;
}

/** The end of the channel that carries the parts out. */
export interface TakingEnd {
  readonly nextPart: () => Promise<Part>;
  readonly close: () => void;
}

function nameOf(runId: string): string {
  return `armature-conformance-${runId}`;
}

const wanted = 'next part';
const stopping = 'stop';
/** It is said again and again that the run is to stop, in ms: nobody may have listened yet when it was said first. */
const sayAgainMs = 50;

/** Hands out the parts of the run of an id, in their order, each as it is asked for. */
export function giveParts(runId: string, parts: readonly (readonly PhaseCases[])[]): GivingEnd {
  const waiting = parts.map((part) => deflateRawSync(serialize(part), { level: 1 }));
  const count = waiting.length;
  const channel = new BroadcastChannel(nameOf(runId));
  let saying: NodeJS.Timeout | undefined;
  listen(channel, (data) => {
    if (data !== wanted) return;
    const packed = waiting.shift();
    channel.postMessage({ packed, last: waiting.length === 0 });
    // Of the cases as objects, and of the part before.
    if (count > 1) freeMemory();
  });
  return {
    count,
    stop: () => {
      saying ??= setInterval(() => channel.postMessage(stopping), sayAgainMs);
    },
    close: () => {
      clearInterval(saying);
      channel.close();
    },
  };
}

/** Takes the parts of the run of an id. @param onStop told, perhaps more than once, that the run is to stop */
export function takeParts(runId: string, onStop: () => void): TakingEnd {
  const channel = new BroadcastChannel(nameOf(runId));
  let take: ((part: Part) => void) | undefined;
  listen(channel, (data) => {
    if (data === stopping) onStop();
    else if (isObject(data) && 'last' in data) take?.(unpacked(data));
  });
  return {
    nextPart: () =>
      new Promise((resolve) => {
        take = resolve;
        channel.postMessage(wanted);
      }),
    close: () => channel.close(),
  };
}

/** Tells what is said; a channel that is listened to keeps nothing alive. */
function listen(channel: BroadcastChannel, told: (data: unknown) => void): void {
  channel.addEventListener('message', (event) =>
    told(event instanceof MessageEvent ? event.data : undefined),
  );
  channel.unref();
}

function unpacked({ packed, last }: Readonly<Record<string, unknown>>): Part {
  return {
    phases: packed instanceof Uint8Array ? deserialize(inflateRawSync(packed)) : [],
    last: last === true,
  };
}
