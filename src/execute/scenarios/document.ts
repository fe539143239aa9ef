/** The OpenAPI document that a target serves: valid, whole, and true. */
import { Validator } from '@seriousme/openapi-schema-validator';
import { isObject, memberAt, sameJson } from '../../check/members.ts';
import type { Operation } from '../../contract/types.ts';
import { badForms } from '../../plan/credential-forms.ts';
import { requestOf } from '../../plan/request.ts';
import { bodyOf, described, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { documented, entryOf, pathsOf, shapeOf } from './document-operations.ts';
import { checkSamples } from './document-schemas.ts';
import type { Scenario } from './scenario.ts';

async function fetchDocument(context: CaseContext, operation: Operation): Promise<Sent> {
  const sent = await context.send(requestOf(operation, 'none', { form: 'none' }));
  context.expectSuccess(sent, operation, 'document-valid');
  return sent;
}

/** The document is valid OpenAPI 3.0 by a validator. */
export const valid: Scenario = async (context, planned) => {
  const sent = await fetchDocument(context, context.operation(planned.operation));
  const body = bodyOf(sent);
  if (!isObject(body) || context.findings.some(({ level }) => level === 'must')) return;
  const result = await new Validator().validate(structuredClone(body));
  if (result.valid) return;
  const [first] = Array.isArray(result.errors) ? result.errors : [];
  const detail =
    first === undefined
      ? JSON.stringify(result.errors ?? 'not valid')
      : `${first.instancePath} ${first.message ?? ''}`;
  context.fail(
    'document-valid',
    'document',
    'The document is not valid OpenAPI 3.0.',
    {
      expected: 'a valid OpenAPI 3.0 document',
      actual: detail.slice(0, 300),
      ...(first === undefined ? {} : { pointer: first.instancePath }),
    },
    sent,
  );
};

/** The document is served whatever key is sent. */
export const anyKey: Scenario = async (context, planned) => {
  const operation = context.operation(planned.operation);
  const plain = await fetchDocument(context, operation);
  if (!succeeded(plain)) return;
  const { run } = context;
  const [from] = run.givenRoles();
  const shown = [
    ...[...run.keyring.given].map((credential) => ({ credential, form: 'bearer' })),
    ...(from === undefined
      ? []
      : badForms
          .filter(({ needsOther, inUrl }) => !needsOther && !inUrl)
          .map(({ id }) => ({ credential: from, form: id }))),
  ];
  for (const presented of shown) {
    if (run.keyring.show(presented) === undefined) continue;
    const sent = await context.send({ ...requestOf(operation, presented.credential), presented });
    if (
      succeeded(sent) &&
      sameJson(Object.keys(pathsOf(sent)).toSorted(), Object.keys(pathsOf(plain)).toSorted())
    )
      continue;
    context.fail(
      'document-valid',
      'status',
      `The document is served without a key and whatever key is sent, but not with ${presented.credential} (${presented.form}).`,
      {
        expected: `${operation.success.status} and the same document`,
        actual: described(sent),
      },
      sent,
    );
    return;
  }
};

/** The document has every operation. */
export const complete: Scenario = async (context, planned) => {
  const sent = await fetchDocument(context, context.operation(planned.operation));
  if (!succeeded(sent)) return;
  const all = documented(context, sent);
  const missing = context.run.contract.operations.filter(
    (operation) => !operation.keyless && entryOf(all, operation) === undefined,
  );
  if (missing.length === 0) return;
  context.fail(
    'document-complete',
    'document',
    'The document lacks operations of the contract.',
    {
      expected: 'every operation',
      actual: `without ${missing.map(({ method, path }) => `${method} ${path}`).join(', ')}`,
      pointer: '/paths',
    },
    sent,
  );
};

/** The document has no operation that the contract does not know. */
export const noMore: Scenario = async (context, planned) => {
  const sent = await fetchDocument(context, context.operation(planned.operation));
  const known = context.run.contract.operations;
  const more = documented(context, sent).filter(
    ({ method, shape }) => !known.some((one) => one.method === method && shapeOf(one.path) === shape),
  );
  if (more.length === 0) return;
  context.fail(
    'document-no-more',
    'document',
    'The document names operations that the contract does not know.',
    {
      expected: 'the operations of the contract',
      actual: more.map(({ method, path }) => `${method} ${path}`).join(', '),
      pointer: '/paths',
    },
    sent,
  );
};

/** The document gives every operation one bearerAuth scheme. */
export const security: Scenario = async (context, planned) => {
  const sent = await fetchDocument(context, context.operation(planned.operation));
  if (!succeeded(sent)) return;
  const body = bodyOf(sent);
  const schemes = memberAt(body, 'components.securitySchemes');
  const scheme = isObject(schemes) ? schemes['bearerAuth'] : undefined;
  if (!isObject(scheme) || scheme['type'] !== 'http' || String(scheme['scheme']).toLowerCase() !== 'bearer') {
    context.fail(
      'document-security',
      'document',
      'The document has no security scheme bearerAuth of the type http, bearer.',
      {
        expected: '{ type: http, scheme: bearer }',
        actual: JSON.stringify(scheme ?? null),
        pointer: '/components/securitySchemes/bearerAuth',
      },
      sent,
    );
    return;
  }
  const everywhere = usesScheme(memberAt(body, 'security'));
  const all = documented(context, sent);
  for (const operation of context.run.contract.operations) {
    const entry = entryOf(all, operation);
    if (operation.keyless || entry === undefined) continue;
    const own = entry.value['security'];
    if (own === undefined ? everywhere : usesScheme(own)) continue;
    context.fail(
      'document-security',
      'document',
      `The document gives ${operation.id} no bearerAuth.`,
      {
        expected: 'security: [{ bearerAuth: [] }], on the operation or for the whole document',
        actual: JSON.stringify(own ?? null),
        pointer: `/paths/${entry.path.replaceAll('~', '~0').replaceAll('/', '~1')}/${entry.method.toLowerCase()}`,
      },
      sent,
    );
    return;
  }
};

function usesScheme(requirement: unknown): boolean {
  return Array.isArray(requirement) && requirement.some((one) => isObject(one) && 'bearerAuth' in one);
}

/** The response schemas of the document accept what the target sent in this run. */
export const truthful: Scenario = async (context, planned) => {
  const sent = await fetchDocument(context, context.operation(planned.operation));
  const body = bodyOf(sent);
  if (!succeeded(sent) || !isObject(body)) return;
  checkSamples(context, body, documented(context, sent), sent);
};
