import type { Call } from '../call.ts';
import type { ApiKey } from '../model.ts';
import { recordIn } from '../json.ts';
import { take } from '../http/pipeline.ts';
import { facts } from './facts.ts';
import { on, pause, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

const noted = new WeakMap<object, ApiKey>();

function note(call: Call): undefined {
  noted.set(call.memory, call.actor);
  return undefined;
}

async function mixUp(call: Call): Promise<void> {
  await pause(4);
  const last = noted.get(call.memory);
  if (last) take(call, last);
}

/** Defects in which one caller is taken for another. */
export const identitySeeds: readonly Seed[] = [
  plant('identity-race-org', facts.keyOrg, 'GET /org while another key asks', {
    instead: (call) => (on(call, 'org.get') ? note(call) : undefined),
    around: async (call, run) => {
      if (on(call, 'org.get')) await mixUp(call);
      return run();
    },
  }),
  plant('identity-race-lists', facts.keyOrg, 'lists of runs and sources while another organization asks', {
    instead: (call) => (on(call, 'runs.list', 'sources.list') ? note(call) : undefined),
    around: async (call, run) => {
      if (on(call, 'runs.list', 'sources.list')) await mixUp(call);
      return run();
    },
  }),
  plant('identity-by-connection', facts.keyOrg, 'the first key of a connection counts for all its requests', {
    identify: (call, key) => {
      const [first] = call.world.keys.filter(({ keyId }) => call.connection.has(keyId));
      if (key && !first) call.connection.set(key.keyId, true);
      return key && first ? first : key;
    },
  }),
  plant('role-by-connection', facts.writes, 'a viewer writes on a connection that an owner has used', {
    allows: (call, allowed) => {
      if (call.actor.role === 'owner') call.connection.set(`owner ${call.org.id}`, true);
      return allowed || call.connection.has(`owner ${call.org.id}`);
    },
  }),
  plant(
    'cache-without-key',
    facts.keyOrg,
    'GET /workflows: answers are cached by address for 150 ms, whatever the key',
    {
      around: (call, run) => {
        if (!on(call, 'workflows.list')) return run();
        const kept = call.memory.get(call.url);
        const at = call.memory.get(`at ${call.url}`);
        if (typeof kept === 'string' && typeof at === 'number' && call.now - at < 150) {
          return { status: 200, body: JSON.parse(kept), headers: {} };
        }
        const made = run();
        call.memory.set(call.url, JSON.stringify(made.body));
        call.memory.set(`at ${call.url}`, call.now);
        return made;
      },
    },
  ),
  plant('org-role-of-editor', facts.keyOrg, "GET /org: an editor's key is shown as admin", {
    reply: (call, made) => {
      if (on(call, 'org.get') && call.actor.role === 'editor' && made.status === 200) {
        return {
          ...made,
          body: JSON.parse(JSON.stringify(made.body).replace('"role":"editor"', '"role":"admin"')),
        };
      }
      return undefined;
    },
  }),
  plant('org-of-other-key', facts.keyOrg, "GET /org: the other tenant's key is shown the main organization", {
    reply: (call, { body, status }) => {
      const [main, , other] = call.world.orgs;
      if (status !== 200 || !on(call, 'org.get') || !main || call.org !== other) return;
      Object.assign(recordIn(body), { id: main.id, slug: main.slug, name: main.name });
    },
  }),
  plant('org-key-id-at-times', facts.org, 'GET /org: `apiKeyId` absent for every fifth request', {
    reply: (call, made) => {
      if (!on(call, 'org.get') || made.status !== 200 || call.number % 5 !== 0) return undefined;
      const body = JSON.stringify(made.body).replace(/"apiKeyId":"[^"]*",/, '');
      return { ...made, body: JSON.parse(body) };
    },
  }),
  plant('org-role-unknown', facts.org, 'GET /org: role `member` for a viewer', {
    reply: (call, made) => {
      if (!on(call, 'org.get') || made.status !== 200 || call.actor.role !== 'viewer') return undefined;
      return {
        ...made,
        body: JSON.parse(JSON.stringify(made.body).replace('"role":"viewer"', '"role":"member"')),
      };
    },
  }),
  plant('org-snake', facts.org, 'GET /org: `user_profile_id` in place of `userProfileId`', {
    reply: (call, made) => {
      if (!on(call, 'org.get') || made.status !== 200) return undefined;
      return {
        ...made,
        body: JSON.parse(JSON.stringify(made.body).replace('userProfileId', 'user_profile_id')),
      };
    },
  }),
  plant('org-slug-null', facts.org, 'GET /org: `slug` null for another tenant', {
    reply: (call, made) => {
      if (!on(call, 'org.get') || made.status !== 200 || call.org === call.world.orgs[0]) return undefined;
      return {
        ...made,
        body: JSON.parse(JSON.stringify(made.body).replace(/"slug":"[^"]*"/, '"slug":null')),
      };
    },
  }),
];
