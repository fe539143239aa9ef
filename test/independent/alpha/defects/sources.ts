import { asked } from '../exchange.ts';
import type { Hooks, Seeded } from '../hooks.ts';
import { isObj, type Obj } from '../model.ts';
import { defect, records, renamed, succeeding, without } from './build.ts';
import { facts } from './facts.ts';

const row = (
  id: string,
  where: string,
  change: (row: Obj, at: number) => unknown,
  fact: string = facts.sources,
): Seeded => defect(id, fact, `GET /mcp-servers: ${where}`, listOnly(change));

function listOnly(change: (row: Obj, at: number) => unknown): Hooks {
  return {
    record: (x, kind, record, at) =>
      kind === 'source' && asked(x) === 'listSources' ? change(record, at) : record,
  };
}

const overlooks = (operation: string, parameter: string): Seeded =>
  defect(
    `${operation}-overlooks-${parameter}`,
    facts.categories,
    `${operation}: ${parameter} does not filter`,
    {
      overlooks: (x, name) => asked(x) === operation && name === parameter,
    },
  );

const envelope = (id: string, where: string, change: (rows: unknown) => unknown): Seeded =>
  defect(
    id,
    facts.sources,
    `GET /mcp-servers: ${where}`,
    succeeding('listSources', (reply) => ({
      ...reply,
      body: change(isObj(reply.body) ? reply.body['rows'] : []),
    })),
  );

export const sourceDefects: readonly Seeded[] = [
  envelope('sources-other-envelope', 'servers in place of rows', (rows) => ({ servers: rows })),
  envelope('sources-bare', 'a bare array', (rows) => rows),
  envelope('sources-map', 'rows an object by id', (rows) => ({
    rows: Object.fromEntries(Array.isArray(rows) ? rows.map((each, at) => [String(at), each]) : []),
  })),
  row('source-camel-transport', 'transportType', (each) => renamed(each, 'transport_type', 'transportType')),
  row('source-camel-url', 'baseUrl in the last rows', (each, at) =>
    at >= 2 ? renamed(each, 'base_url', 'baseUrl') : each,
  ),
  row('source-categories-text', 'categories a comma-separated text', (each) => ({
    ...each,
    categories: String(each['categories']),
  })),
  row('source-categories-objects', 'categories as objects', (each) => ({
    ...each,
    categories: Array.isArray(each['categories'])
      ? each['categories'].map((slug: unknown) => ({ slug }))
      : [],
  })),
  row('source-categories-null', 'categories null where there are none or one', (each) => ({
    ...each,
    categories:
      Array.isArray(each['categories']) && each['categories'].length < 2 ? null : each['categories'],
  })),
  row('source-categories-missing', 'the third row has no categories', (each, at) =>
    at === 2 ? without(each, 'categories') : each,
  ),
  row('source-categories-mixed', 'a null among the categories', (each, at) =>
    at === 1 ? { ...each, categories: ['search', null] } : each,
  ),
  row(
    'source-url-null',
    'base_url null for streamable_http',
    (each) => (each['transport_type'] === 'streamable_http' ? { ...each, base_url: null } : each),
    facts.sourceUrl,
  ),
  row('source-url-object', 'base_url an object for sse', (each) =>
    each['transport_type'] === 'sse' ? { ...each, base_url: { href: each['base_url'] } } : each,
  ),
  row('source-id-number', 'id a number', (each, at) => ({ ...each, id: at + 1 })),
  row('source-name-null', 'name null in the second row', (each, at) =>
    at === 1 ? { ...each, name: null } : each,
  ),
  row('source-name-missing', 'title in place of name', (each) => renamed(each, 'name', 'title')),
  row('source-row-null', 'a null among the rows', (each, at) => (at === 1 ? null : each)),
  row('source-row-text', 'rows are ids only', (each) => each['id']),
  row('source-transport-null', 'transport_type null for stdio_hosted', (each) => ({
    ...each,
    transport_type: each['transport_type'] === 'stdio_hosted' ? null : each['transport_type'],
  })),
  defect('source-viewer-redacted', facts.sources, 'GET /mcp-servers: base_url left out for viewers', {
    record: (x, kind, record) =>
      kind === 'source' && asked(x) === 'listSources' && x.key?.role === 'viewer'
        ? without(record, 'base_url')
        : record,
  }),
  defect(
    'source-detail-of-another',
    facts.sourceRecord,
    'GET /mcp-servers/{id}: the record of another source',
    {
      record: (x, kind, record) => {
        if (kind !== 'source' || asked(x) !== 'readSource') return record;
        const another = [...x.site.world.sources.values()].find(
          (each) => each.orgId === x.key?.org.id && each.id !== x.id,
        );
        return { ...record, id: another?.id, name: another?.name };
      },
    },
  ),
  defect('source-detail-id-only', facts.sourceRecord, 'GET /mcp-servers/{id}: only the id', {
    record: (x, kind, record) =>
      kind === 'source' && asked(x) === 'readSource' ? { id: record['id'] } : record,
  }),
  defect(
    'source-detail-in-list',
    facts.sourceRecord,
    'GET /mcp-servers/{id}: an array',
    succeeding('readSource', (reply) => ({ ...reply, body: [reply.body] })),
  ),
  defect(
    'source-created-200',
    facts.statuses,
    'POST /mcp-servers: 200',
    succeeding('createSource', (reply) => ({ ...reply, status: 200 })),
  ),
  defect(
    'source-created-no-id',
    facts.sourceCreated,
    'POST /mcp-servers: no id anywhere',
    records('createdSource', (record) => without(record, 'id')),
  ),
  defect('created-source-not-listed', facts.sourceCreated, 'the created source is not in the list'),
  defect('created-source-unreadable', facts.sourceCreated, 'the created source is 404 by id'),
  defect('created-source-lost', facts.sourceCreated, 'the created source is neither listed nor readable'),
  defect(
    'created-source-renamed',
    facts.sourceCreated,
    'the created source has its name cut and in lower case',
  ),
  overlooks('listSources', 'category'),
  overlooks('listSources', 'categorySlug'),
  overlooks('listWorkflows', 'category'),
  overlooks('listWorkflows', 'categorySlug'),
  defect('category-several-overlooked', facts.categories, 'category with a comma does not filter', {
    overlooks: (x, name) => name === 'category' && (x.query.get('category') ?? '').includes(','),
  }),
  defect('category-slug-adds-one', facts.categories, 'categorySlug: one item more that does not have it', {
    list: (x, kind, items) => {
      if (kind !== 'source' || !x.query.has('categorySlug')) return items;
      const another = [...x.site.world.sources.values()].find(
        (each) =>
          each.orgId === x.key?.org.id && !each.categories.includes(x.query.get('categorySlug') ?? ''),
      );
      if (another === undefined) return items;
      const { id, name, transportType, baseUrl, categories } = another;
      return [...items, { id, name, transport_type: transportType, base_url: baseUrl, categories }];
    },
  }),
];
