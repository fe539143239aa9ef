import type { Case } from '../plan/types.ts';

/**
 * Whether a case can show a freedom. The forms of keys and where a role may come from are documented in every detail;
 * one request without a key for each operation shows what a 401 looks like.
 */
export function isTelling({ id, family }: Pick<Case, 'id' | 'family'>): boolean {
  if (family === 'role-source') return false;
  return family !== 'authentication' || id.endsWith('/authentication/none');
}
