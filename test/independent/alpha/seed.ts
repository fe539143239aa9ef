import { randomBytes, scryptSync } from 'node:crypto';
import type { DialectOptions } from './dialect.ts';
import type { IdMaker } from './ids.ts';
import type { ApiKey, Organization, Role, Source, Workflow, World } from './model.ts';
import { seedInsights } from './seed-insights.ts';
import { seedRuns } from './seed-runs.ts';

/** Hashes the secret part of a key. */
export function digestOf(secret: string, salt: Buffer): Buffer {
  return scryptSync(secret, salt, 16, { N: 2, r: 1, p: 1 });
}

const sourcePlans = [
  ['Payments MCP', 'streamable_http', 'https://mcp.example.com/payments', ['payments', 'finance']],
  ['Søk & Find', 'sse', 'https://search.example.org/sse?v=2', ['search']],
  ['Local tools <beta>', 'stdio_hosted', null, ['devtools', 'search']],
  ['CRM 顧客', 'streamable_http', 'https://crm.example.net/mcp', ['crm']],
  ['Ledger "cold"', 'streamable_http', 'http://ledger.internal:8080/', ['finance']],
] as const;

const workflowPlans = [
  ['Refund an order', 0, { cron: '0 * * * *', timezone: 'UTC' }],
  ['Find an invoice — naïve phrasing', 0, null],
  ['Search the docs', 1, { intervalMinutes: 60 }],
  ['Run the linter', 2, null],
  ['Create a contact', 3, { cron: '30 6 * * 1' }],
  ['Close the books', 4, null],
  ['Old checkout', 0, null],
] as const;

/** Makes three organizations with everything in them. */
export function seedWorld(dialect: DialectOptions, makeId: IdMaker): World {
  const organization = (slug: string, name: string, insights: boolean): Organization => ({
    id: makeId('org'),
    slug,
    name,
    insights,
  });
  const main = organization('acme-robotics', 'Acme Robotics', true);
  const plain = organization('no-insights', 'Ordinary Ltd', false);
  const other = organization('globex', 'Globex Ångström', dialect.otherTenantInsights);
  const keys: ApiKey[] = [];
  const issue = (org: Organization, role: Role, revoked = false): string => {
    const { key, token } = makeKey(dialect, makeId, org, role, revoked);
    keys.push(key);
    return token;
  };
  const tokens = {
    viewer: issue(main, 'viewer'),
    editor: issue(main, 'editor'),
    admin: issue(main, 'admin'),
    owner: issue(main, 'owner'),
    revoked: issue(main, 'owner', true),
    featureDisabled: issue(plain, dialect.featureDisabledRole),
    otherOrg: issue(other, dialect.otherRole),
  };
  const world: World = {
    main,
    organizations: [main, plain, other],
    keys,
    tokens,
    sources: new Map(),
    workflows: new Map(),
    runs: new Map(),
    topics: new Map(),
    searches: new Map(),
    sessions: new Map(),
    idempotency: new Map(),
  };
  for (const org of world.organizations) seedOrganization(world, org, makeId);
  return world;
}

function makeKey(
  dialect: DialectOptions,
  makeId: IdMaker,
  org: Organization,
  role: Role,
  revoked: boolean,
): { readonly key: ApiKey; readonly token: string } {
  const publicPart = randomBytes(8).toString('hex');
  // A letter in front and behind, so that every letter-case and length trick does change the secret.
  const secret = `k${randomBytes(24).toString(dialect.secretAlphabet)}Qz`;
  const salt = randomBytes(8);
  const machine = revoked || role === 'admin';
  const key: ApiKey = {
    id: makeId('key'),
    name: `${org.name} ${role}`,
    publicPart,
    salt,
    digest: digestOf(secret, salt),
    org,
    role,
    userProfileId: machine ? null : makeId('usr'),
    email: machine ? null : `${role}@${org.slug}.example`,
    revoked,
  };
  return { key, token: `amt_${publicPart}_${secret}` };
}

function seedOrganization(world: World, org: Organization, makeId: IdMaker): void {
  const now = Date.now();
  const main = org === world.main;
  const prefix = main ? '' : `${org.slug}: `;
  const sources: Source[] = sourcePlans
    .slice(0, main ? 5 : 3)
    .map(([name, transportType, baseUrl, categories], at) => ({
      id: makeId('mcp'),
      orgId: org.id,
      name: prefix + name,
      transportType,
      baseUrl,
      categories: [...categories],
      environment: 'production',
      rest: { targetKind: transportType === 'stdio_hosted' ? 'cli' : 'mcp' },
      createdAt: now - (40 + at) * 86_400_000,
    }));
  for (const source of sources) world.sources.set(source.id, source);
  const workflows: Workflow[] = [];
  workflowPlans.forEach(([name, place, schedule], at) => {
    const source = sources[place % sources.length];
    if (source === undefined) return;
    workflows.push({
      id: makeId('wf'),
      orgId: org.id,
      name: prefix + name,
      description:
        at % 3 === 2
          ? null
          : `Checks whether an agent can: ${name.toLowerCase()}. ${'More detail. '.repeat(at * 20)}`,
      sourceId: source.id,
      testerPrompt: `You are a customer. ${name}.`,
      schedule: schedule === null ? null : { ...schedule },
      rest: {
        criteria: [{ criterionText: 'The agent answers', isRequired: true }],
        testerModelId: 'gpt-large',
      },
      version: 1 + at,
      archived: name === 'Old checkout',
      createdAt: now - (35 + at) * 86_400_000,
    });
  });
  for (const workflow of workflows) world.workflows.set(workflow.id, workflow);
  seedRuns(world, org, workflows, makeId);
  if (org.insights) seedInsights(world, org, sources, makeId);
}
