/** One look at the target before the first case: is anything there that answers, and what does it say of the keys? */
import type { Outcome } from '../check/answer.ts';
import type { Contract } from '../contract/types.ts';
import { UnreachableError } from '../errors.ts';
import type { RunConfig } from '../execute/run-state.ts';
import { Run } from '../execute/run.ts';
import { Inconclusive } from '../execute/stop.ts';
import { allowedCredentials, pathParameters, requestOf } from '../plan/request.ts';
import { introduce } from './introduce.ts';

const tries = 2;

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
  const operation =
    run.contract.operations.find(({ identity }) => identity !== undefined) ??
    run.contract.operations.find((one) => one.effect === 'read' && pathParameters(one).length === 0);
  if (operation === undefined) return;
  const credential =
    allowedCredentials(run.contract, operation).find((id) => run.keyring.given.has(id)) ?? 'none';
  let last: Outcome | undefined;
  for (let attempt = 0; attempt < tries; attempt++) {
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
    if (last.kind === 'answered' || answersAnyhow.has(last.fault)) return;
  }
  const why = last?.kind === 'unanswered' ? last.message : 'no answer';
  throw new UnreachableError(
    `Nothing answers at ${run.config.baseUrl}: ${why}.`,
    last?.kind === 'unanswered' && last.fault === 'tls'
      ? 'A private authority is named by --ca, a certificate of your own by --client-cert and --client-key.'
      : 'Check the base URL and that the target is running.',
  );
}

/** Faults of an answer that was begun. */
const answersAnyhow: ReadonlySet<string> = new Set(['unparsable', 'too-large', 'cut-off']);
