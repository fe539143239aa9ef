/** Which cases show a whole, valid key in a URL: servers, proxies and networks write those to their logs. Pure. */
import { badForm } from './credential-forms.ts';
import type { Case, Presented } from './types.ts';

/** The credential whose key a case shows in a URL; undefined where it shows none. */
export function keyInUrlOf({ check }: Pick<Case, 'check'>): string | undefined {
  if (check.kind === 'exchange') return shownInUrl(check.request.presented);
  const { credential, form } = check.parameters;
  return typeof credential === 'string' && typeof form === 'string'
    ? shownInUrl({ credential, form })
    : undefined;
}

function shownInUrl({ credential, form }: Presented): string | undefined {
  return badForm(form)?.inUrl === true ? credential : undefined;
}

/** How many of the cases show a key in a URL, by the credential that it is of. */
export function keysInUrls(cases: readonly Pick<Case, 'check'>[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const one of cases) {
    const credential = keyInUrlOf(one);
    if (credential !== undefined) counts[credential] = (counts[credential] ?? 0) + 1;
  }
  return counts;
}
