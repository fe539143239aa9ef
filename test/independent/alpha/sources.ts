import { itemsOf, recordBody } from './envelope.ts';
import { caller, flawed, type Exchange, type Reply } from './exchange.ts';
import { locate, missing, sees } from './lookup.ts';
import { isObj, type Obj, type Source } from './model.ts';
import { inCategories } from './query.ts';

function row(x: Exchange, source: Source): Obj {
  const more = x.site.dialect.extras
    ? {
        environment: source.environment,
        health: { status: 'ok', id: 'probe' },
        created_at: new Date(source.createdAt).toISOString(),
      }
    : {};
  const url = source.baseUrl ?? (x.site.dialect.stdioUrl ? 'stdio://hosted' : null);
  return {
    ...more,
    id: source.id,
    name: source.name,
    transport_type: source.transportType,
    base_url: url,
    categories: source.categories,
  };
}

function listed(x: Exchange, source: Source): boolean {
  if (!sees(x, source.orgId)) return false;
  if (flawed(x, 'created-source-not-listed') && source.rest['live'] === true) return false;
  return source.environment === 'production' || x.site.dialect.listsOtherEnvironments;
}

/** `GET /mcp-servers` */
export function listSources(x: Exchange): Reply {
  const sources = [...x.site.world.sources.values()].filter(
    (source) => listed(x, source) && inCategories(x, source.categories),
  );
  if (x.site.dialect.ascending) sources.reverse();
  const rows = itemsOf(
    x,
    'source',
    sources.map((source) => row(x, source)),
  );
  const more = x.site.dialect.extras ? { nextCursor: null, facets: { categories: 4 } } : {};
  return { status: 200, body: { ...more, rows } };
}

/** `GET /mcp-servers/{id}` */
export function readSource(x: Exchange): Reply {
  const source = locate(x, x.site.world.sources);
  if (flawed(x, 'created-source-unreadable') && source.rest['live'] === true) throw missing(x);
  const record: Obj = {
    ...row(x, source),
    environment: source.environment,
    ...Object.fromEntries(Object.entries(source.rest).filter(([name]) => name !== 'live')),
    created_at: new Date(source.createdAt).toISOString(),
  };
  return { status: 200, body: recordBody(x, 'source', record) };
}

function textOf(value: unknown, fallback: string): string {
  return typeof value === 'string' ? value : fallback;
}

/** `POST /mcp-servers` */
export function createSource(x: Exchange): Reply {
  const { body } = x;
  const url = textOf(body['baseUrl'], '');
  const source: Source = {
    id: x.site.makeId('mcp'),
    orgId: caller(x).org.id,
    name: textOf(body['name'], 'unnamed'),
    transportType: textOf(body['transportType'], url === '' ? 'stdio_hosted' : 'streamable_http'),
    baseUrl: url === '' ? null : url,
    categories: [],
    environment: textOf(body['environment'], 'production'),
    rest: { targetKind: textOf(body['targetKind'], 'mcp'), live: true },
    createdAt: Date.now(),
  };
  if (source.transportType !== 'stdio_hosted' && source.baseUrl === null)
    source.baseUrl = 'https://unset.example.invalid/';
  for (const name of ['connectionConfig', 'networkPolicy', 'authProfile']) {
    if (isObj(body[name])) source.rest[name] = body[name];
  }
  if (flawed(x, 'created-source-renamed')) source.name = source.name.toLowerCase().slice(0, 8);
  if (!flawed(x, 'created-source-lost')) x.site.world.sources.set(source.id, source);
  const record = { ...row(x, source), environment: source.environment };
  const more = x.site.dialect.extras ? { created: true, probe: { state: 'queued' } } : {};
  return { status: 201, body: recordBody(x, 'createdSource', record, more) };
}
