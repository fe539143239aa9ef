import { randomBytes, randomUUID } from 'node:crypto';
import type { Kind } from '../model.ts';
import type { Settings } from '../settings.ts';

/** A maker of ids in one form, and the test for that form. */
export interface IdForm {
  make(kind: Kind): string;
  fits(id: string): boolean;
}

const letters: Readonly<Record<Kind, string>> = {
  org: 'o',
  key: 'k',
  user: 'u',
  mcp: 'm',
  wf: 'w',
  run: 'r',
  topic: 't',
  search: 'q',
  session: 's',
  span: 'p',
  call: 'c',
  dispatch: 'd',
};

const part = (): string => randomBytes(24).toString('base64url');

function opaque(kind: Kind): string {
  return `${letters[kind].toUpperCase()}~${part()}.${part()}-_:${randomBytes(9).toString('hex')}=`;
}

/** The id form of a dialect; integer-like ids of different kinds may be equal. */
export function idForm(form: Settings['ids']): IdForm {
  const counters = new Map<Kind, number>();
  const next = (kind: Kind): number => {
    const value = (counters.get(kind) ?? 0) + 1;
    counters.set(kind, value);
    return value;
  };
  switch (form) {
    case 'uuid':
      return {
        make: () => randomUUID(),
        fits: (id) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id),
      };
    case 'integer':
      return { make: (kind) => String(next(kind)), fits: (id) => /^[0-9]{1,15}$/.test(id) };
    case 'opaque':
      return { make: opaque, fits: (id) => /^[A-Z]~.{80,}=$/.test(id) };
    case 'short':
      return {
        make: (kind) => letters[kind] + next(kind).toString(36),
        fits: (id) => /^[a-z][0-9a-z]{1,12}$/.test(id),
      };
    default:
      return {
        make: (kind) => `${kind}_${randomBytes(8).toString('hex')}`,
        fits: (id) => /^[a-z]{2,8}_[0-9a-f]{16}$/.test(id),
      };
  }
}
