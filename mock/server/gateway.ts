import type { Deployment } from '../deployment/deployment.ts';
import { errorAnswer } from '../deployment/errors.ts';
import type { Packet } from './packet.ts';
import { toPacket } from './packet.ts';

/** How many requests pass between two that the gateway answers itself: more than are under way at once. */
const hiccupEvery = 197;
const refusalEvery = 149;

/** What stands in front of a deployment: gives its own answer to a request now and then, before the API sees it. */
export type Gateway = (method: string) => Packet | undefined;

/** Makes the gateway of a deployment. A request that is repeated at once passes. */
export function createGateway({ dialect, contract }: Deployment): Gateway {
  const { hiccups, rateLimit } = dialect.gateway;
  let reads = 0;
  let requests = 0;
  return (method) => {
    requests += 1;
    if (rateLimit && requests % refusalEvery === 0) {
      return toPacket(errorAnswer({ kind: 'too-many' }, contract, dialect), dialect.transport, '', 0);
    }
    // Only what can be repeated safely: whether anything else was done could not be told.
    if (method !== 'GET' || hiccups === undefined) return undefined;
    reads += 1;
    return reads % hiccupEvery === 0 ? hiccup(hiccups) : undefined;
  };
}

function hiccup(status: number): Packet {
  const text = `<html><head><title>${status}</title></head><body><center>${status}</center></body></html>\n`;
  return {
    status,
    headers: { 'content-type': 'text/html' },
    bytes: Buffer.from(text),
    framing: 'length',
    delayMs: 0,
    delivery: 'whole',
  };
}
