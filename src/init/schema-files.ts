/** The schemas of a document as files of JSON Schema 2020-12: one a component that is used, one a schema of its own. */
import { isJsonObject, type JsonObject } from '../contract/json-object.ts';
import { pointerSteps } from '../contract/json-pointer.ts';
import { ownSchemas } from '../contract/read-specs.ts';
import type { ApiDocument } from './api-document.ts';
import { convertSchema, type Converted } from './convert-schema.ts';

export interface SchemaFiles {
  /** The name of the file of a schema; one that is a reference alone is the file of what it leads to. */
  fileFor(schema: unknown, name: string): string;
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
  const waiting: { readonly file: string; readonly schema: unknown }[] = [];

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

  const fileOf = (pointer: string, schema: unknown): string => {
    const known = byPointer.get(pointer);
    if (known !== undefined) return known;
    const name = pointer.startsWith(components)
      ? pointer.slice(components.length)
      : pointerSteps(pointer.slice(1)).join('.');
    const file = nameFile(name);
    byPointer.set(pointer, file);
    waiting.push({ file, schema });
    return file;
  };

  /** The `$ref` of a file for a `$ref` of the document; undefined where it leads outside of it. */
  const rewrite = (reference: string): string | undefined => {
    if (!reference.startsWith('#')) return undefined;
    const [name = '', ...inner] = reference.startsWith(components)
      ? reference.slice(components.length).split('/')
      : [];
    if (inner.length === 0) {
      const target = document.resolve(reference);
      if (target === undefined) return undefined;
      const own = reference.startsWith(components) && name !== '' ? reference : target.pointer;
      return fileOf(own, own === reference ? valueAt(document, reference) : target.value);
    }
    const target = document.resolve(reference);
    return target === undefined ? undefined : fileOf(target.pointer, target.value);
  };

  const convert = (schema: unknown): Converted =>
    convertSchema(schema, {
      version: document.version,
      rewrite,
      lose: (what) => losses.set(what, (losses.get(what) ?? 0) + 1),
    });

  return {
    losses,
    fileFor(schema, name) {
      const reference = isJsonObject(schema) && Object.keys(schema).length === 1 ? schema['$ref'] : undefined;
      const file = typeof reference === 'string' ? rewrite(reference) : undefined;
      if (file !== undefined) return file;
      const own = nameFile(name);
      waiting.push({ file: own, schema });
      return own;
    },
    finish() {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const converted = convert(next.schema);
        const body = typeof converted === 'boolean' ? (converted ? {} : { not: {} }) : converted;
        files.set(next.file, { $schema: dialect, $id: next.file, ...body });
      }
      return Object.fromEntries([...files].toSorted(([a], [b]) => (a < b ? -1 : 1)));
    },
  };
}

function valueAt(document: ApiDocument, reference: string): unknown {
  return pointerSteps(reference.slice(1)).reduce<unknown>(
    (value, step) => (isJsonObject(value) ? value[step] : undefined),
    document.root,
  );
}
