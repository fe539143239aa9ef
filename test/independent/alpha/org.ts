import { caller, type Exchange, type Reply } from './exchange.ts';
import type { ApiKey, Obj } from './model.ts';

/** Who a key says that its holder is. */
export function identity(key: ApiKey): Obj {
  return {
    organization: { id: key.org.id, slug: key.org.slug, name: key.org.name },
    actor: {
      apiKeyId: key.id,
      apiKeyName: key.name,
      userProfileId: key.userProfileId,
      role: key.role,
      email: key.email,
    },
  };
}

/** `GET /org` */
export function readOrg(x: Exchange): Reply {
  const body = identity(caller(x));
  const more = x.site.dialect.extras ? { plan: { tier: 'scale', seats: 12 }, organizations: [] } : {};
  const shown = x.site.hooks.record?.(x, 'org', body, 0) ?? body;
  return { status: 200, body: typeof shown === 'object' ? { ...more, ...shown } : shown };
}
