/** A first matrix and its schemas from an OpenAPI document. Pure. */
import { todo } from '../contract/lint-todo.ts';
import { parseApiDocument } from './api-document.ts';
import { initialMatrix } from './matrix-data.ts';
import { matrixText } from './matrix-text.ts';
import { createSchemaFiles } from './schema-files.ts';

export interface InitOptions {
  /** The document's own text, and the words for where it came from. */
  readonly text: string;
  readonly from: string;
  /** From least to most; empty where they are still to be named. */
  readonly roles: readonly string[];
  /** Where the schema of matrices stands, for editors. */
  readonly schema: string;
}

export interface Initialized {
  readonly matrix: string;
  /** Texts by file name. */
  readonly specs: Readonly<Record<string, string>>;
  /** What was made and what was not, for the author: a line each. */
  readonly summary: readonly string[];
}

/** Throws UsageError for a document that cannot be read. The same text gives the same files. */
export function initFromOpenapi({ text, from, roles, schema }: InitOptions): Initialized {
  const document = parseApiDocument(text, from);
  const files = createSchemaFiles(document);
  const matrix = initialMatrix(document, files, roles);
  const schemas = files.finish();
  const written = matrixText(matrix, from, schema);
  const { operations, unsupported, resources, remarks } = matrix;
  const notes = operations.flatMap((one) => one.notes);
  const open = [...written.matchAll(new RegExp(String.raw`: '?${todo}\b`, 'g'))].length;
  return {
    matrix: written,
    specs: Object.fromEntries(
      Object.entries(schemas).map(([name, content]) => [name, `${JSON.stringify(content, null, 2)}\n`]),
    ),
    summary: [
      `${operations.length} operations, ${resources.length} resources, ${Object.keys(schemas).length} schemas (OpenAPI ${document.version}).`,
      ...counted(
        'No case can be made for',
        unsupported.map(({ id, why }) => `${id}: ${why}`),
      ),
      ...counted('Not carried over, and noted at its operation', notes),
      ...[...files.losses].map(([what, times]) => `Left out of the schemas, ${times} times: ${what}.`),
      ...remarks,
      ...(roles.length === 0
        ? ['The roles are still to be named: --roles viewer,editor, or in the matrix.']
        : []),
      `${open} TODOs: lint tells where each stands.`,
    ],
  };
}

const mostListed = 10;

/** A heading with the count, and the first of the lines; the matrix holds them all. */
function counted(what: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const kinds = new Map<string, number>();
  for (const line of lines) kinds.set(line, (kinds.get(line) ?? 0) + 1);
  const listed = [...kinds]
    .slice(0, mostListed)
    .map(([line, times]) => `  ${line}${times > 1 ? ` (${times} times)` : ''}`);
  const more = kinds.size - listed.length;
  return [
    `${what}: ${lines.length}.`,
    ...listed,
    ...(more > 0 ? [`  and ${more} more, all in the matrix`] : []),
  ];
}
