/** What counts as invalid is checked against the bytes that were sent: never trust the generator alone. */
import { isObject } from '../check/members.ts';
import type { Operation } from '../contract/types.ts';
import type { CaseContext } from './case-context.ts';
import type { Sent } from './evidence.ts';

/**
 * Throws where the body that was sent is valid after all by the request schema: the case would then blame the
 * target for a fault of the suite.
 */
export function assertInvalid(context: CaseContext, operation: Operation, sent: Sent): void {
  if (operation.request === undefined) return;
  let value: unknown;
  try {
    value = JSON.parse(sent.request.body ?? '');
  } catch {
    return;
  }
  if (!isObject(value) || context.run.validate(operation.request, value).length > 0) return;
  throw new Error(`the body of ${context.id} counts as invalid, but keeps ${operation.request}`);
}
