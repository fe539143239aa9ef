/** What of the machine bears on the figures; nothing that changes from day to day. */
import { availableParallelism } from 'node:os';

/** A line about the machine. */
export function machineText() {
  return `Node ${process.versions.node}, ${availableParallelism()} CPUs, ${process.platform} ${process.arch}`;
}
