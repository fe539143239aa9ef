/** One look at the target before the first case: is it the API that answers, and what does it say of the keys? */
import type { Outcome, Unanswered } from '../check/answer.ts';
import type { Contract } from '../contract/types.ts';
import { UnreachableError } from '../errors.ts';
import { isSilence, isUnended } from '../execute/breaker.ts';
import type { CaseContext } from '../execute/case-context.ts';
import type { RunConfig, Spent } from '../execute/run-state.ts';
import { Run } from '../execute/run.ts';
import { Inconclusive } from '../execute/stop.ts';
import { printable } from '../report/printable.ts';
import { lookAt, lookingContext, readsWithoutId, type Look } from './preflight/looks.ts';
import { preflightReport } from './preflight/preflight-report.ts';
import { whyNotTheApi } from './preflight/what-answers.ts';

/** What the look showed. */
export interface Reached {
  /** One for each thing worth knowing. */
  readonly lines: readonly string[];
  /** What it sent and waited. */
  readonly spent: Spent;
}

/**
 * Asks the target who each given key is and what is there. Throws
 * UnreachableError where nothing answers, UsageError where the API is not at the base URL but nowhere or elsewhere,
 * and NotTheApiError where something else answers there. An answer of the API, however wrong, is one.
 */
export async function reachTarget(contract: Contract, config: RunConfig): Promise<Reached> {
  const run = new Run(contract, config);
  const context = lookingContext(run);
  try {
    await requireAnswer(context);
    const keys = await lookWithEachKey(context);
    const why = await whyNotTheApi(context, keys);
    if (why !== undefined) throw why;
    const lines = await preflightReport(context, keys);
    return { lines: lines.map((line) => printable(run.keyring.mask(line))), spent: run.spent };
  } catch (error) {
    // Too busy to answer is an answer.
    if (!(error instanceof Inconclusive)) throw error;
    return { lines: [`The look at the target came to nothing: ${error.message}.`], spent: run.spent };
  } finally {
    await run.close();
  }
}

async function requireAnswer(context: CaseContext): Promise<void> {
  let last: Outcome | undefined;
  for (const [operation, credential] of askedFirst(context.run)) {
    const look = await lookAt(context, operation, credential, 'fresh');
    last = look.sent.outcome;
    if (!isSilence(last) && !isUnended(last)) return;
  }
  if (last?.kind !== 'unanswered') return;
  throw new UnreachableError(
    `Nothing answers at ${context.run.config.baseUrl}: ${last.message}.`,
    hintFor(last),
  );
}

function hintFor({ fault, message }: Unanswered): string {
  if (fault !== 'tls') return 'Check the base URL and that the target is running.';
  return message.includes('NO_APPLICATION_PROTOCOL')
    ? 'It offers neither HTTP/2 nor HTTP/1.1, one of which is needed.'
    : 'A private authority is named by --ca, a certificate of your own by --client-cert and --client-key.';
}

/** Reads of different operations: where one alone never answers, the target is there all the same. */
function askedFirst(run: Run): ReturnType<typeof readsWithoutId> {
  const reads = readsWithoutId(run);
  const who = reads.find(([{ identity }]) => identity !== undefined);
  const others = reads.filter((one) => one !== who);
  return [who, others[0], others.at(-1)].filter((one) => one !== undefined);
}

/** Who each given key is, as the target tells it; nothing where the contract has no operation that does. */
async function lookWithEachKey(context: CaseContext): Promise<readonly Look[]> {
  const { contract, keyring } = context.run;
  const operation = contract.operations.find(({ identity }) => identity !== undefined);
  if (operation === undefined) return [];
  const given = Object.keys(contract.credentials).filter((id) => keyring.given.has(id));
  return Promise.all(given.map((id) => lookAt(context, operation, id)));
}
