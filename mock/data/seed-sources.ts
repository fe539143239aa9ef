import { faker } from '@faker-js/faker/locale/en';
import { sourceTemplates } from './catalogue.ts';
import type { Tenant } from './model.ts';
import type { Seeding } from './seed.ts';
import { days } from './time.ts';

/** One source for each template, and one that is not of the environment `production`. */
export function seedSources(tenant: Tenant, { ids, random, now }: Seeding): void {
  const host = `${tenant.organization.slug}.example.com`;
  const add = (template: (typeof sourceTemplates)[number], environment: string): void => {
    const id = ids.make('mcp', random);
    const suffix = environment === 'production' ? '' : ` (${environment})`;
    tenant.sources.set(id, {
      id,
      name: `${template.name}${suffix}`,
      transportType: template.transportType,
      targetKind: template.targetKind,
      baseUrl: template.transportType === 'stdio_hosted' ? null : `https://${template.slug}.${host}/mcp`,
      categories: template.categories,
      environment,
      connectionConfig: { timeoutMs: random.integer(5, 30) * 1000 },
      networkPolicy: { allowedHosts: [faker.internet.domainName()] },
      hasAuthProfile: random.chance(0.5),
      createdAt: now - random.integer(40, 200) * days,
    });
  };
  for (const template of sourceTemplates) add(template, 'production');
  for (const template of sourceTemplates.slice(0, 1)) add(template, 'staging');
}
