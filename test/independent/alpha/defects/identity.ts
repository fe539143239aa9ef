import { asked, type Exchange } from '../exchange.ts';
import type { Seeded } from '../hooks.ts';
import { isObj, type ApiKey, type Obj } from '../model.ts';
import { identity } from '../org.ts';
import { defect, nested, records, renamed, without } from './build.ts';
import { facts } from './facts.ts';

const org = (id: string, where: string, change: (body: Obj, x: Exchange) => unknown): Seeded =>
  defect(id, facts.org, `GET /org: ${where}`, records('org', change));

const actor = (id: string, where: string, change: (inner: Obj, x: Exchange) => unknown): Seeded =>
  org(id, where, (body, x) => nested(body, 'actor', (inner) => change(inner, x)));

const organization = (id: string, where: string, change: (inner: Obj, x: Exchange) => unknown): Seeded =>
  org(id, where, (body, x) => nested(body, 'organization', (inner) => change(inner, x)));

function keyIn(x: Exchange, slot: string): ApiKey | undefined {
  const known = x.site.memory.get(slot);
  return x.site.world.keys.find((key) => key === known);
}

export const identityDefects: readonly Seeded[] = [
  org('org-no-actor', 'actor left out', (body) => without(body, 'actor')),
  org('org-in-data', 'wrapped in data', (body) => ({ data: body })),
  org('org-flat', 'organization members at the top', (body) => ({
    ...(isObj(body['organization']) ? body['organization'] : {}),
    actor: body['actor'],
  })),
  actor('actor-always-owner', 'role owner for every key', (inner) => ({ ...inner, role: 'owner' })),
  actor('actor-role-capital', 'role with a capital letter', (inner) => ({
    ...inner,
    role: String(inner['role']).replace(/^./, (letter) => letter.toUpperCase()),
  })),
  actor('actor-role-list', 'roles as a list', (inner) => ({ ...inner, role: [inner['role']] })),
  actor('actor-admin-as-member', 'role member for an admin', (inner) => ({
    ...inner,
    role: inner['role'] === 'admin' ? 'member' : inner['role'],
  })),
  actor('actor-snake-case', 'api_key_id in place of apiKeyId', (inner) =>
    renamed(inner, 'apiKeyId', 'api_key_id'),
  ),
  actor('actor-key-name-missing', 'no apiKeyName for editor', (inner) =>
    inner['role'] === 'editor' ? without(inner, 'apiKeyName') : inner,
  ),
  actor('actor-key-id-number', 'apiKeyId a number', (inner) => ({ ...inner, apiKeyId: 17 })),
  actor('actor-email-false', 'email false where there is none', (inner) => ({
    ...inner,
    email: inner['email'] ?? false,
  })),
  actor('actor-email-list', 'email an object', (inner) => ({
    ...inner,
    email: inner['email'] === null ? null : { address: inner['email'] },
  })),
  actor('actor-profile-number', 'userProfileId a number', (inner) => ({ ...inner, userProfileId: 12 })),
  organization('organization-no-slug', 'no slug', (inner) => without(inner, 'slug')),
  organization('organization-id-number', 'id a number', (inner) => ({ ...inner, id: 4711 })),
  organization('organization-name-null', 'name null', (inner) => ({ ...inner, name: null })),
  organization('organization-orgname', 'orgName in place of name for viewers', (inner, x) =>
    x.key?.role === 'viewer' ? renamed(inner, 'name', 'orgName') : inner,
  ),
  defect(
    'organization-always-main',
    facts.oneOrganization,
    'GET /org of the other tenant names the main organization',
    records('org', (body, x) => ({
      ...body,
      organization: { id: x.site.world.main.id, slug: x.site.world.main.slug, name: x.site.world.main.name },
    })),
  ),
  defect(
    'organization-id-by-key',
    facts.oneOrganization,
    'GET /org: another organization id for each key',
    records('org', (body, x) =>
      nested(body, 'organization', (inner) => ({
        ...inner,
        id: `${String(inner['id'])}${x.key?.role ?? ''}`,
      })),
    ),
  ),
  defect(
    'identity-cached',
    facts.oneOrganization,
    'GET /org within 2 s of another key answers for that key',
    {
      reply: (x, reply) => {
        if (asked(x) !== 'org' || reply.status !== 200) return reply;
        const until = Number(x.site.memory.get('until') ?? 0);
        const kept = keyIn(x, 'kept');
        if (kept !== undefined && Date.now() < until) return { ...reply, body: identity(kept) };
        x.site.memory.set('until', Date.now() + 2000);
        x.site.memory.set('kept', x.key);
        return reply;
      },
    },
  ),
  defect(
    'identity-mixed-concurrently',
    facts.oneOrganization,
    'GET /org while other requests are in flight',
    {
      reply: async (x, reply) => {
        x.site.memory.set('current', x.key);
        if (asked(x) !== 'org' || reply.status !== 200) return reply;
        await new Promise((done) => setTimeout(done, 12));
        const current = keyIn(x, 'current');
        return current === undefined ? reply : { ...reply, body: identity(current) };
      },
    },
  ),
  defect(
    'identity-every-seventh',
    facts.oneOrganization,
    'GET /org: every 7th request answers for the other tenant',
    {
      reply: (x, reply) => {
        const other = x.site.world.keys.at(-1);
        return asked(x) === 'org' && reply.status === 200 && x.seq % 7 === 0 && other !== undefined
          ? { ...reply, body: identity(other) }
          : reply;
      },
    },
  ),
];
