/** What is done about answers of something in front of the API: a safe request is sent again, and nothing is concluded. */
import { describeAnswered, gatewayAnswer, type GatewayAnswer } from '../check/gateway.ts';
import { findingAgainst } from '../check/finding.ts';
import type { Outcome } from '../check/answer.ts';
import type { Finding } from '../results/types.ts';
import type { Sent } from './evidence.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';

/** The waits before a safe request is sent again, in ms: what is blocked once is blocked again, what failed may not. */
const waits: Readonly<Record<GatewayAnswer, readonly number[]>> = { refused: [50], failed: [50, 200, 800] };

/**
 * So many answers of a gateway in a row to one operation that cannot be sent again, by whatever cases, and it comes
 * again. One in fifty that is lost by chance comes three times in a row once in a hundred thousand requests.
 */
const comesAgain = 3;

export interface Gateways {
  /** How something in front answered; undefined for an answer of the API. */
  kindOf(outcome: Outcome): GatewayAnswer | undefined;
  /**
   * How long to wait before a safe request is sent again, in ms; undefined where it is not.
   * @param asked its method and operation
   * @param attempt how often it was sent again before
   */
  waitBefore(outcome: Outcome, asked: string, attempt: number): number | undefined;
  /**
   * Why an answer says nothing of the API; undefined where it is the API's, or where it comes again while the API
   * answers otherwise: then it is the deployment's, and a violation.
   */
  objection(sent: Sent, safe: boolean): Promise<Inconclusive | undefined>;
}

/** The gateways before the target of a run. */
export function createGateways(run: Run): Gateways {
  const inARow = new Map<string, number>();
  /** What is known to be answered so each time: nothing is gained by asking again. */
  const lasting = new Set<string>();
  const isError = (value: unknown): boolean => run.validate(run.contract.errorSchema, value).length === 0;
  const kindOf = (outcome: Outcome): GatewayAnswer | undefined => gatewayAnswer(outcome, isError);
  return {
    kindOf,
    waitBefore(outcome, asked, attempt) {
      const kind = kindOf(outcome);
      return kind === undefined || lasting.has(asked) ? undefined : waits[kind][attempt];
    },
    async objection(sent, safe) {
      const kind = kindOf(sent.outcome);
      const asked = `${sent.request.method} ${sent.operation}`;
      const count = kind === undefined ? 0 : (inARow.get(asked) ?? 0) + 1;
      inARow.set(asked, count);
      if (kind === undefined) return undefined;
      const again = kind === 'failed' && (safe || count >= comesAgain);
      if (!again || !(await run.breaker.answers())) return notTheApis(sent);
      lasting.add(asked);
      return undefined;
    },
  };
}

function notTheApis({ request, outcome }: Sent): Inconclusive {
  const got = outcome.kind === 'answered' ? describeAnswered(outcome) : 'nothing';
  return new Inconclusive(
    `something in front of the API answered in its place: ${request.method} got ${got}`,
    'Have it let the requests of the run through, and run it again.',
  );
}

/** The advisory that something in front answered once, where the same request then got an answer of the API. */
export function answeredInPlace(run: Run, first: Outcome): Finding {
  const got = first.kind === 'answered' ? describeAnswered(first) : 'nothing';
  return {
    ...findingAgainst(
      run.contract,
      'no-server-error',
      'server-error',
      'Something in front of the API answered in its place; sent again, the same request got an answer of the API.',
      { expected: 'an answer of the API', actual: got },
    ),
    level: 'should',
  };
}
