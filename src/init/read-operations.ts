/** The operations of a document as a matrix can say them, and those that it cannot. */
import { isJsonObject, type JsonObject } from '../contract/json-object.ts';
import { isJsonMedia } from '../contract/media-type.ts';
import type { Method } from '../contract/types.ts';
import type { ApiDocument } from './api-document.ts';

export interface ReadParameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required: boolean;
  readonly schema: JsonObject;
  /** A value that the document gives for it. */
  readonly example?: string;
}

export interface ReadOperation {
  readonly kind: 'operation';
  readonly id: string;
  readonly method: Method;
  readonly path: string;
  readonly surface: string;
  readonly summary: string;
  readonly keyless: boolean;
  readonly parameters: readonly ReadParameter[];
  /** The schema of its JSON body, as the document has it. */
  readonly request?: unknown;
  /** The media type of that body, where it is another kind of JSON than application/json. */
  readonly requestMedia?: string;
  readonly success: {
    readonly status: number;
    /** Other statuses that are a success. */
    readonly also?: readonly number[];
    /** True where a class or `default` stands for it. */
    readonly anyStatus?: true;
    readonly schema?: unknown;
    readonly media?: string;
  };
  /** The statuses of 400 and above that it documents, with the schema of each that has one. */
  readonly errors: ReadonlyMap<number, unknown>;
  /** The schemas of `4XX` and `default`, where these stand for its errors. */
  readonly errorClasses: readonly unknown[];
  /** What it says of the keys that it needs; empty where it says nothing. */
  readonly security: readonly JsonObject[];
  /** The roles that the document itself allows (`x-roles`). */
  readonly allowed?: readonly string[];
  /** What is not carried over, in words. */
  readonly notes: readonly string[];
}

export interface UnsupportedOperation {
  readonly kind: 'unsupported';
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly why: string;
}

const methods = ['get', 'put', 'post', 'delete', 'patch', 'head', 'options', 'trace'] as const;
const sent: ReadonlySet<string> = new Set(['GET', 'PUT', 'POST', 'DELETE', 'PATCH']);
/** What the matrix takes as a path; see specs/matrix.schema.json. */
const pathForm = /^\/$|^(?:\/(?:[A-Za-z0-9._~@:-]|\{[A-Za-z_][A-Za-z0-9_-]*\})+)+\/?$/;
/** Headers that a parameter cannot set (OpenAPI, "Parameter Object"). */
const ignoredHeaders: ReadonlySet<string> = new Set(['accept', 'content-type', 'authorization']);

/** Every operation of the document, in its order. */
export function readOperations(document: ApiDocument): readonly (ReadOperation | UnsupportedOperation)[] {
  const ids = new Set<string>();
  const paths = Object.entries(objectAt(document, document.root['paths']));
  return paths.flatMap(([path, item]) => {
    const shared = objectAt(document, item);
    return methods.flatMap((method) => {
      const operation = objectAt(document, shared[method]);
      if (shared[method] === undefined) return [];
      const id = uniqueName(idOf(operation, method, path), ids);
      return [readOperation(document, { id, method: method.toUpperCase(), path, operation, shared })];
    });
  });
}

interface Place {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly operation: JsonObject;
  /** The path item, whose parameters every operation has. */
  readonly shared: JsonObject;
}

function readOperation(document: ApiDocument, place: Place): ReadOperation | UnsupportedOperation {
  const { id, method, operation, path } = place;
  const parameters = readParameters(document, place);
  const body = readBody(document, operation);
  const success = readSuccess(document, operation);
  const why = whyNot(method, path, parameters, body, success);
  if (why !== undefined || success === undefined || !isMethod(method))
    return { kind: 'unsupported', id, method, path, why: why ?? 'it documents no success' };
  const roles = operation['x-roles'];
  return {
    kind: 'operation',
    id,
    method,
    path,
    surface: surfaceOf(operation, path),
    summary: summaryOf(operation, id),
    keyless: isKeyless(document, operation),
    parameters: parameters.usable,
    ...(body.kind === 'json' && method !== 'GET'
      ? { request: body.schema, ...(isPlainJson(body.media) ? {} : { requestMedia: body.media }) }
      : {}),
    success: {
      ...success.first,
      ...(success.others.length === 0 ? {} : { also: success.others }),
    },
    errors: readErrors(document, operation),
    errorClasses: readErrorClasses(document, operation),
    security: securityOf(document, operation),
    ...(Array.isArray(roles) ? { allowed: roles.map(String) } : {}),
    notes: [
      ...parameters.notes,
      ...(body.kind === 'json' && method === 'GET' ? ['left out: the body of a GET'] : []),
      ...(body.kind === 'other' ? [`left out: the optional body as ${body.media}`] : []),
      ...(success.first.media === undefined || isJson(success.first.media)
        ? []
        : [
            success.first.media === '*/*'
              ? 'its body is not looked at, as no content is documented'
              : `its body as ${success.first.media} is not looked at`,
          ]),
    ],
  };
}

