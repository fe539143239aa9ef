/**
 * What HTTP sets by itself for a connection or for the framing of a message: no request can bear another value
 * (RFC 9110, sections 7.2, 7.6.1 and 10.1.1; RFC 9112, section 6).
 */
const ofConnection: ReadonlySet<string> = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'http2-settings',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Whether a header is of the connection, in whatever case it is written. */
export function isOfConnection(name: string): boolean {
  return ofConnection.has(name.toLowerCase());
}
