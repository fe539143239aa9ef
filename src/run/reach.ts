/** One look at the target before the first case: is anything there that answers? */
import type { Contract } from '../contract/types.ts';
import type { Outcome } from '../check/answer.ts';
import { UnreachableError } from '../errors.ts';
import { Run } from '../execute/run.ts';
import type { RunConfig } from '../execute/run-state.ts';
import { allowedCredentials, pathParameters, requestOf } from '../plan/request.ts';
import { identityIn } from '../execute/identities.ts';
import { bodyOf, described, statusOf } from '../execute/case-context.ts';

const tries = 2;

/**
 * Asks the target who each given key is; gives a line for each, as the target reports it.
 * Throws UnreachableError where nothing answers; an answer of any kind, however wrong, is one.
 */
export async function reachTarget(contract: Contract, config: RunConfig): Promise<readonly string[]> {
  const run = new Run(contract, config);
  try {
    await requireAnswer(run);
    return await introduce(run);
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
    const sent = await run.support.send(
      requestOf(operation, credential, { form: credential === 'none' ? 'none' : 'bearer' }),
      { connection: { kind: 'fresh' } },
    );
    last = sent.outcome;
    if (last.kind === 'answered' || last.fault === 'unparsable' || last.fault === 'too-large') return;
  }
  const why = last?.kind === 'unanswered' ? last.message : 'no answer';
  throw new UnreachableError(
    `Nothing answers at ${run.config.baseUrl}: ${why}.`,
    'Check the base URL and that the target is running.',
  );
}

async function introduce(run: Run): Promise<readonly string[]> {
  const operation = run.contract.operations.find(({ identity }) => identity !== undefined);
  if (operation?.identity === undefined) return [];
  const lines: string[] = [];
  for (const { id, kind, role } of Object.values(run.contract.credentials)) {
    if (!run.keyring.given.has(id) || kind === 'revoked') continue;
    const sent = await run.support.send(requestOf(operation, id));
    const identity = identityIn(bodyOf(sent), operation.identity);
    if (statusOf(sent) !== operation.success.status) {
      lines.push(`The key of ${id} got ${described(sent)} from ${operation.method} ${operation.path}.`);
    } else if (kind === 'role' && identity.role !== role) {
      lines.push(
        `The key of ${id} is reported as ${identity.role ?? 'no role'}: a swapped key, or a violation.`,
      );
    }
  }
  return lines;
}
