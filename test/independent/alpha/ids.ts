import { randomBytes, randomInt, randomUUID } from 'node:crypto';

export type IdForm = 'prefix' | 'uuid' | 'integer' | 'opaque';
export type IdMaker = (kind: string) => string;

const opaqueAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~';

function opaque(length: number): string {
  let text = '';
  for (const byte of randomBytes(length)) text += opaqueAlphabet.charAt(byte % opaqueAlphabet.length);
  return text;
}

/** Makes ids of one of the forms that the API leaves open. */
export function idMaker(form: IdForm): IdMaker {
  let next = 4_000_000 + randomInt(1_000_000);
  switch (form) {
    case 'uuid':
      return () => randomUUID();
    case 'integer':
      return () => `00${(next += 1 + randomInt(9))}`;
    case 'opaque':
      return (kind) => `~${kind}.-${opaque(90)}_~`;
    case 'prefix':
      return (kind) => `${kind}_${randomBytes(9).toString('hex')}`;
  }
}
