import type { ServerResponse } from 'node:http';
import type { Packet } from './packet.ts';

/** Writes a packet to the connection, after its delay. */
export function send(packet: Packet, outgoing: ServerResponse): void {
  if (packet.delayMs <= 0) return deliver(packet, outgoing);
  const timer = setTimeout(() => deliver(packet, outgoing), packet.delayMs);
  outgoing.once('close', () => clearTimeout(timer));
}

function deliver(packet: Packet, outgoing: ServerResponse): void {
  const { bytes, delivery } = packet;
  switch (delivery) {
    case 'whole':
      writeHead(packet, outgoing, bytes.length);
      outgoing.end(bytes);
      return;
    case 'truncated': {
      writeHead({ ...packet, framing: 'length' }, outgoing, bytes.length);
      outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => outgoing.destroy());
      return;
    }
    case 'raw':
      outgoing.socket?.end(bytes);
      return;
    case 'reset':
      outgoing.socket?.resetAndDestroy();
      return;
    case 'never':
      // Held until the client gives up.
      return;
  }
}

function writeHead({ status, headers, framing }: Packet, outgoing: ServerResponse, length: number): void {
  const bodiless = status === 204 || status === 304;
  const size = framing === 'length' && !bodiless ? { 'content-length': String(length) } : {};
  outgoing.writeHead(status, { ...headers, ...size });
}
