/** Why no answer came, in words for a reader. */
import type { Fault } from '../check/answer.ts';

export interface FaultError {
  readonly fault: Fault;
  readonly message: string;
  /** An answer began and did not end in time. */
  readonly late?: true;
}

const byCode: Readonly<Record<string, FaultError>> = {
  ECONNREFUSED: { fault: 'refused', message: 'the connection was refused' },
  ENOTFOUND: { fault: 'refused', message: 'the host name was not found' },
  EAI_AGAIN: { fault: 'refused', message: 'the host name could not be looked up' },
  EHOSTUNREACH: { fault: 'refused', message: 'the host cannot be reached' },
  ENETUNREACH: { fault: 'refused', message: 'the network cannot be reached' },
  ECONNRESET: { fault: 'reset', message: 'the connection was reset' },
  EPIPE: { fault: 'reset', message: 'the connection was closed while the request was sent' },
  UND_ERR_SOCKET: { fault: 'reset', message: 'the connection was closed before the answer was whole' },
  UND_ERR_CLOSED: { fault: 'reset', message: 'the connection was closed' },
  UND_ERR_DESTROYED: { fault: 'reset', message: 'the connection was closed' },
  UND_ERR_CONNECT_TIMEOUT: { fault: 'timeout', message: 'no connection within the time limit' },
  UND_ERR_HEADERS_OVERFLOW: { fault: 'too-large', message: 'the headers are too long' },
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: {
    fault: 'unparsable',
    message: 'the body does not have the length that Content-Length says',
  },
};

const tlsCode = /^(?:ERR_TLS|ERR_SSL|CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO|EPROTO)/;

/** The fault behind an error of the HTTP client. */
export function describeFault(error: unknown): FaultError {
  if (isFaultError(error)) return error;
  const code = codeOf(error);
  const known = byCode[code];
  if (known !== undefined) return known;
  if (error instanceof Error && error.name === 'HTTPParserError') {
    return { fault: 'unparsable', message: 'the answer is not HTTP' };
  }
  if (code.startsWith('HPE_')) return { fault: 'unparsable', message: `the answer is not HTTP (${code})` };
  if (tlsCode.test(code)) return { fault: 'tls', message: `TLS failed (${code})` };
  return { fault: 'network', message: error instanceof Error ? error.message : String(error) };
}

function isFaultError(error: unknown): error is FaultError {
  return typeof error === 'object' && error !== null && 'fault' in error && 'message' in error;
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null) return '';
  if ('code' in error && typeof error.code === 'string') return error.code;
  if ('errors' in error && Array.isArray(error.errors)) return codeOf(error.errors[0]);
  return 'cause' in error ? codeOf(error.cause) : '';
}
