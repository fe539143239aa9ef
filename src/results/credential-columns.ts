/** The columns in which reports show the credentials of the cases. */
import type { CaseResult } from './types.ts';

/** The column of requests without a key, and of the credentials that are none of the matrix, such as altered keys. */
export const noKeyColumn = 'no key';
export const badKeyColumn = 'bad key';

/**
 * The column of each credential, in the order of the columns: the roles, no key, the other credentials, and one for
 * all credentials that only the family `authentication` shows, which are those that no target may take.
 */
export function credentialColumns(
  cases: readonly Pick<CaseResult, 'family' | 'credential'>[],
): ReadonlyMap<string, string> {
  const roles = new Set<string>();
  const others = new Set<string>();
  const bad = new Set<string>();
  for (const { family, credential } of cases) {
    if (credential === 'none') continue;
    if (family === 'access') roles.add(credential);
    else if (family === 'authentication') bad.add(credential);
    else others.add(credential);
  }
  const keyless = cases.some(({ credential }) => credential === 'none');
  const named = [...new Set([...roles, ...(keyless ? ['none'] : []), ...others])];
  return new Map([
    ...named.map((credential) => [credential, credential === 'none' ? noKeyColumn : credential] as const),
    ...[...bad]
      .filter((credential) => !named.includes(credential))
      .map((credential) => [credential, badKeyColumn] as const),
  ]);
}
