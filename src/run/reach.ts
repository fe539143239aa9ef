/** One look at the target before the first case: is anything there that answers, and what does it say of the keys? */
import type { Outcome } from '../check/answer.ts';
import type { Contract, Operation } from '../contract/types.ts';
import { UnreachableError } from '../errors.ts';
import type { RunConfig } from '../execute/run-state.ts';
import { isSilence } from '../execute/breaker.ts';
import { Run } from '../execute/run.ts';
import { Inconclusive } from '../execute/stop.ts';
import { allowedCredentials, pathParameters, requestOf } from '../plan/request.ts';
import { introduce } from './introduce.ts';

/**
 * Asks the target who each given key is and what is there; gives a line for each thing worth knowing.
 * Throws UnreachableError where nothing answers; an answer of any kind, however wrong, is one.
 */
export async function reachTarget(contract: Contract, config: RunConfig): Promise<readonly string[]> {
  const run = new Run(contract, config);
  try {
    await requireAnswer(run);
    return (await introduce(run)).map((line) => run.keyring.mask(line));
  } finally {
    await run.close();
  }
}

async function requireAnswer(run: Run): Promise<void> {
  let last: Outcome | undefined;
  for (const operation of askedFirst(run.contract)) {
    const credential = operation.keyless
      ? 'none'
      : (allowedCredentials(run.contract, operation).find((id) => run.keyring.given.has(id)) ?? 'none');
    try {
      const sent = await run.support.send(
        requestOf(operation, credential, { form: credential === 'none' ? 'none' : 'bearer' }),
        { connection: { kind: 'fresh' } },
      );
      last = sent.outcome;
    } catch (error) {
      // Too busy to answer is an answer.
      if (error instanceof Inconclusive) return;
      throw error;
    }
    if (!isSilence(last)) return;
  }
  if (last?.kind !== 'unanswered') return;
  throw new UnreachableError(
    `Nothing answers at ${run.config.baseUrl}: ${last.message}.`,
    last.fault === 'tls'
      ? 'A private authority is named by --ca, a certificate of your own by --client-cert and --client-key.'
      : 'Check the base URL and that the target is running.',
  );
}

/** Reads of different operations: where one alone never answers, the target is there all the same. */
function askedFirst({ operations }: Contract): readonly Operation[] {
  const reads = operations.filter((one) => one.effect === 'read' && pathParameters(one).length === 0);
  const who = reads.find(({ identity }) => identity !== undefined);
  const others = reads.filter((one) => one !== who);
  return [who, others[0], others.at(-1)].filter((one) => one !== undefined);
}
