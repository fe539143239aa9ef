/**
 * A conformant server for a synthetic contract, as little as can be: told `{ matrix, specs, latencyMs }`. What it does
 * for a request is a few lookups, so that the suite is what is measured.
 */
import { createServer } from 'node:http';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { loadContract } from '../dist/src/contract/load.js';
import { toOpenapi } from '../dist/src/contract/openapi.js';
import { requestSchema } from './synthetic.js';

const { matrix, specs, latencyMs = 0 } = JSON.parse(process.argv[2] ?? '{}');
const contract = await loadContract({ matrix, specs });
const { basePath, keyPrefix } = contract.api;
const ajv = new Ajv2020();
const validators = new Map();
const surfaces = new Map();
for (const { id, surface, path, method, request, roles, keyless } of contract.operations) {
  if (request !== undefined && !validators.has(request))
    validators.set(request, ajv.compile(requestSchema(request)));
  const root = path.split('/')[1];
  const known = surfaces.get(root) ?? { one: new Map(), all: new Map(), made: new Map() };
  known[path.includes('{') ? 'one' : 'all'].set(method, {
    id,
    surface,
    roles,
    keyless,
    validate: validators.get(request),
  });
  surfaces.set(root, known);
}

/** Who a key is, by the key. */
const actors = new Map();
const keys = {};
for (const { id, kind, role = 'owner' } of Object.values(contract.credentials)) {
  keys[id] =
    `${keyPrefix}_k${actors.size + 1}_${Buffer.from(`secret of ${id} in this benchmark`).toString('hex')}`;
  actors.set(keys[id], {
    id,
    role,
    organization: kind === 'other-org' ? 'org_b' : 'org_a',
    revoked: kind === 'revoked',
  });
}

let counter = 0;
const newId = () => `shf_${(counter++).toString(36).padStart(12, '0')}`;

/** What an organization has of a surface, by id: two to begin with. */
function recordsOf({ made }, organization) {
  let records = made.get(organization);
  if (records === undefined) {
    records = new Map([newId(), newId()].map((id) => [id, { id, name: `shelf ${id}` }]));
    made.set(organization, records);
  }
  return records;
}

const failure = (status, code, headers = {}) => ({
  status,
  body: { error: { code, message: code } },
  headers,
});
const unauthenticated = failure(401, 'unauthenticated', { 'www-authenticate': 'Bearer' });
const notFound = failure(404, 'not_found');

function answer(request, text, document) {
  const { pathname } = new URL(request.url, 'http://localhost');
  const [root, id, ...rest] = pathname.slice(basePath.length + 1).split('/');
  const surface = pathname.startsWith(`${basePath}/`) && rest.length === 0 ? surfaces.get(root) : undefined;
  const methods = surface?.[id === undefined ? 'all' : 'one'];
  const operation = methods?.get(request.method);
  if (operation?.keyless === true) return { status: 200, body: document };
  const [, key] = /^bearer (\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
  const actor = actors.get(key);
  if (actor === undefined || actor.revoked) return unauthenticated;
  if (methods === undefined || methods.size === 0) return notFound;
  if (operation === undefined)
    return failure(405, 'method_not_allowed', { allow: [...methods.keys()].join(', ') });
  if (operation.roles[actor.role] !== 'allowed') return failure(403, 'forbidden_role');
  if (root === 'org') return { status: 200, body: whoIs(actor) };
  const records = recordsOf(surface, actor.organization);
  const record = id === undefined ? undefined : records.get(decoded(id));
  if (id !== undefined && record === undefined) return notFound;
  const body = operation.validate === undefined ? undefined : parsed(text);
  if (operation.validate?.(body) === false) return failure(400, 'invalid');
  switch (request.method) {
    case 'POST': {
      const made = { ...body, id: newId() };
      records.set(made.id, made);
      return { status: 201, body: made };
    }
    case 'PATCH':
      Object.assign(record, { ...body, id: record.id });
      return { status: 200, body: record };
    case 'DELETE':
      records.delete(record.id);
      return { status: 200, body: { ok: true } };
    default:
      return { status: 200, body: record ?? { rows: [...records.values()] } };
  }
}

function whoIs({ id, role, organization }) {
  return {
    organization: { id: organization, slug: organization, name: organization },
    actor: { apiKeyId: id, apiKeyName: id, userProfileId: id, role, email: `${id}@example.com` },
  };
}

function decoded(id) {
  try {
    return decodeURIComponent(id);
  } catch {
    return '';
  }
}

/** The JSON of a text; null, which no schema here takes, for what is none. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

let document = {};
let count = 0;
const server = createServer((request, response) => {
  count++;
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const { status, body, headers } = answer(request, Buffer.concat(chunks).toString('utf8'), document);
    const text = JSON.stringify(body);
    const finish = () => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(text),
        'cache-control': 'no-store',
        ...headers,
      });
      response.end(request.method === 'HEAD' ? undefined : text);
    };
    if (latencyMs > 0) setTimeout(finish, latencyMs);
    else finish();
  });
});
server.keepAliveTimeout = 60_000;
await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
const baseUrl = `http://127.0.0.1:${server.address().port}${basePath}`;
document = toOpenapi(contract, { serverUrl: baseUrl });
process.on('message', (asked) => asked === 'seen' && process.send({ count }));
process.on('disconnect', () => process.exit());
process.send({ baseUrl, keys });
