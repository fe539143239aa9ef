import type { CaseResult, Exchange, Header, Results } from '../results/types.ts';

/** Which cases' exchanges are written: those of failed ones, or all that the results hold. */
export type HarScope = 'failed' | 'all';

/**
 * `exchanges.har`, which opens in the network panel of a browser (HAR 1.2). Keys are masked in the results already.
 * An exchange without an answer has the status 0, as browsers write it.
 */
export function harJson(results: Results, scope: HarScope): string {
  const cases = results.cases.filter(({ status }) => scope === 'all' || status === 'failed');
  const log = {
    version: '1.2',
    creator: { name: results.tool.name, version: results.tool.version },
    pages: cases.filter(({ exchanges }) => exchanges !== undefined).map(pageOf),
    entries: cases.flatMap((one) => (one.exchanges ?? []).map((exchange) => entryOf(one, exchange))),
  };
  return `${JSON.stringify({ log }, null, 1)}\n`;
}

function pageOf({ id, title, exchanges }: CaseResult): object {
  return {
    startedDateTime: exchanges?.[0]?.startedAt ?? new Date(0).toISOString(),
    id,
    title,
    pageTimings: {},
  };
}

function entryOf({ id, findings }: CaseResult, exchange: Exchange): object {
  const { startedAt, durationMs } = exchange;
  const comment = findings.map(({ code, message }) => `${code}: ${message}`).join('\n');
  return {
    pageref: id,
    startedDateTime: startedAt,
    time: durationMs,
    request: requestOf(exchange),
    response: responseOf(exchange.outcome),
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(comment === '' ? {} : { comment }),
  };
}

function requestOf({ request }: Exchange): object {
  const { method, url, headers, body, bodyBytes } = request;
  return {
    method,
    url,
    httpVersion: 'HTTP/1.1',
    cookies: [],
    headers: headers.map(namedValue),
    queryString: queryOf(url),
    ...(body === undefined
      ? {}
      : { postData: { mimeType: headerOf(headers, 'content-type') ?? '', params: [], text: body } }),
    headersSize: -1,
    bodySize: bodyBytes,
  };
}

function responseOf(outcome: Exchange['outcome']): object {
  const rest = { httpVersion: 'HTTP/1.1', cookies: [], redirectURL: '', headersSize: -1 };
  if (outcome.kind === 'unanswered') {
    const content = { size: 0, mimeType: 'x-unknown', text: '' };
    const statusText = `${outcome.fault}: ${outcome.message}`;
    return { ...rest, status: 0, statusText, headers: [], content, bodySize: -1 };
  }
  const { status, headers, body, bodyBytes } = outcome;
  return {
    ...rest,
    status,
    statusText: '',
    headers: headers.map(namedValue),
    content: { size: bodyBytes, mimeType: headerOf(headers, 'content-type') ?? 'x-unknown', text: body },
    redirectURL: headerOf(headers, 'location') ?? '',
    bodySize: bodyBytes,
  };
}

function namedValue([name, value]: Header): object {
  return { name, value };
}

function headerOf(headers: readonly Header[], wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted)?.[1];
}

/** The query of a URL as it was sent; a masked key in a URL does not stop it from being read. */
function queryOf(url: string): object[] {
  const query = url.includes('?') ? url.slice(url.indexOf('?') + 1) : '';
  return [...new URLSearchParams(query)].map(namedValue);
}
