import { UsageError } from '../errors.ts';

/**
 * The base URL of a target in its one form: origin, the path before the API if there is one, the base path of the
 * API, and no slash at the end. Takes it with or without that base path. Throws UsageError for what is no http(s)
 * URL, and for one with user info, a query or a fragment; none of these is repeated, for it may hold a secret.
 */
export function normalizeBaseUrl(text: string, basePath: string): string {
  const example = `Expected something like https://your-org.example.com${basePath}.`;
  if (text.trim() === '') throw new UsageError('The base URL is empty.', example);
  const scheme = missingScheme(text);
  if (scheme !== undefined) {
    throw new UsageError(`The base URL has no scheme: put ${scheme} before it.`, example);
  }
  if (!URL.canParse(text)) throw new UsageError('The base URL is no URL.', example);
  const url = new URL(text);
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

/**
 * The scheme that an address lacks: http for this machine, https for any other; undefined where it has one, or is no
 * address of a host. `localhost:4010` parses as a URL with the scheme `localhost:`.
 */
function missingScheme(text: string): 'http://' | 'https://' | undefined {
  if (!/^(?:[\w-]+(?:\.[\w-]+)*|\[[\da-f:.]+\])(?::\d+)?(?:[/?#]|$)/i.test(text)) return undefined;
  const address = `https://${text}`;
  if (!URL.canParse(address)) return undefined;
  return isLoopback(address) ? 'http://' : 'https://';
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

/** Says where keys go over a network that anybody on it can read; nothing where they do not. */
export function inClear(baseUrl: string): readonly string[] {
  return new URL(baseUrl).protocol === 'https:' || isLoopback(baseUrl)
    ? []
    : [`${baseUrl} is not https: the keys go over the network in clear.`];
}
