/** The credential counts only where and how it is documented. */
import type { Contract, Operation } from '../../contract/types.ts';
import { exchangeCase, scenarioCase, states, type PlanContext } from '../case.ts';
import { badForms } from '../credential-forms.ts';
import {
  allowedCredentials,
  credentialOfKind,
  isRead,
  queryParameters,
  requestOf,
  roleCredentials,
} from '../request.ts';
import type { Case, Presented } from '../types.ts';
import { changesUnseen, controlOfRefusal, nothingInIt } from '../unseen-change.ts';
import { validBody } from '../valid-body.ts';
import { proofOf, writeTarget } from './access.ts';

interface BadCredential {
  readonly what: string;
  readonly title: string;
  readonly presented: Presented;
  readonly fact: string;
  readonly keys: readonly string[];
}

/**
 * Every bad credential for an operation; the altered ones are made from a key that may do the operation. In a URL no key
 * is shown but that of the least role: access logs keep it.
 */
function badCredentials(contract: Contract, operation: Operation): readonly BadCredential[] {
  const allowed = allowedCredentials(contract, operation);
  const from = allowed[0] ?? 'none';
  const other = allowed[1];
  const revoked = credentialOfKind(contract, 'revoked');
  const formed = badForms.flatMap((form): BadCredential[] => {
    if (!states(contract, form.fact) || (form.needsOther && other === undefined)) return [];
    const by = form.inUrl ? (roleCredentials(contract)[0] ?? from) : from;
    const keyless = form.fact === 'auth-required' && form.id !== 'prefix-only' && form.id !== 'unknown-id';
    return [
      {
        what: form.id,
        title: form.title,
        presented: { credential: by, form: form.id },
        fact: form.fact,
        keys: keyless ? [] : form.needsOther && other !== undefined ? [from, other] : [by],
      },
    ];
  });
  if (revoked === undefined || !states(contract, 'auth-revoked')) return formed;
  return [
    ...formed,
    {
      what: 'revoked',
      title: 'a revoked key',
      presented: { credential: revoked, form: 'bearer' },
      fact: 'auth-revoked',
      keys: [revoked],
    },
  ];
}

/** The bad credentials that stand for their kind where not every one is worth a request. */
const telling = new Set(['none', 'garbage', 'wrong-secret', 'revoked']);

/**
 * On every operation that needs a key: each bad credential is 401 `unauthenticated`. Writes aim at an id that
 * nothing has, with a body that nothing can be made from: a bad credential is 401 whatever else is wrong, and a
 * broken target does no harm.
 */
export function authenticationCases(context: PlanContext): readonly Case[] {
  const { contract } = context;
  return contract.operations
    .filter((operation) => !operation.keyless)
    .flatMap((operation) =>
      badCredentials(contract, operation).flatMap((bad) => [
        refusalCase(context, operation, bad),
        ...(telling.has(bad.what) ? tellingCases(context, operation, bad) : []),
      ]),
    );
}

function refusalCase(context: PlanContext, operation: Operation, bad: BadCredential): Case {
  const { contract } = context;
  const read = isRead(operation);
  return exchangeCase(contract, {
    operation,
    family: 'authentication',
    what: bad.what,
    title: `${operation.id}: ${bad.title} is refused`,
    credential: bad.what,
    profile: read ? 'read' : 'guarded',
    facts: [bad.fact, ...(read ? [] : ['auth-first']), 'auth-challenge'],
    keys: bad.keys,
    says: `A request with ${bad.title} is 401 unauthenticated.`,
    request: {
      ...requestOf(operation, bad.presented.credential, {
        ids: read ? 'listed' : 'unknown',
        form: bad.presented.form,
        ...emptyBody(contract, operation),
      }),
    },
    about: 'credential',
    control: read ? 'same-request' : controlOfRefusal(context, operation),
  });
}

/** A body that nothing can be made from, which a bad credential is refused before. */
function emptyBody(
  contract: Contract,
  operation: Operation,
): { readonly body?: readonly [] | typeof nothingInIt } {
  if (operation.request === undefined) return {};
  return { body: changesUnseen(contract, operation) ? nothingInIt : [] };
}

/** What else is wrong stands in id or query: a body is sent only where it keeps the request from doing anything. */
function bodyBeside(contract: Contract, operation: Operation): ReturnType<typeof emptyBody> {
  return changesUnseen(contract, operation) ? emptyBody(contract, operation) : {};
}

function tellingCases(context: PlanContext, operation: Operation, bad: BadCredential): readonly Case[] {
  const { contract } = context;
  return [
    ...(states(contract, 'auth-first') ? firstCases(context, operation, bad) : []),
    ...(states(contract, 'auth-every-request') ? [reusedCase(context, operation, bad)] : []),
    ...(isRead(operation) || bad.what === 'garbage' ? [] : [provenCase(context, operation, bad)]),
  ];
}

