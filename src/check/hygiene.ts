/** What holds for every answer of every request, whatever the case is about. */
import type { Contract, Operation } from '../contract/types.ts';
import type { Finding } from '../results/types.ts';
import type { Answered, Outcome } from './answer.ts';
import { findingAgainst } from './finding.ts';
import { isJsonMedia } from '../contract/media-type.ts';
import { schemaValue } from './json-body.ts';
import type { Validate } from './schema.ts';

/** The answer took longer than this: worth telling, never a violation (how fast an answer comes is left open). */
const slowMs = 1000;

/** The statuses whose body the documentation describes; others (405, 413, 415 …) may come from in front of the API. */
const documentedErrors = new Set([400, 401, 403, 404]);

export interface HygieneContext {
  readonly contract: Contract;
  readonly validate: Validate;
  /** Finds the secret part of a given key in a text; gives which credential's. */
  readonly findSecret: (text: string) => string | undefined;
  /** Whether a whole key stands in a text, given or not. */
  readonly holdsKey: (text: string) => boolean;
}

/**
 * The findings that any exchange can have: unanswered, 5xx, broken JSON, an error without the error schema, a
 * secret in header or body, a wrong Content-Type, a missing challenge, slowness. Pure.
 */
export function checkHygiene(
  context: HygieneContext,
  operation: Operation | undefined,
  outcome: Outcome,
): readonly Finding[] {
  return everyFinding(context, operation, outcome).filter(
    ({ fact }) => alwaysTold.has(fact ?? '') || context.contract.facts[fact ?? ''] !== undefined,
  );
}

/** The findings that an answer of any protocol can have: none came, a 5xx, a secret, a 401 without a challenge. Pure. */
export function checkAnyAnswer(context: HygieneContext, outcome: Outcome): readonly Finding[] {
  const told = new Set([...alwaysTold, 'auth-challenge']);
  return everyFinding(context, undefined, outcome).filter(({ fact }) => told.has(fact ?? ''));
}

/** What is wrong of any API. Anything else counts where the matrix states the fact. */
const alwaysTold = new Set(['answered', 'no-server-error', 'no-secret-echo']);

function everyFinding(
  context: HygieneContext,
  operation: Operation | undefined,
  outcome: Outcome,
): readonly Finding[] {
  const { contract } = context;
  if (outcome.kind === 'unanswered') {
    return [
      findingAgainst(
        contract,
        'answered',
        'unanswered',
        `The request got no answer that can be read: ${outcome.message}.`,
        {
          expected: 'an answer',
          actual: outcome.fault,
        },
      ),
    ];
  }
  return [
    ...serverErrors(contract, outcome),
    ...bodyFindings(context, operation, outcome),
    ...secretFindings(context, operation, outcome),
    ...headerFindings(contract, operation, outcome),
    ...(outcome.durationMs > slowMs
      ? [
          findingAgainst(contract, 'timely', 'slow', 'The answer was slow.', {
            expected: `within ${slowMs} ms`,
            actual: `${Math.round(outcome.durationMs)} ms`,
          }),
        ]
      : []),
  ];
}

function serverErrors(contract: Contract, outcome: Answered): readonly Finding[] {
  if (outcome.status < 500) return [];
  return [
    findingAgainst(contract, 'no-server-error', 'server-error', 'No request is answered with a 5xx.', {
      expected: 'a 2xx or a 4xx',
      actual: String(outcome.status),
    }),
  ];
}

