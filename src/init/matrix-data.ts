/** The first matrix of an API, as data: what its document says, and TODO where it says nothing. */
import { isJsonObject } from '../contract/json-object.ts';
import { knownFacts, type KnownFact } from '../contract/known-facts.ts';
import { todo } from '../contract/lint-todo.ts';
import type { Effect, KeyHeader } from '../contract/types.ts';
import type { ApiDocument } from './api-document.ts';
import { findResources, resourceAt, type FoundResource } from './find-resources.ts';
import { keyHeaderOf } from './key-header.ts';
import {
  readOperations,
  toName,
  type ReadOperation,
  type ReadParameter,
  type UnsupportedOperation,
} from './read-operations.ts';
import type { SchemaFiles } from './schema-files.ts';

export interface InitialMatrix {
  readonly data: Readonly<Record<string, unknown>>;
  readonly operations: readonly ReadOperation[];
  readonly unsupported: readonly UnsupportedOperation[];
  readonly resources: readonly FoundResource[];
  /** Facts that the document gives no reason to state, and that cases could test. */
  readonly unstated: readonly KnownFact[];
  /** What the author should know, a sentence each. */
  readonly remarks: readonly string[];
}

/** The error ids that the planner knows, by the status that means them. */
const errorIds: ReadonlyMap<number, string> = new Map([
  [401, 'unauthenticated'],
  [403, 'forbidden_role'],
  [404, 'not_found'],
]);

/** The statuses of the errors that cases know, where a document names none. */
const usualStatuses: ReadonlyMap<string, number> = new Map([
  ['invalid', 400],
  ...[...errorIds].map(([status, id]) => [id, status] as const),
]);

/** @param roles from least to most; none where they are still to be named */
export function initialMatrix(
  document: ApiDocument,
  files: SchemaFiles,
  roles: readonly string[],
): InitialMatrix {
  const read = readOperations(document);
  const operations = read.filter((one) => one.kind === 'operation');
  const unsupported = read.filter((one) => one.kind === 'unsupported');
  const resources = findResources(document, operations);
  const { header, remarks } = keyHeaderOf(
    document,
    operations.flatMap(({ security }) => security),
  );
  const errors = errorsOf(operations);
  const errorSchema = errorSchemaOf(document, operations, files);
  const facts = factsOf(operations, errors, errorSchema.shared);
  const values = new Map<string, string>();
  const named = roles.length === 0 ? [todo] : roles;
  const api = apiOf(document, header);
  const prefix = toName(api.title).replaceAll('-', '_').toUpperCase().slice(0, 24).replace(/_+$/, '');
  const entries = operations.map((operation) => [
    operation.id,
    operationEntry(operation, {
      resources,
      files,
      values,
      roles: named,
      errors,
      numbered: new Set(operations.flatMap((one) => [...one.errors.keys()])),
    }),
  ]);
  const data = {
    schemaVersion: 1,
    api,
    roles: named,
    credentials: Object.fromEntries(
      roles.map((role) => [
        role,
        {
          kind: 'role',
          role,
          env: `${prefix}_KEY_${role.replaceAll('-', '_').toUpperCase()}`,
          key: role,
          about: `a key of the role ${role}`,
        },
      ]),
    ),
    references: { document: `OpenAPI document "${api.title}", version ${api.version}` },
    errors: Object.fromEntries(
      [...errors].map(([id, status]) => [id, { status, about: aboutError(id, status) }]),
    ),
    errorSchema: errorSchema.file,
    facts,
    ...(values.size === 0
      ? {}
      : { values: Object.fromEntries([...values].toSorted(([a], [b]) => (a < b ? -1 : 1))) }),
    ...(resources.length === 0
      ? {}
      : { resources: Object.fromEntries(resources.map((one) => [one.id, resourceEntry(one)])) }),
    operations: Object.fromEntries(entries),
    ...(unsupported.length === 0
      ? {}
      : {
          unsupported: Object.fromEntries(
            unsupported.map(({ id, method, path, why }) => [id, { method, path, why }]),
          ),
        }),
  };
  const unstated = knownFacts.filter((fact) => !(fact in facts));
  return { data, operations, unsupported, resources, unstated, remarks };
}

function apiOf(
  { root }: ApiDocument,
  auth: KeyHeader | undefined,
): {
  readonly title: string;
  readonly version: string;
  readonly basePath: string;
  readonly auth?: KeyHeader;
} {
  const info = isJsonObject(root['info']) ? root['info'] : {};
  return {
    title: textOr(info['title'], 'API'),
    version: textOr(info['version'], '1'),
    basePath: basePathOf(root['servers']),
    ...(auth === undefined ? {} : { auth }),
  };
}

function textOr(value: unknown, otherwise: string): string {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : otherwise;
}

