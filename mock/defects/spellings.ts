import type { Arrival } from '../deployment/call.ts';
import type { Defect, Hooks } from './defect.ts';
import { must } from './hooking.ts';
import { anyKey } from './key-reading.ts';

const spellings: readonly (readonly [name: string, told: string, form: RegExp])[] = [
  ['double-slash', 'two slashes', /\/\/(?!$)/],
  ['trailing-slash', 'a slash at its end', /\/$/],
  ['path-parameter', 'a path parameter', /;/],
  ['extension', 'an extension', /\.json$/],
  ['encoded', 'an encoded letter', /\/%[4-7]/],
  ['upper-case', 'capital letters', /\/[A-Z-]{3,}(\/|$)/],
];

/** Defects where a path that is spelled otherwise goes past what guards the documented one. */
export const spellingDefects: readonly Defect[] = spellings.flatMap(([name, told, form]) => [
  must(
    `spelled-${name}-without-key`,
    'auth-required',
    '*',
    `A path with ${told} is served without a key.`,
    unguarded(form, (presented) => presented === undefined),
  ),
  must(
    `spelled-${name}-without-role`,
    'role-enforced',
    '*',
    `A path with ${told} is served whatever the role.`,
    unguarded(form, (presented) => presented !== undefined),
  ),
]);

/** Takes who asks with such a path for the owner; `which` tells by the key that is presented. */
function unguarded(form: RegExp, which: (presented: string | undefined) => boolean): () => Hooks {
  return () => ({
    routesOtherSpellings: true,
    authenticate: ({ arrival, presented, find, deployment }) => {
      const own = find(presented);
      if (!isSpelled(form, arrival) || !which(presented)) return own;
      if (presented === undefined) return anyKey(deployment, 'owner');
      return own === undefined ? undefined : { ...own, role: 'owner' };
    },
  });
}

function isSpelled(form: RegExp, { target }: Arrival): boolean {
  return form.test(target.split('?')[0] ?? '');
}
