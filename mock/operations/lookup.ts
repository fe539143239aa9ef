import type { EnteredCall } from '../deployment/call.ts';
import { notFound } from '../deployment/refusal.ts';

/** The resource that a path parameter names. Throws Refused where there is none. */
export function subject<T>(resources: ReadonlyMap<string, T>, call: EnteredCall, parameter: string): T {
  const found = resources.get(call.parameters[parameter] ?? '');
  if (found === undefined) throw notFound(parameter);
  return found;
}