interface WrongBesides {
  readonly id: string;
  readonly title: string;
  readonly body?: typeof nothingInIt;
  readonly query?: readonly (readonly [string, string])[];
}

/** What else can be wrong with a request of an operation: its id, its body, its query. */
function wrongBesides(operation: Operation): readonly WrongBesides[] {
  const query = queryParameters(operation).map(({ name }) => [name, 'not-a-documented-value'] as const);
  return [
    ...(operation.path.includes('{') ? [{ id: 'unknown-id', title: 'an unknown id' }] : []),
    ...(operation.request === undefined
      ? []
      : [{ id: 'malformed-body', title: 'a body that is no JSON', body: nothingInIt }]),
    ...(query.length === 0 ? [] : [{ id: 'odd-query', title: 'values that the query does not take', query }]),
  ];
}

/** A bad credential is 401 even where the id is unknown, the body is no JSON or the query makes no sense. */
function firstCases(context: PlanContext, operation: Operation, bad: BadCredential): readonly Case[] {
  const { contract } = context;
  return wrongBesides(operation).map(({ id, title, body, query = [] }) =>
    exchangeCase(contract, {
      operation,
      family: 'authentication',
      what: `${bad.what}/${id}`,
      title: `${operation.id}: ${bad.title} is refused first, with ${title} as well`,
      credential: bad.what,
      profile: isRead(operation) ? 'read' : 'guarded',
      facts: ['auth-first'],
      keys: bad.keys,
      says: 'A bad credential is 401 whatever else is wrong with the request.',
      request: requestOf(operation, bad.presented.credential, {
        ids: 'unknown',
        form: bad.presented.form,
        query,
        ...(body === undefined ? bodyBeside(contract, operation) : { body }),
      }),
      about: 'credential',
      control: controlOfRefusal(context, operation),
    }),
  );
}

/** In `full`: a real write under a bad credential, at what the run made, with the proof that nothing came of it. */
function provenCase({ contract, seed }: PlanContext, operation: Operation, bad: BadCredential): Case {
  const proof = proofOf(contract, operation);
  const target = writeTarget(contract, operation);
  return exchangeCase(contract, {
    operation,
    family: 'authentication',
    what: `${bad.what}/without-effect`,
    title: `${operation.id}: ${bad.title} changes nothing`,
    credential: bad.what,
    profile: 'full',
    facts: ['refused-without-effect', bad.fact],
    keys: bad.keys,
    says: 'A write that is refused with 401 has no effect.',
    request: requestOf(operation, bad.presented.credential, {
      ids: target,
      form: bad.presented.form,
      ...(operation.request === undefined ? {} : { body: validBody(contract, operation, seed, bad.what) }),
    }),
    about: 'credential',
    control: 'same-request',
    ...(proof === undefined ? {} : { proof }),
  });
}

function reusedCase({ contract }: PlanContext, operation: Operation, bad: BadCredential): Case {
  const good = allowedCredentials(contract, operation)[0] ?? 'none';
  const read = isRead(operation);
  return scenarioCase(contract, {
    operation,
    family: 'authentication',
    what: `${bad.what}/after-good-key`,
    title: `${operation.id}: ${bad.title} is refused on a connection that a good key has just used, each time`,
    credential: bad.what,
    profile: read ? 'read' : 'guarded',
    facts: ['auth-every-request', bad.fact],
    keys: [good, ...bad.keys],
    says: 'Every request is authenticated by itself.',
    scenario: 'reused-connection',
    ...(operation.effect === 'read' ? {} : { footprint: { [operation.effect]: 2 } }),
    parameters: { good },
    request: requestOf(operation, bad.presented.credential, {
      ids: read ? 'listed' : 'unknown',
      form: bad.presented.form,
      ...emptyBody(contract, operation),
    }),
    steps: [
      `a read with the key of ${good}, on a connection of its own`,
      `${operation.method} ${operation.path} with ${bad.title}, on the same connection: 401`,
      'the same once more: 401',
    ],
  });
}

/** The scheme is matched in any case (RFC 9110, section 11.1). */
export function schemeCases({ contract }: PlanContext): readonly Case[] {
  if (!states(contract, 'auth-scheme-case')) return [];
  const operation = contract.operations.find((one) => one.identity !== undefined);
  const credential = operation && allowedCredentials(contract, operation)[0];
  if (operation === undefined || credential === undefined) return [];
  return ['scheme-lower-case', 'scheme-upper-case'].map((form) =>
    exchangeCase(contract, {
      operation,
      family: 'authentication',
      what: form,
      title: `${operation.id}: the scheme Bearer counts in ${form === 'scheme-lower-case' ? 'lower' : 'upper'} case`,
      credential,
      profile: 'read',
      facts: ['auth-scheme-case'],
      keys: [credential],
      says: 'The authentication scheme is matched case-insensitively.',
      request: requestOf(operation, credential, { form }),
    }),
  );
}