function whyNot(
  method: string,
  path: string,
  { cookies }: Parameters,
  body: Body,
  success: Success | undefined,
): string | undefined {
  if (!sent.has(method)) return `the method ${method} is not sent`;
  if (!pathForm.test(path)) return 'its path has a parameter or a character that a matrix cannot say';
  if (cookies.length > 0) return `it needs the cookie ${cookies.join(', ')}`;
  if (body.kind === 'other' && body.required) return `it takes a body as ${body.media}, not as JSON`;
  if (success === undefined) return 'it documents no success (2xx)';
  return undefined;
}

interface Parameters {
  readonly usable: readonly ReadParameter[];
  /** Cookies that it needs. */
  readonly cookies: readonly string[];
  readonly notes: readonly string[];
}

/** The parameters of the operation and of its path; where both have one, the operation's counts. */
function readParameters(document: ApiDocument, { operation, shared, path }: Place): Parameters {
  const all = new Map<string, JsonObject>();
  for (const list of [shared['parameters'], operation['parameters']]) {
    for (const entry of Array.isArray(list) ? list : []) {
      const parameter = objectAt(document, entry);
      all.set(`${String(parameter['in'])} ${String(parameter['name'])}`, parameter);
    }
  }
  for (const [, name = ''] of path.matchAll(/\{([^{}]*)\}/g))
    if (!all.has(`path ${name}`)) all.set(`path ${name}`, { in: 'path', name, required: true });
  const inPath = new Set([...path.matchAll(/\{([^{}]*)\}/g)].map(([, name]) => name));
  const usable: ReadParameter[] = [];
  const cookies: string[] = [];
  const notes: string[] = [];
  for (const parameter of all.values()) {
    const { in: where } = parameter;
    const name = String(parameter['name']);
    const required = parameter['required'] === true || where === 'path';
    if (where === 'cookie' && required) cookies.push(name);
    else if (where === 'cookie') notes.push(`left out: the optional cookie ${name}`);
    else if (where === 'header' && ignoredHeaders.has(name.toLowerCase())) continue;
    else if (where === 'header' && !required) notes.push(`left out: the optional header ${name}`);
    else if (where === 'path' && !inPath.has(name))
      notes.push(`left out: {${name}}, which the path does not have`);
    else if (where === 'path' || where === 'query' || where === 'header')
      usable.push({
        in: where,
        name,
        required,
        schema: schemaOf(document, parameter),
        ...exampleOf(document, parameter),
      });
  }
  return { usable, cookies, notes };
}

function schemaOf(document: ApiDocument, parameter: JsonObject): JsonObject {
  return objectAt(document, parameter['schema']);
}

function exampleOf(document: ApiDocument, parameter: JsonObject): { readonly example?: string } {
  const schema = schemaOf(document, parameter);
  const named = Object.values(objectAt(document, parameter['examples']))[0];
  const examples: unknown = schema['examples'];
  const values: unknown = schema['enum'];
  const candidates: readonly unknown[] = [
    parameter['example'],
    objectAt(document, named)['value'],
    schema['example'],
    ...(Array.isArray(examples) ? examples : []),
    schema['default'],
    ...(Array.isArray(values) ? values : []),
  ];
  const [found] = candidates.flatMap((value) => {
    // A list in the usual style repeats its name: one of its values is a list already.
    const one: unknown = Array.isArray(value) ? value[0] : value;
    if (typeof one === 'number' || typeof one === 'boolean') return [String(one)];
    return typeof one === 'string' && one !== '' ? [one] : [];
  });
  return found === undefined ? {} : { example: found };
}

type Body =
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly media: string; readonly schema: unknown }
  | { readonly kind: 'other'; readonly media: string; readonly required: boolean };

function readBody(document: ApiDocument, operation: JsonObject): Body {
  const body = objectAt(document, operation['requestBody']);
  const content = objectAt(document, body['content']);
  const json = jsonOf(content);
  if (json !== undefined)
    return { kind: 'json', media: json[0], schema: objectAt(document, json[1])['schema'] ?? true };
  const media = Object.keys(content).join(', ');
  return media === '' ? { kind: 'none' } : { kind: 'other', media, required: body['required'] === true };
}

interface Success {
  readonly first: ReadOperation['success'];
  readonly others: readonly number[];
}

/** The lowest documented 2xx; `2XX`, and `default` where there is nothing else, stand for any of them. */
function readSuccess(document: ApiDocument, operation: JsonObject): Success | undefined {
  const responses = objectAt(document, operation['responses']);
  const codes = Object.keys(responses)
    .filter((code) => /^2(?:\d\d|XX)$/i.test(code))
    .toSorted();
  const code = codes[0] ?? (Object.keys(responses).join() === 'default' ? 'default' : undefined);
  if (code === undefined) return undefined;
  const content = objectAt(document, objectAt(document, responses[code])['content']);
  const json = jsonOf(content);
  const numbered = /^\d+$/.test(code);
  const status = numbered ? Number(code) : 200;
  return {
    first: {
      status,
      ...(numbered ? {} : { anyStatus: true }),
      ...(withoutBody.has(status)
        ? {}
        : {
            ...(json === undefined ? {} : { schema: objectAt(document, json[1])['schema'] ?? true }),
            ...mediaOf(content, json?.[0]),
          }),
    },
    others: codes
      .slice(1)
      .filter((one) => /^\d+$/.test(one))
      .map(Number),
  };
}

