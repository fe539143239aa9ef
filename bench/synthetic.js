/**
 * A contract of any size, made of the package's own: the same keys, facts and errors, and so many resources, each with
 * the five operations that a workflow has (list, create, read, update, archive). A plan of it holds the families in
 * the proportions of the real one, without what is peculiar to runs and insights.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadContract } from '../dist/src/contract/load.js';
import { planCases } from '../dist/src/plan/plan.js';

const kept = ['getOrg', 'getOpenapi'];
const schemas = {
  'shelf.create.request.schema.json': { required: ['name'] },
  'shelf.update.request.schema.json': {},
};
const members = {
  name: { type: 'string' },
  about: { type: 'string' },
  places: { type: 'integer' },
  tags: { type: 'array', items: { type: 'string' } },
  metadata: { type: 'object' },
};

/** The body of requests that the operations of a synthetic contract take, as a JSON Schema. */
export function requestSchema(name) {
  return { type: 'object', ...schemas[name], properties: members };
}

/**
 * Writes a contract whose plan holds about so many cases, as `{ matrix, specs }` below a folder. Gives these paths with
 * `resources` and `cases`, as many as there are.
 */
export async function writeSynthetic(folder, wanted) {
  const one = await written(join(folder, 'one'), 1);
  const two = await written(join(folder, 'two'), 2);
  const each = two.cases - one.cases;
  const resources = Math.max(1, Math.round((wanted - one.cases) / each) + 1);
  return written(join(folder, String(wanted)), resources);
}

async function written(folder, resources) {
  const root = new URL('../', import.meta.url);
  const own = parse(await readFile(new URL('matrix.yaml', root), 'utf8'));
  const specs = join(folder, 'specs');
  await mkdir(specs, { recursive: true });
  const matrix = join(folder, 'matrix.yaml');
  const schemasUsed = ['error', 'id', 'org.response', 'openapi.response', 'record.response', 'ok.response'];
  for (const name of [...schemasUsed, 'list.response', 'matrix'].map((stem) => `${stem}.schema.json`)) {
    await writeFile(join(specs, name), await readFile(new URL(`specs/${name}`, root)));
  }
  for (const name of Object.keys(schemas)) {
    const head = { $schema: 'https://json-schema.org/draft/2020-12/schema', $id: name, title: name };
    await writeFile(join(specs, name), JSON.stringify({ ...head, ...requestSchema(name) }));
  }
  await writeFile(matrix, matrixText(own, resources));
  const contract = await loadContract({ matrix, specs });
  const cases = planCases(contract, { seed: 1, profile: 'full' }).length;
  return { matrix, specs, resources, cases };
}

/** Entries of a section, one a line; JSON is YAML. */
function lines(entries) {
  return Object.entries(entries).map(([id, entry]) => `  ${id}: ${JSON.stringify(entry)}`);
}

/** One line a resource and an operation. */
function matrixText(own, count) {
  const { featureDisabled: _none, ...credentials } = own.credentials;
  const { feature_disabled: _no, ...documented } = own.errors;
  const shelves = Array.from({ length: count }, (_, index) => shelf(index + 1));
  const sections = {
    schemaVersion: own.schemaVersion,
    api: own.api,
    roles: own.roles,
    credentials,
    references: own.references,
    errors: documented,
    errorSchema: own.errorSchema,
    facts: own.facts,
  };
  return [
    ...Object.entries(sections).map(([name, value]) => `${name}: ${JSON.stringify(value)}`),
    'resources:',
    ...shelves.flatMap(({ resource }) => lines(resource)),
    'operations:',
    ...lines(Object.fromEntries(kept.map((id) => [id, own.operations[id]]))),
    ...shelves.flatMap(({ operations }) => lines(operations)),
    '',
  ].join('\n');
}

/** The success of an operation that answers with a record. */
function record(status) {
  return { status, schema: 'record.response.schema.json' };
}

/** The errors of an operation, beside what every one has. */
function errors(...more) {
  return ['unauthenticated', ...more];
}

function shelf(number) {
  const [id, surface, name] = [`shelf-${number}`, `shelves-${number}`, `Shelf${number}`];
  const path = `/${surface}`;
  const all = { viewer: 'allowed', editor: 'allowed', admin: 'allowed', owner: 'allowed' };
  const writers = { ...all, viewer: 'denied' };
  const common = { surface, level: 'must', reference: 'workflows' };
  const onOne = { path: `${path}/{shelfId}`, parameters: { shelfId: { in: 'path', resource: id } } };
  return {
    resource: {
      [id]: {
        surface,
        list: `list${name}`,
        read: `get${name}`,
        create: `create${name}`,
        update: `update${name}`,
        archive: `archive${name}`,
        id: ['id'],
        items: ['rows'],
        name: 'name',
        cleanup: 'archive',
      },
    },
    operations: {
      [`list${name}`]: {
        ...common,
        summary: 'list',
        method: 'GET',
        path,
        effect: 'read',
        roles: all,
        success: { status: 200, schema: 'list.response.schema.json' },
        errors: errors(),
      },
      [`create${name}`]: {
        ...common,
        summary: 'create',
        method: 'POST',
        path,
        effect: 'create',
        roles: writers,
        request: 'shelf.create.request.schema.json',
        success: record(201),
        errors: errors('invalid', 'forbidden_role'),
      },
      [`get${name}`]: {
        ...common,
        ...onOne,
        summary: 'read',
        method: 'GET',
        effect: 'read',
        roles: all,
        success: record(200),
        errors: errors('not_found'),
      },
      [`update${name}`]: {
        ...common,
        ...onOne,
        summary: 'update',
        method: 'PATCH',
        effect: 'update',
        roles: writers,
        request: 'shelf.update.request.schema.json',
        success: record(200),
        errors: errors('invalid', 'forbidden_role', 'not_found'),
      },
      [`archive${name}`]: {
        ...common,
        ...onOne,
        summary: 'archive',
        method: 'DELETE',
        effect: 'archive',
        roles: writers,
        success: { status: 200, schema: 'ok.response.schema.json' },
        errors: errors('forbidden_role', 'not_found'),
      },
    },
  };
}
