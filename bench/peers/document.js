/**
 * The document that every peer gets: what `armature-conformance openapi` writes, with an example for each id and each
 * body, taken from the target. Without them no peer could send a request that gets through.
 */
import { loadContract } from '../../dist/src/contract/load.js';
import { toOpenapi } from '../../dist/src/contract/openapi.js';
import { validBody } from '../../dist/src/plan/valid-body.js';

const contract = await loadContract();

/** The document for a target, given as `{ baseUrl, keys }`; ids are those that its lists show to the key of the owner. */
export async function documentFor(target) {
  const document = toOpenapi(contract, { serverUrl: target.baseUrl });
  const ids = await listedIds(target);
  for (const operation of contract.operations) {
    const entry = document.paths[operation.path][operation.method.toLowerCase()];
    for (const parameter of entry.parameters ?? []) {
      const resource = operation.parameters.find(({ name }) => name === parameter.name)?.resource;
      if (parameter.in === 'path') parameter.example = idFor(ids[resource], operation);
    }
    if (operation.request !== undefined) {
      const body = validBody(contract, operation, 1, operation.id);
      entry.requestBody.content['application/json'].example = withoutTokens(body, ids);
    }
  }
  return withPlainReferences(document, document.components.schemas);
}

/** References into a component are replaced by what they mean: dredd takes only those to a component as a whole. */
function withPlainReferences(value, schemas) {
  if (Array.isArray(value)) return value.map((one) => withPlainReferences(one, schemas));
  if (typeof value !== 'object' || value === null) return value;
  const [, name, inside] = /^#\/components\/schemas\/([^/]+)\/(.+)$/.exec(value.$ref ?? '') ?? [];
  if (inside === undefined) {
    return Object.fromEntries(
      Object.entries(value).map(([key, one]) => [key, withPlainReferences(one, schemas)]),
    );
  }
  return withPlainReferences(
    inside.split('/').reduce((node, step) => node[step], schemas[name]),
    schemas,
  );
}

/** What is archived is not what the other operations aim at. */
function idFor(ids = [], { effect }) {
  return effect === 'archive' ? (ids[1] ?? ids[0]) : ids[0];
}

async function listedIds({ baseUrl, keys }) {
  const ids = {};
  for (const resource of Object.values(contract.resources)) {
    const list = contract.operations.find(({ id }) => id === resource.list);
    const query = list.id === 'listRuns' ? '?range=30d&status=pass' : '';
    const answer = await fetch(`${baseUrl}${list.path}${query}`, {
      headers: { authorization: `Bearer ${keys.owner}` },
    });
    const body = await answer.json();
    const rows = Array.isArray(body) ? body : Object.values(body).find(Array.isArray);
    ids[resource.id] = rows.map(({ id }) => id);
  }
  return ids;
}

/** A body of the plan with its tokens filled in: `{{listed:R}}` and `{{made:R}}` by an id, the rest by a name. */
function withoutTokens(body, ids) {
  const text = JSON.stringify(body).replaceAll(
    /\{\{(?:listed|made):([\w-]+)\}\}/g,
    (_token, resource) => ids[resource][0],
  );
  return JSON.parse(text.replaceAll(/\{\{[^}]+\}\}/g, 'made by a benchmark'));
}
