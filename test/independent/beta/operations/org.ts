import type { Call, Reply } from '../call.ts';
import { reply } from '../call.ts';
import { adorned } from '../views/envelope.ts';

/** `GET /org` */
export function getOrg(call: Call): Reply {
  const { org, actor, settings } = call;
  return reply(200, {
    organization: adorned(settings, { id: org.id, slug: org.slug, name: org.name }),
    actor: adorned(settings, {
      apiKeyId: actor.id,
      apiKeyName: actor.name,
      userProfileId: actor.profileId,
      role: actor.role,
      email: actor.email,
    }),
  });
}
