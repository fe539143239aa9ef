import type { Deployment } from '../deployment/deployment.ts';
import { invalid, Refused } from '../deployment/refusal.ts';

/** Refuses a name that another one bears already, where the dialect does; that is left open. */
export function requireFreeName(name: string, taken: readonly string[], { dialect }: Deployment): void {
  const { takenName } = dialect.input;
  if (takenName === 'accepted' || !taken.includes(name)) return;
  const message = 'The name is taken.';
  throw takenName === 409 ? new Refused({ kind: 'conflict', message }) : invalid('/name', message);
}