/** The path of the first server, its variables at their defaults; empty where it has none that can be used. */
function basePathOf(servers: unknown): string {
  const first: unknown = Array.isArray(servers) ? servers[0] : undefined;
  if (!isJsonObject(first) || typeof first['url'] !== 'string') return '';
  const variables = isJsonObject(first['variables']) ? first['variables'] : {};
  const url = first['url'].replaceAll(/\{([^{}]*)\}/g, (_, name: string) => {
    const variable = variables[name];
    const standard = isJsonObject(variable) ? variable['default'] : undefined;
    return typeof standard === 'string' ? standard : '';
  });
  const path = URL.canParse(url, 'http://host') ? new URL(url, 'http://host').pathname : '';
  return /^(?:\/[A-Za-z0-9._~-]+)*$/.test(path.replace(/\/+$/, '')) ? path.replace(/\/+$/, '') : '';
}

/** Ids and statuses of the errors that any operation documents. The commoner of 400 and 422 is that of a bad body. */
function errorsOf(operations: readonly ReadOperation[]): ReadonlyMap<string, number> {
  const counts = new Map<number, number>();
  for (const { errors } of operations)
    for (const status of errors.keys()) counts.set(status, (counts.get(status) ?? 0) + 1);
  const invalid = (counts.get(422) ?? 0) > (counts.get(400) ?? 0) ? 422 : 400;
  const ids = [...counts.keys()]
    .filter((status) => status < 500)
    .toSorted((a, b) => a - b)
    .map((status): [string, number] => [
      status === invalid ? 'invalid' : (errorIds.get(status) ?? `http_${status}`),
      status,
    ]);
  const named = new Map(ids);
  // What a class or a requirement of security speaks of is an error, too, though no number stands for it.
  const byClass = operations.some(({ errorClasses }) => errorClasses.length > 0);
  const secured = operations.some(({ security }) => security.length > 0);
  const asked = [
    ...(secured ? ['unauthenticated', 'forbidden_role'] : []),
    ...(byClass ? ['invalid', 'not_found'] : []),
  ];
  return new Map(
    [
      ...named,
      ...asked.flatMap((id): [string, number][] =>
        named.has(id) ? [] : [[id, usualStatuses.get(id) ?? invalid]],
      ),
    ].toSorted(([, a], [, b]) => a - b),
  );
}

/** The errors of an operation that the document gives no number anywhere: a class stands for them, or nothing. */
function errorsByClass(
  operation: ReadOperation,
  ids: readonly string[],
  { errors, numbered }: Pick<Around, 'errors' | 'numbered'>,
): readonly string[] {
  return ids.filter((id) => {
    const status = errors.get(id) ?? 0;
    // A number that the document gives an error anywhere is what it means everywhere.
    return !operation.errors.has(status) && !numbered.has(status);
  });
}

function aboutError(id: string, status: number): string {
  const words: Readonly<Record<string, string>> = {
    invalid: 'the request is not valid',
    unauthenticated: 'no valid key',
    forbidden_role: 'the role of the key may not do it',
    not_found: 'there is no such thing',
  };
  return words[id] ?? `documented with status ${status}`;
}

/** The one schema that all JSON errors have, or one that says nothing. */
function errorSchemaOf(
  document: ApiDocument,
  operations: readonly ReadOperation[],
  files: SchemaFiles,
): { readonly file: string; readonly shared: boolean } {
  const schemas = operations.flatMap(({ errors, errorClasses }) => [
    ...[...errors].filter(([status]) => [400, 401, 403, 404].includes(status)).map(([, schema]) => schema),
    ...errorClasses,
  ]);
  const [first] = schemas;
  const alike = new Set(schemas.map((schema) => JSON.stringify(schema)));
  const shared = first !== undefined && alike.size === 1 && document.version !== undefined;
  return { file: files.fileFor(shared ? first : true, 'error'), shared };
}

/** The facts that the document gives a reason for. */
function factsOf(
  operations: readonly ReadOperation[],
  errors: ReadonlyMap<string, number>,
  sharedErrors: boolean,
): Readonly<Partial<Record<KnownFact, object>>> {
  const documented = { standing: 'documented', reference: 'document' } as const;
  const fact = (statement: string): object => ({ statement, ...documented });
  // What is no JSON is told at its operation, and not looked at there.
  const anyJson = operations.some(({ success }) => success.schema !== undefined);
  return {
    ...(errors.has('unauthenticated')
      ? { 'auth-required': fact('A request without a valid key is refused.') }
      : {}),
    ...(errors.has('forbidden_role')
      ? { 'role-enforced': fact('A role that may not do an operation is refused.') }
      : {}),
    ...(errors.has('not_found') ? { 'not-found': fact('A resource that does not exist is not found.') } : {}),
    ...(sharedErrors ? { 'error-shape': fact('An error has the one schema of errors.') } : {}),
    ...(anyJson ? { 'json-body': fact('A body is JSON where the document says so.') } : {}),
  };
}

interface Around {
  readonly resources: readonly FoundResource[];
  readonly files: SchemaFiles;
  /** Gathers the values of fixed parameters. */
  readonly values: Map<string, string>;
  readonly roles: readonly string[];
  readonly errors: ReadonlyMap<string, number>;
  /** The statuses that any operation documents. */
  readonly numbered: ReadonlySet<number>;
}

