import type { EnteredCall } from '../deployment/call.ts';
import type { Outcome } from '../deployment/outcome.ts';

/** The organization of the key, and who acts. */
export function getOrg({ actor, tenant }: EnteredCall): Outcome {
  const { id, slug, name } = tenant.organization;
  return {
    kind: 'record',
    record: {
      organization: { id, slug, name },
      actor: {
        apiKeyId: actor.id,
        apiKeyName: actor.name,
        userProfileId: actor.userProfileId,
        role: actor.role,
        email: actor.email,
      },
    },
  };
}
