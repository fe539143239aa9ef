/** A key counts over MCP only where and how it is documented, on every request. */
import type { PlanContext } from '../../case.ts';
import { badForms } from '../../credential-forms.ts';
import { credentialOfKind, roleCredentials } from '../../request.ts';
import type { Case } from '../../types.ts';
import { mcpCase, mcpOf } from './mcp-case.ts';

/** The bad credentials that stand for their kind where not every one is worth a request. */
const telling = new Set(['none', 'garbage', 'wrong-secret', 'other-prefix', 'revoked']);

/** What is asked with every bad credential. */
const askedWithEach = ['initialize', 'tools-call'] as const;

/** What is asked with those that stand for their kind. */
const askedBesides = [
  'ping',
  'tools-list',
  'resources-list',
  'templates-list',
  'prompts-list',
  'unknown-tool',
  'resources-read',
  'prompts-get',
  'notification',
  'unknown-method',
  'unparsable-body',
  'empty-body',
] as const;

/** Each bad credential on each kind of request is HTTP 401. */
export function mcpAuthenticationCases(context: PlanContext): readonly Case[] {
  const found = mcpOf(context);
  if (found === undefined) return [];
  const { contract } = context;
  const [least = 'none', other] = roleCredentials(contract);
  const revoked = credentialOfKind(contract, 'revoked');
  const bad = [
    ...badForms.flatMap(({ id, title, needsOther, fact }) =>
      needsOther && other === undefined
        ? []
        : [
            {
              what: id,
              title,
              credential: least,
              form: id,
              keys:
                fact === 'auth-required' && id !== 'prefix-only' && id !== 'unknown-id'
                  ? []
                  : needsOther && other !== undefined
                    ? [least, other]
                    : [least],
            },
          ],
    ),
    ...(revoked === undefined
      ? []
      : [{ what: 'revoked', title: 'a revoked key', credential: revoked, form: 'bearer', keys: [revoked] }]),
  ];
  return bad.flatMap(({ what, title, credential, form, keys }) => {
    const asked = telling.has(what) ? [...askedWithEach, ...askedBesides] : askedWithEach;
    const requests = asked.flatMap((request) =>
      mcpCase(contract, {
        operation: found.endpoint,
        family: 'authentication',
        what: `${what}/${request}`,
        title: `MCP ${request}: ${title} is refused`,
        credential: what,
        profile: 'read',
        facts: ['mcp-auth', ...(what === 'revoked' ? ['auth-revoked'] : []), 'auth-challenge'],
        keys,
        scenario: 'mcp-unauthenticated',
        parameters: { asked: request, credential, form },
        steps: [`${request} with ${title}: HTTP 401`],
      }),
    );
    if (!telling.has(what)) return requests;
    const methods = ['GET', 'DELETE'].flatMap((method) =>
      mcpCase(contract, {
        operation: found.endpoint,
        family: 'authentication',
        what: `${what}/${method.toLowerCase()}`,
        title: `MCP ${method}: ${title} brings nothing`,
        credential: what,
        profile: 'read',
        facts: ['mcp-auth'],
        keys,
        scenario: 'mcp-other-methods',
        parameters: { method, credential, form },
        steps: [`${method} with ${title}: no success`],
      }),
    );
    return [...requests, ...methods];
  });
}
