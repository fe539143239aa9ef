import { UsageError } from '../errors.ts';

/**
 * The base URL of a target in its one form: origin, the path before the API if there is one, the base path of the
 * API, and no slash at the end. Takes it with or without that base path. Throws UsageError for what is no http(s)
 * URL, and for one with user info, a query or a fragment; none of these is repeated, for it may hold a secret.
 */
export function normalizeBaseUrl(text: string, basePath: string): string {
  const example = `Expected something like https://your-org.example.com${basePath}.`;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined) {
    const scheme = /^[\w.-]+(:\d+)?(\/|$)/.test(text) ? ' It has no scheme: put https:// before it.' : '';
    throw new UsageError(`The base URL is no URL.${scheme}`, example);
  }
  if (url.protocol !== 'http:' && url.protocol !== 'https:') {
    throw new UsageError(
      `The base URL has the scheme ${url.protocol} where http: or https: is expected.`,
      example,
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw new UsageError(
      'The base URL holds a user name or password: keys are given by --keys or the environment.',
      example,
    );
  }
  if (url.search !== '' || url.hash !== '' || /[?#]$/.test(text)) {
    throw new UsageError('The base URL has a query or a fragment: give it without.', example);
  }
  const path = url.pathname.replace(/\/+$/, '');
  return `${url.origin}${path.endsWith(basePath) ? path : `${path}${basePath}`}`;
}

/** True where a URL can only mean this machine. */
export function isLoopback(baseUrl: string): boolean {
  const { hostname } = new URL(baseUrl);
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127\.\d+\.\d+\.\d+$/.test(hostname)
  );
}
