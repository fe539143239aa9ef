/** The schemas of a document as files of JSON Schema 2020-12: one a component that is used, one a schema of its own. */
import { isJsonObject, type JsonObject } from '../contract/json-object.ts';
import { pointerSteps } from '../contract/json-pointer.ts';
import { ownSchemas } from '../contract/read-specs.ts';
import type { ApiDocument } from './api-document.ts';
import { convertSchema, type Converted, type Mark, type SchemaUse } from './convert-schema.ts';

export interface SchemaFiles {
  /** The name of the file of a schema; one that is a reference alone is the file of what it leads to. */
  fileFor(schema: unknown, name: string, use?: SchemaUse): string;
  /** By file name, once everything was asked for. */
  finish(): Readonly<Record<string, JsonObject>>;
  /** What could not be carried over, in words, with how often. */
  readonly losses: ReadonlyMap<string, number>;
}

const components = '#/components/schemas/';
const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** The schema files of a document: none at first. */
export function createSchemaFiles(document: ApiDocument): SchemaFiles {
  const files = new Map<string, JsonObject>();
  const byPointer = new Map<string, string>();
  const taken = new Set<string>();
  const losses = new Map<string, number>();
  const waiting: { readonly file: string; readonly schema: unknown; readonly use: SchemaUse }[] = [];
  const isMarked = (member: unknown, mark: Mark): boolean => hasMark(document, member, mark);
  const differsByUse = createDiffersByUse(document, isMarked);

  const nameFile = (wanted: string): string => {
    const base = wanted.replaceAll(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'schema';
    for (let place = 1; ; place += 1) {
      const file = `${base}${place === 1 ? '' : `-${place}`}.schema.json`;
      // Some file systems tell names apart by more than case.
      if (taken.has(file.toLowerCase()) || ownSchemas.has(file)) continue;
      taken.add(file.toLowerCase());
      return file;
    }
  };

  const fileOf = (pointer: string, schema: unknown, wanted: SchemaUse): string => {
    const use = differsByUse(pointer, schema) ? wanted : 'answer';
    const known = byPointer.get(`${use} ${pointer}`);
    if (known !== undefined) return known;
    const name = pointer.startsWith(components)
      ? pointer.slice(components.length)
      : pointerSteps(pointer.slice(1)).join('.');
    const file = nameFile(use === 'request' ? `${name}.sent` : name);
    byPointer.set(`${use} ${pointer}`, file);
    waiting.push({ file, schema, use });
    return file;
  };

  /** The `$ref` of a file for a `$ref` of the document; undefined where it leads outside of it. */
  const rewrite = (reference: string, use: SchemaUse): string | undefined => {
    if (!reference.startsWith('#')) return undefined;
    const [name = '', ...inner] = reference.startsWith(components)
      ? reference.slice(components.length).split('/')
      : [];
    if (inner.length === 0) {
      const target = document.resolve(reference);
      if (target === undefined) return undefined;
      const own = reference.startsWith(components) && name !== '' ? reference : target.pointer;
      return fileOf(own, own === reference ? valueAt(document, reference) : target.value, use);
    }
    const target = document.resolve(reference);
    return target === undefined ? undefined : fileOf(target.pointer, target.value, use);
  };

  const convert = (schema: unknown, use: SchemaUse): Converted =>
    convertSchema(schema, {
      version: document.version,
      use,
      isMarked,
      rewrite: (reference) => rewrite(reference, use),
      lose: (what) => losses.set(what, (losses.get(what) ?? 0) + 1),
    });

  return {
    losses,
    fileFor(schema, name, use = 'answer') {
      const reference = isJsonObject(schema) && Object.keys(schema).length === 1 ? schema['$ref'] : undefined;
      const file = typeof reference === 'string' ? rewrite(reference, use) : undefined;
      if (file !== undefined) return file;
      const own = nameFile(name);
      waiting.push({ file: own, schema, use });
      return own;
    },
    finish() {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const converted = convert(next.schema, next.use);
        const body = typeof converted === 'boolean' ? (converted ? {} : { not: {} }) : converted;
        files.set(next.file, { $schema: dialect, $id: next.file, ...body });
      }
      return Object.fromEntries([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

/** Whether a member is marked, itself or behind its references or the parts that it is put together from. */
function hasMark(document: ApiDocument, member: unknown, mark: Mark, depth = 0): boolean {
  if (!isJsonObject(member) || depth > 8) return false;
  if (member[mark] === true) return true;
  const { $ref, allOf } = member;
  if (typeof $ref === 'string' && hasMark(document, document.resolve($ref)?.value, mark, depth + 1))
    return true;
  return Array.isArray(allOf) && allOf.some((part) => hasMark(document, part, mark, depth + 1));
}

/** Tells whether a schema says another thing of requests than of answers, somewhere in it or in what it refers to. */
function createDiffersByUse(
  document: ApiDocument,
  isMarked: (member: unknown, mark: Mark) => boolean,
): (pointer: string, schema: unknown) => boolean {
  const looked = new Map<string, { readonly marked: boolean; readonly references: readonly string[] }>();
  const look = (schema: unknown): { readonly marked: boolean; readonly references: readonly string[] } => {
    const references = new Set<string>();
    let marked = false;
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) value.forEach(visit);
      if (!isJsonObject(value)) return;
      if (typeof value['$ref'] === 'string') references.add(value['$ref']);
      if (value['readOnly'] === true || value['writeOnly'] === true) marked = true;
      for (const child of Object.values(value)) visit(child);
    };
    visit(schema);
    return { marked: marked || isMarked(schema, 'readOnly'), references: [...references] };
  };
  return (pointer, schema) => {
    const queue: (readonly [pointer: string, schema: unknown])[] = [[pointer, schema]];
    const seen = new Set([pointer]);
    for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
      const [at, value] = next;
      const found = looked.get(at) ?? look(value);
      looked.set(at, found);
      if (found.marked) return true;
      for (const reference of found.references) {
        const target = document.resolve(reference);
        if (target === undefined || seen.has(target.pointer)) continue;
        seen.add(target.pointer);
        queue.push([target.pointer, target.value]);
      }
    }
    return false;
  };
}

function valueAt(document: ApiDocument, reference: string): unknown {
  return pointerSteps(reference.slice(1)).reduce<unknown>(
    (value, step) => (isJsonObject(value) ? value[step] : undefined),
    document.root,
  );
}
