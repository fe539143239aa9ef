/** An OpenAPI document as `init` reads it: parsed, its version known, its local references followed. */
import { isJsonObject, type JsonObject } from '../contract/json-object.ts';
import { atPointer } from '../contract/json-pointer.ts';
import { readSourceText } from '../contract/source-text.ts';
import { UsageError } from '../errors.ts';

export interface ApiDocument {
  readonly version: '3.0' | '3.1';
  readonly root: JsonObject;
  /** What a reference leads to, through further references, with the pointer of its last place. */
  resolve(reference: string): Resolved | undefined;
}

export interface Resolved {
  readonly value: unknown;
  readonly pointer: string;
}

/**
 * The document in a text, JSON or YAML. Throws UsageError with the first place that is wrong: neither JSON nor YAML,
 * another version than 3.0 or 3.1, no paths, or a local reference that leads nowhere.
 * @param from the file or the address, for messages
 */
export function parseApiDocument(text: string, from: string): ApiDocument {
  const root = parsed(text, from);
  if (!isJsonObject(root)) throw notAnApi(from, 'it holds no object');
  if (root['swagger'] !== undefined)
    throw notAnApi(
      from,
      `it is Swagger ${JSON.stringify(root['swagger'])}`,
      'Convert it to OpenAPI 3 first.',
    );
  const version = /^3\.[01](?=\.|$)/.exec(String(root['openapi']))?.[0];
  if (version !== '3.0' && version !== '3.1') {
    const found =
      root['openapi'] === undefined
        ? 'it has no member openapi'
        : `its openapi is ${JSON.stringify(root['openapi'])}`;
    throw notAnApi(from, found);
  }
  if (!isJsonObject(root['paths']) || Object.keys(root['paths']).length === 0)
    throw notAnApi(from, 'it has no paths');
  const document: ApiDocument = { version, root, resolve: (reference) => resolveIn(root, reference) };
  const outside = outsideReferences(root);
  if (outside.length > 0) {
    const told = outside.slice(0, 5).map(({ at, reference }) => `${reference} at ${at}`);
    const more = outside.length > 5 ? ` and ${outside.length - 5} more` : '';
    throw notAnApi(
      from,
      `it refers to other files: ${told.join(', ')}${more}`,
      'Bundle the document into one file first, for example with npx @redocly/cli bundle.',
    );
  }
  const dangling = danglingReferences(document);
  if (dangling.length > 0) {
    const told = dangling.slice(0, 5).map(({ at, reference }) => `${reference} at ${at}`);
    const more = dangling.length > 5 ? ` and ${dangling.length - 5} more` : '';
    throw notAnApi(from, `references lead nowhere: ${told.join(', ')}${more}`);
  }
  return document;
}

/** Large documents share some thousands of parts; what grows without end is more at once. */
const mostAliases = 100_000;

function notAnApi(
  from: string,
  why: string,
  hint = 'An OpenAPI document of version 3.0 or 3.1 is expected.',
): UsageError {
  return new UsageError(`${from} cannot be read as OpenAPI: ${why}.`, hint);
}

function parsed(text: string, from: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // YAML is more than JSON, and its parser names the place.
    const source = readSourceText(text, from, { merge: true, mostAliases });
    const [problem] = source.problems;
    if (problem === undefined) return source.data;
    throw notAnApi(`${from}:${problem.line}:${problem.column}`, problem.message);
  }
}

function resolveIn(root: JsonObject, reference: string): Resolved | undefined {
  let pointer = reference;
  for (let steps = 0; steps < 50; steps += 1) {
    if (!pointer.startsWith('#')) return undefined;
    const value = atPointer(root, decoded(pointer.slice(1)));
    if (value === undefined) return undefined;
    const next = isJsonObject(value) ? value['$ref'] : undefined;
    if (typeof next !== 'string') return { value, pointer };
    pointer = next;
  }
  return undefined;
}

function decoded(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

interface Dangling {
  readonly at: string;
  readonly reference: string;
}

/** Local references that lead nowhere. A member called $ref among `properties` is a name. */
function danglingReferences(document: ApiDocument): readonly Dangling[] {
  const found: Dangling[] = [];
  const visit = (value: unknown, at: string, names: boolean): void => {
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, `${at}/${index}`, false));
    if (!isJsonObject(value)) return;
    const reference = value['$ref'];
    if (!names && typeof reference === 'string' && reference.startsWith('#')) {
      const target = atPointer(document.root, decoded(reference.slice(1)));
      if (target === undefined) found.push({ at: at === '' ? '/' : at, reference });
    }
    for (const [name, child] of Object.entries(value)) {
      if (!names && isOpaque(name)) continue;
      visit(child, `${at}/${name}`, !names && name === 'properties');
    }
  };
  visit(document.root, '', false);
  return found;
}

/** References to other files by which a path, a parameter or an answer would be lost; those of schemas are told later. */
function outsideReferences(root: JsonObject): readonly Dangling[] {
  const found: Dangling[] = [];
  const visit = (value: unknown, at: string): void => {
    if (Array.isArray(value)) value.forEach((item, index) => visit(item, `${at}/${index}`));
    if (!isJsonObject(value)) return;
    const reference = value['$ref'];
    if (typeof reference === 'string' && !reference.startsWith('#')) found.push({ at, reference });
    for (const [name, child] of Object.entries(value))
      if (!isOpaque(name) && name !== 'schema' && name !== 'schemas') visit(child, `${at}/${name}`);
  };
  visit(root['paths'], '/paths');
  visit(root['components'], '/components');
  return found;
}

/** Whether a member holds no part of the document's own: an instance, or an extension. */
function isOpaque(name: string): boolean {
  return opaque.has(name) || name.startsWith('x-');
}

/** Members that hold instances, in which $ref is an ordinary name. */
const opaque = new Set(['example', 'examples', 'default', 'enum', 'const']);
