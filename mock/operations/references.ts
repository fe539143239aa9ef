import type { Deployment } from '../deployment/deployment.ts';
import { invalid, notFound } from '../deployment/refusal.ts';

/** Refuses a reference of a body that leads nowhere, where the dialect does; 400 or 404 is left open. */
export function requireReference(
  resources: ReadonlyMap<string, unknown>,
  id: string,
  member: string,
  { dialect }: Deployment,
): void {
  if (resources.has(id) || dialect.input.missingReference === 'accepted') return;
  throw dialect.input.missingReference === 404
    ? notFound(member)
    : invalid(`/${member}`, `/${member} names nothing that exists`);
}