function readErrors(document: ApiDocument, operation: JsonObject): ReadonlyMap<number, unknown> {
  const responses = Object.entries(objectAt(document, operation['responses']));
  return new Map(
    responses
      .filter(([code]) => /^[45]\d\d$/.test(code))
      .map(([code, response]) => {
        const content = objectAt(document, objectAt(document, response)['content']);
        const json = jsonOf(content);
        return [Number(code), json === undefined ? undefined : objectAt(document, json[1])['schema']];
      }),
  );
}

/** The schemas of `4XX`, and of `default` beside a success: what errors without a number look like. */
function readErrorClasses(document: ApiDocument, operation: JsonObject): readonly unknown[] {
  const responses = Object.entries(objectAt(document, operation['responses']));
  return responses
    .filter(([code]) => /^4XX$/i.test(code) || (code === 'default' && responses.length > 1))
    .map(([, response]) => {
      const json = jsonOf(objectAt(document, objectAt(document, response)['content']));
      return json === undefined ? undefined : objectAt(document, json[1])['schema'];
    });
}

/** An empty security, or one that may be empty, asks for no key. Where nothing is said, a key is. */
function isKeyless(document: ApiDocument, operation: JsonObject): boolean {
  const security = operation['security'] ?? document.root['security'];
  if (!Array.isArray(security)) return false;
  return security.length === 0 || securityOf(document, operation).length < security.length;
}

/** The security requirements of an operation that name a scheme. */
function securityOf(document: ApiDocument, operation: JsonObject): readonly JsonObject[] {
  const security = operation['security'] ?? document.root['security'];
  return Array.isArray(security)
    ? security.filter((one): one is JsonObject => isJsonObject(one) && Object.keys(one).length > 0)
    : [];
}

/** The media type that is asked for, where it is not application/json; any where no content is documented. */
function mediaOf(content: JsonObject, json: string | undefined): { readonly media?: string } {
  if (json !== undefined) return isPlainJson(json) ? {} : { media: json };
  return { media: Object.keys(content)[0] ?? '*/*' };
}

/** Statuses whose answers have no body (RFC 9110, sections 15.3.5 and 15.3.6). */
const withoutBody: ReadonlySet<number> = new Set([204, 205]);

/** What a content says of JSON: application/json before other kinds of it. */
function jsonOf(content: JsonObject): readonly [media: string, value: unknown] | undefined {
  const kinds = Object.entries(content).filter(([media]) => isJson(media));
  return kinds.find(([media]) => isPlainJson(media)) ?? kinds[0];
}

function isJson(media: string): boolean {
  return isJsonMedia(media) || isPlainJson(media);
}

/** What application/json is asked for and sent as. */
function isPlainJson(media: string): boolean {
  return /^(?:application\/json|application\/\*|\*\/\*)\s*(?:;|$)/i.test(media);
}

function isMethod(method: string): method is Method {
  return sent.has(method);
}

/** The object at a value, its reference followed; empty where there is none. */
function objectAt(document: ApiDocument, value: unknown): JsonObject {
  if (!isJsonObject(value)) return {};
  const { $ref } = value;
  if (typeof $ref !== 'string') return value;
  const target = document.resolve($ref)?.value;
  return isJsonObject(target) ? target : {};
}

function idOf(operation: JsonObject, method: string, path: string): string {
  const given = operation['operationId'];
  return typeof given === 'string' && given !== '' ? given : `${method}${path}`;
}

function surfaceOf(operation: JsonObject, path: string): string {
  const tags = operation['tags'];
  const tag: unknown = Array.isArray(tags) ? tags[0] : undefined;
  const segment = path.split('/').find((part) => part !== '' && !part.startsWith('{'));
  return toName(typeof tag === 'string' && /[A-Za-z]/.test(tag) ? tag.toLowerCase() : (segment ?? 'api'));
}

function summaryOf(operation: JsonObject, id: string): string {
  const text = [operation['summary'], operation['description']].find(
    (one): one is string => typeof one === 'string' && one.trim() !== '',
  );
  const [line = ''] = (text ?? '').trim().split(/\n|(?<=[.!?])\s/);
  return line === '' ? id : line.slice(0, 120);
}

/** A text as the matrix takes names: a letter, then letters, digits, hyphens and underscores. */
export function toName(text: string): string {
  const name = text.replaceAll(/[^A-Za-z0-9_-]+/g, '-').replaceAll(/^[^A-Za-z]+|-+$/g, '');
  return name === '' ? 'x' : name;
}

/** A name that none has yet; it is taken then. */
export function uniqueName(text: string, taken: Set<string>): string {
  const base = toName(text);
  for (let place = 1; ; place += 1) {
    const name = place === 1 ? base : `${base}-${place}`;
    if (taken.has(name)) continue;
    taken.add(name);
    return name;
  }
}