function operationEntry(operation: ReadOperation, around: Around): Readonly<Record<string, unknown>> {
  const { success, request, requestMedia } = operation;
  const parameters = Object.fromEntries(
    operation.parameters.map((parameter) => [parameter.name, parameterEntry(operation, parameter, around)]),
  );
  const errors = errorsFor(operation, around, parameters);
  const byClass = errorsByClass(operation, errors, around);
  return {
    surface: operation.surface,
    summary: operation.summary,
    method: operation.method,
    path: operation.path,
    effect: effectOf(operation, around.resources),
    ...(operation.keyless ? { keyless: true } : {}),
    roles: Object.fromEntries(around.roles.map((role) => [role, decisionOf(operation, role)])),
    ...(Object.keys(parameters).length === 0 ? {} : { parameters }),
    ...(request === undefined
      ? {}
      : { request: around.files.fileFor(request, `${operation.id}.request`, 'request') }),
    ...(requestMedia === undefined ? {} : { requestMedia }),
    success: {
      status: success.status,
      ...(success.also === undefined ? {} : { also: success.also }),
      ...(success.anyStatus === undefined ? {} : { anyStatus: success.anyStatus }),
      ...(success.schema === undefined
        ? {}
        : { schema: around.files.fileFor(success.schema, `${operation.id}.response`) }),
      ...(success.media === undefined ? {} : { media: success.media }),
    },
    errors,
    ...(byClass.length === 0 ? {} : { anyRefusal: byClass }),
    level: 'must',
    reference: 'document',
  };
}

function decisionOf({ keyless, allowed }: ReadOperation, role: string): string {
  if (keyless) return 'allowed';
  if (allowed === undefined) return todo;
  return allowed.includes(role) ? 'allowed' : 'denied';
}

function effectOf({ method, id }: ReadOperation, resources: readonly FoundResource[]): Effect {
  if (method === 'GET') return 'read';
  if (method === 'DELETE') return 'archive';
  if (method !== 'POST') return 'update';
  return resources.some(({ create }) => create === id) ? 'create' : 'update';
}

/** Its documented errors, and those that the facts of the matrix ask of it. */
function errorsFor(
  operation: ReadOperation,
  { errors }: Around,
  parameters: Readonly<Record<string, object>>,
): readonly string[] {
  const namesResource = Object.values(parameters).some(
    (one) => 'resource' in one && 'in' in one && one.in === 'path',
  );
  const asked = [
    ...(operation.request === undefined ? [] : ['invalid']),
    ...(operation.keyless ? [] : ['unauthenticated', 'forbidden_role']),
    ...(namesResource ? ['not_found'] : []),
  ];
  return [...errors].flatMap(([id, status]) =>
    operation.errors.has(status) || asked.includes(id) ? [id] : [],
  );
}

function parameterEntry(operation: ReadOperation, parameter: ReadParameter, around: Around): object {
  const { in: where, name, required } = parameter;
  const resource = where === 'path' ? resourceAt(operation.path, name, around.resources) : undefined;
  if (resource !== undefined) return { in: 'path', resource: resource.id };
  if (where !== 'query' || required) return { in: where, value: valueName(operation, parameter, around) };
  const { enum: values, default: standard, type } = parameter.schema;
  const listed =
    Array.isArray(values) && type !== 'array' ? values.filter((value) => value !== null).map(String) : [];
  const known = listed.length > 0 && listed.every((value) => value !== '');
  const fallback =
    typeof standard === 'string' || typeof standard === 'number' ? String(standard) : undefined;
  return {
    in: 'query',
    ...(known ? { values: [...new Set(listed)] } : {}),
    ...(known && fallback !== undefined && listed.includes(fallback) ? { default: fallback } : {}),
  };
}

/** Parameters of one name share a value; names that say nothing are told apart by the segment before them. */
function valueName(
  { path }: ReadOperation,
  { name, in: where, example }: ReadParameter,
  { values }: Around,
): string {
  const general = ['id', 'name', 'slug', 'key', 'uuid', 'type'].includes(name.toLowerCase());
  const before =
    where === 'path'
      ? path
          .slice(0, path.indexOf(`{${name}}`))
          .split('/')
          .at(-2)
      : undefined;
  const whole = toName(general && before !== undefined ? `${before}-${name}` : name);
  const known = values.get(whole);
  if (known === undefined || known === todo) values.set(whole, example ?? todo);
  return whole;
}

function resourceEntry(resource: FoundResource): Readonly<Record<string, unknown>> {
  const { surface, list, read, create, update, archive, itemId, items, name } = resource;
  return {
    surface,
    list,
    ...(read === undefined ? {} : { read }),
    ...(create === undefined ? {} : { create }),
    ...(update === undefined ? {} : { update }),
    ...(archive === undefined ? {} : { archive }),
    id: [itemId],
    ...(itemId === 'id' ? {} : { itemId: [itemId] }),
    items: [items ?? 'items'],
    ...(name === undefined ? {} : { name }),
    cleanup: archive === undefined ? 'never' : 'archive',
  };
}
