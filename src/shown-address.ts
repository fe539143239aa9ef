/** Addresses as they may be told: what stands before the host or behind the path may be secret. */

/** An address without user info, query and fragment. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address)) return 'the address';
  const { origin, pathname } = new URL(address);
  return `${origin}${pathname}`;
}

/** Whether an address holds a user name or a password. */
export function hasUserInfo(address: string): boolean {
  if (!URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username !== '' || password !== '';
}

/** A text in which no address shows user info. */
export function withoutUserInfo(text: string): string {
  return text.replaceAll(/((?:[a-z][a-z\d+.-]*:\/|https?:)\/)[^\s/?#@]+@/gi, '$1***@');
}
