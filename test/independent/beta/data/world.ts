import type { ApiKey, Kind, KeyName, Org, Role, Source, Workflow, World } from '../model.ts';
import type { Settings } from '../settings.ts';
import { seedRuns, seedSearches, seedSessions, seedTopics, nth } from './history.ts';
import { idForm } from './ids.ts';
import { makeKey } from './keys.ts';
import { sourceNames, workflowNames } from './words.ts';

type NewId = (kind: Kind) => string;
const day = 86_400_000;

interface OrgWish {
  readonly slug: string;
  readonly name: string;
  readonly insights: boolean;
  readonly sources: number;
  readonly workflows: number;
  readonly runs: number;
  readonly topics: number;
  readonly sessions: number;
}

function seedSources(newId: NewId, wish: OrgWish, now: number): Source[] {
  return Array.from({ length: wish.sources + 1 }, (_, index) => {
    const [name, transportType, baseUrl, categories] = nth(sourceNames, index);
    const staging = index === wish.sources;
    return {
      id: newId('mcp'),
      name: staging ? `${name} (staging)` : name,
      transportType,
      targetKind: transportType === 'stdio_hosted' ? 'cli' : 'mcp',
      baseUrl,
      categories: [...categories],
      environment: staging ? 'staging' : 'production',
      active: true,
      createdAt: now - (40 - index) * day,
      settings: { connectionConfig: { timeoutMs: 5000 + index }, networkPolicy: {}, authProfile: {} },
    };
  });
}

function seedWorkflows(newId: NewId, wish: OrgWish, sources: readonly Source[], now: number): Workflow[] {
  return Array.from({ length: wish.workflows }, (_, index) => {
    const [name, categories] = nth(workflowNames, index);
    return {
      id: newId('wf'),
      fields: {
        name,
        description: index % 3 === 0 ? null : `Checks “${name}” end to end.`,
        mcpServerId: nth(sources, index).id,
        testerPrompt: `Act as a customer of ${wish.name}.\n\tTask: ${name}. Answer with “done”.`,
        defaultMcpAuthProfileId: null,
        testerModelId: 'claude-sonnet-4',
        testerModelIds: ['claude-sonnet-4', 'gpt-5-mini'],
        testerTargets: [{ modelId: 'claude-sonnet-4', skillMode: 'none', skillVersionId: null }],
        criteria: [
          { criterionText: 'The order is named.', isRequired: true },
          { criterionText: 'No more than three calls.', isRequired: false },
        ],
        schedule: index % 2 === 0 ? { cron: '0 6 * * *', timezone: 'Europe/Zurich' } : null,
        limits: { maxSteps: 20 },
        retryPolicy: { maxAttempts: 2 },
        toolPolicy: {},
        metadata: { team: 'qa', 'ticket-№': index },
      },
      categories: [...categories],
      version: 1 + (index % 3),
      archived: false,
      createdAt: now - (35 - index) * day,
      updatedAt: now - (5 + index) * day,
    };
  });
}

function seedOrg(newId: NewId, wish: OrgWish, now: number, further: boolean): Org {
  const sources = seedSources(newId, wish, now);
  const workflows = seedWorkflows(newId, wish, sources, now);
  const runs = seedRuns(newId, workflows, wish.runs, now, further);
  return {
    id: newId('org'),
    slug: wish.slug,
    name: wish.name,
    insights: wish.insights,
    sources,
    workflows,
    runs,
    topics: seedTopics(newId, wish.topics, now),
    searches: seedSearches(newId, wish.topics === 0 ? 0 : wish.topics - 2, now),
    sessions: wish.sessions === 0 ? [] : seedSessions(newId, sources, runs, wish.sessions, now),
  };
}

const mainWish: OrgWish = {
  slug: 'nordwind',
  name: 'Nordwind Händler & Söhne',
  insights: true,
  sources: 4,
  workflows: 7,
  runs: 64,
  topics: 8,
  sessions: 19,
};
const disabledWish: OrgWish = {
  slug: 'quietco',
  name: 'Quiet Co',
  insights: false,
  sources: 3,
  workflows: 4,
  runs: 9,
  topics: 0,
  sessions: 0,
};
const otherWish: OrgWish = {
  slug: 'fjord-9',
  name: 'Fjord №9',
  insights: true,
  sources: 3,
  workflows: 5,
  runs: 17,
  topics: 4,
  sessions: 7,
};

/** A fresh world: three organizations, their keys and their history. */
export function makeWorld(settings: Settings): World {
  const form = idForm(settings.ids);
  const newId = (kind: Kind): string => form.make(kind);
  const now = Date.now();
  const further = settings.furtherStatuses;
  const main = seedOrg(newId, mainWish, now, further);
  const disabled = seedOrg(newId, disabledWish, now, further);
  const withInsights = settings.otherOrgInsights;
  const insights = withInsights ? {} : { insights: false, topics: 0, sessions: 0 };
  const other = seedOrg(newId, { ...otherWish, ...insights }, now, further);
  const keys: ApiKey[] = [];
  const key = (org: Org, role: Role, name: string, revoked = false): string => {
    const known = keys.length % 2 === 0;
    const made = makeKey({
      id: newId('key'),
      name,
      role,
      orgId: org.id,
      revoked,
      email: known ? `${role}@${org.slug}.example` : null,
      profileId: known ? newId('user') : null,
    });
    keys.push(made.key);
    return made.token;
  };
  const tokens: Record<KeyName, string> = {
    viewer: key(main, 'viewer', 'Read-only dashboard'),
    editor: key(main, 'editor', 'CI – Prüfstand'),
    admin: key(main, 'admin', 'Admin automation'),
    owner: key(main, 'owner', 'Owner key'),
    revoked: key(main, 'editor', 'Old CI', true),
    featureDisabled: key(disabled, settings.disabledRole, 'Quiet key'),
    otherOrg: key(other, settings.otherOrgRole, 'Fjord key'),
  };
  return {
    orgs: [main, disabled, other],
    keys,
    tokens,
    verified: new Map(),
    newId,
    hasIdForm: (id) => form.fits(id),
  };
}