function bodyFindings(
  context: HygieneContext,
  operation: Operation | undefined,
  outcome: Answered,
): readonly Finding[] {
  const { contract, validate } = context;
  const { body, status } = outcome;
  const errors = documentedErrors.has(status);
  const success = status >= 200 && status < 300;
  // What a proxy or a parser in front of the API says with another status is not the API's own.
  if (!errors && !success) return [];
  const { media, also = [] } = operation?.success ?? {};
  if (success && ((media !== undefined && !isJsonMedia(media)) || also.includes(status))) return [];
  // Where nothing is said of the form of errors, they may be anything.
  if (errors && contract.facts['error-shape'] === undefined) return [];
  if (body.kind === 'broken') {
    return [
      findingAgainst(contract, 'json-body', 'not-json', `The body cannot be read as JSON: ${body.problem}.`, {
        expected: 'JSON in valid UTF-8',
        actual: body.problem,
      }),
    ];
  }
  if (!errors) return [];
  if (body.kind === 'empty') {
    return [
      findingAgainst(contract, 'error-shape', 'schema', `A ${status} has an error body.`, {
        expected: '{ error: { code, message } }',
        actual: 'no body',
        schema: contract.errorSchema,
      }),
    ];
  }
  return validate(contract.errorSchema, schemaValue(body)).map((problem) =>
    findingAgainst(contract, 'error-shape', 'schema', `The error breaks its schema: ${problem.message}.`, {
      expected: problem.expected,
      actual: problem.actual,
      pointer: problem.pointer,
      schema: problem.schema,
    }),
  );
}

function secretFindings(
  context: HygieneContext,
  operation: Operation | undefined,
  outcome: Answered,
): readonly Finding[] {
  const echoed = placeOf(outcome, (text) => context.findSecret(text) !== undefined);
  if (echoed !== undefined) {
    return [secretFinding(context.contract, 'The answer echoes the secret of a key', echoed)];
  }
  // The document may show what a key looks like; what a refusal repeats was sent to it.
  if (operation?.keyless === true || outcome.status >= 300) return [];
  const shown = placeOf(outcome, context.holdsKey);
  if (shown === undefined) return [];
  return [{ ...secretFinding(context.contract, 'The answer holds a whole key', shown), level: 'should' }];
}

/** Where something stands in an answer: in its raw text, in the values that its JSON spells otherwise, in a header. */
function placeOf({ text, body, headers }: Answered, holds: (text: string) => boolean): string | undefined {
  if (holds(text)) return 'the body';
  const spelled = body.kind === 'json' && /\\[u/]/.test(text);
  if (spelled && holds(JSON.stringify(body.value))) return 'the body';
  const header = Object.entries(headers).find(([, value]) => holds(value));
  return header === undefined ? undefined : `the header ${header[0]}`;
}

function secretFinding(contract: Contract, what: string, where: string): Finding {
  return findingAgainst(contract, 'no-secret-echo', 'secret-echo', `${what} in ${where}.`, {
    expected: 'no secret in any answer',
    actual: `a secret in ${where}`,
  });
}

const jsonType = /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i;

function headerFindings(
  contract: Contract,
  operation: Operation | undefined,
  outcome: Answered,
): readonly Finding[] {
  const findings: Finding[] = [];
  const { headers, status } = outcome;
  if (outcome.body.kind === 'json' && !jsonType.test(headers['content-type'] ?? '')) {
    findings.push(
      findingAgainst(contract, 'json-content-type', 'content-type', 'A JSON body says that it is JSON.', {
        expected: 'application/json',
        actual: headers['content-type'] ?? 'no Content-Type',
      }),
    );
  }
  if (status === 401 && headers['www-authenticate'] === undefined) {
    findings.push(missingHeader(contract, 'auth-challenge', 'WWW-Authenticate', status));
  }
  if (status === 405 && headers['allow'] === undefined) {
    findings.push(missingHeader(contract, 'method-allow', 'Allow', status));
  }
  if (operation?.keyless === false && /\b(?:public|s-maxage)\b/i.test(headers['cache-control'] ?? '')) {
    findings.push(
      findingAgainst(contract, 'private-cache', 'header', 'An authenticated answer invites shared caches.', {
        expected: 'Cache-Control: private or no-store',
        actual: `Cache-Control: ${headers['cache-control'] ?? ''}`,
      }),
    );
  }
  return findings;
}

function missingHeader(contract: Contract, fact: string, header: string, status: number): Finding {
  return findingAgainst(contract, fact, 'header', `A ${status} carries ${header}.`, {
    expected: `a header ${header}`,
    actual: 'none',
  });
}
