/** Looks at the target before the first case: requests whose answers are only looked at, and what they show. */
import { describeAnswered, gatewayAnswer, isPage } from '../../check/gateway.ts';
import { describeOutcome, type Outcome } from '../../check/answer.ts';
import type { Operation } from '../../contract/types.ts';
import { isSilence } from '../../execute/breaker.ts';
import { CaseContext } from '../../execute/case-context.ts';
import type { Sent } from '../../execute/evidence.ts';
import type { Run } from '../../execute/run.ts';
import { allowedCredentials, pathParameters, requestOf } from '../../plan/request.ts';

/**
 * What an answer shows. `api`: the API answers, rightly or wrongly. `absent`: nothing of the kind is there. `page` and
 * `redirect`: something else is. `gateway`: something in front refused it, or got nothing from behind. `silence`: none.
 */
export type Shown = 'api' | 'absent' | 'page' | 'redirect' | 'gateway' | 'silence';

export interface Look {
  readonly operation: Operation;
  readonly credential: string;
  readonly sent: Sent;
  readonly shown: Shown;
}

/** A context whose requests are only looked at. */
export function lookingContext(run: Run): CaseContext {
  const context = new CaseContext(run, 'preflight', 'preflight', 'look');
  context.keepsEvidence = false;
  context.begun = true;
  return context;
}

/** Asks an operation with a credential, or without one (`none`). */
export async function lookAt(
  context: CaseContext,
  operation: Operation,
  credential: string,
  connection?: 'fresh',
): Promise<Look> {
  const sent = await context.send(
    requestOf(operation, credential, { form: credential === 'none' ? 'none' : 'bearer' }),
    connection === undefined ? {} : { connection: { kind: connection } },
  );
  return { operation, credential, sent, shown: shownBy(context.run, sent.outcome) };
}

/** What an outcome shows of who answers. */
export function shownBy(run: Run, outcome: Outcome): Shown {
  if (outcome.kind === 'unanswered') return isSilence(outcome) ? 'silence' : 'api';
  const isError = (value: unknown): boolean => run.validate(run.contract.errorSchema, value).length === 0;
  const { status, body } = outcome;
  if (status >= 300 && status < 400) return 'redirect';
  if (status === 404 || status === 405 || status === 410) return 'absent';
  if (gatewayAnswer(outcome, isError) !== undefined) return 'gateway';
  if (isPage(outcome)) return status < 500 ? 'page' : 'api';
  // Where nothing else of the API is seen, a refusal in another form than the API's is somebody else's.
  const apis = body.kind === 'json' && isError(body.value);
  return (status === 403 || status === 407 || status === 511) && !apis ? 'gateway' : 'api';
}

/**
 * The reads that need no id, each with the best key that is given for it: without a key 401 may come first of all, on
 * a path that is not there as well.
 */
export function readsWithoutId({ contract, keyring }: Run): readonly (readonly [Operation, string])[] {
  return contract.operations
    .filter((one) => one.effect === 'read' && pathParameters(one).length === 0)
    .map((operation) => {
      const keys = allowedCredentials(contract, operation).filter((id) => keyring.given.has(id));
      return [operation, keys.at(-1) ?? 'none'] as const;
    });
}

/** A look in a few words: `GET /org got 403 with text/html`. */
export function describeLook(look: Look): string {
  return `${look.operation.method} ${look.operation.path} got ${describeAnswer(look)}`;
}

/** What a look got in a few words: the kind of body is told where it is not the API's. */
export function describeAnswer({ shown, sent: { outcome } }: Look): string {
  return shown === 'api' || outcome.kind === 'unanswered'
    ? describeOutcome(outcome)
    : describeAnswered(outcome);
}
