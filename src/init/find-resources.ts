/** The resources that the paths of a document show: a list, and one item of it below. */
import type { ApiDocument } from './api-document.ts';
import { freeTextsOf, listShapeOf } from './items.ts';
import { toName, uniqueName, type ReadOperation } from './read-operations.ts';

export interface FoundResource {
  readonly id: string;
  readonly surface: string;
  /** The path of one item; its last segment is the parameter. */
  readonly itemPath: string;
  readonly parameter: string;
  readonly list: string;
  readonly read?: string;
  readonly create?: string;
  readonly update?: string;
  readonly archive?: string;
  /** Where the id stands in an item. */
  readonly itemId: string;
  /** The member that holds the items; undefined where the answer is the list. */
  readonly items?: string;
  /** The member that a create sends as its name: a free text. */
  readonly name?: string;
}

/**
 * A resource for each list `GET /things` below which `/things/{id}` is found, and whose items have a member that can
 * be that id. What a document leaves open is not guessed: without such a member there is no resource.
 */
export function findResources(
  document: ApiDocument,
  operations: readonly ReadOperation[],
): readonly FoundResource[] {
  const taken = new Set<string>();
  const byRequest = new Map(operations.map((one) => [`${one.method} ${bare(one.path)}`, one]));
  const itemPaths = [...new Set(operations.map(({ path }) => bare(path)))].filter((path) =>
    path.endsWith('}'),
  );
  return itemPaths.flatMap((itemPath): FoundResource[] => {
    const [, listPath = '', parameter = ''] = /^(.*)\/\{([^{}]+)\}$/.exec(itemPath) ?? [];
    const list = byRequest.get(`GET ${listPath}`);
    const shape = list === undefined ? undefined : listShapeOf(document, list.success.schema);
    const itemId = shape === undefined ? undefined : idMember(parameter, shape.members);
    if (list === undefined || shape === undefined || itemId === undefined) return [];
    const at = (method: string, path: string): string | undefined => byRequest.get(`${method} ${path}`)?.id;
    const read = at('GET', itemPath);
    const update = at('PATCH', itemPath) ?? at('PUT', itemPath);
    const archive = at('DELETE', itemPath);
    if (read === undefined && update === undefined && archive === undefined) return [];
    const create = at('POST', listPath);
    const name = nameMember(document, byRequest.get(`POST ${listPath}`)?.request, itemId);
    return [
      {
        id: uniqueName(singular(lastWord(listPath)), taken),
        surface: list.surface,
        itemPath,
        parameter,
        list: list.id,
        ...(read === undefined ? {} : { read }),
        ...(create === undefined ? {} : { create }),
        ...(update === undefined ? {} : { update }),
        ...(archive === undefined ? {} : { archive }),
        itemId,
        ...(shape.member === undefined ? {} : { items: shape.member }),
        ...(name === undefined ? {} : { name }),
      },
    ];
  });
}

/** A path without the slash and the kind of file at its end: `/users/` and `/users.json` are lists as `/users` is. */
function bare(path: string): string {
  return path.replace(/\/$/, '').replace(/\.json$/, '');
}

/** The resource that a parameter of a path is the id of: the one whose items stand at just that place. */
export function resourceAt(
  path: string,
  parameter: string,
  resources: readonly FoundResource[],
): FoundResource | undefined {
  const end = path.indexOf(`{${parameter}}`) + parameter.length + 2;
  return resources.find(({ itemPath }) => itemPath === path.slice(0, end));
}

/** `workflowId` is the member workflowId of an item, or its id; `issue_number` its number. */
function idMember(parameter: string, members: readonly string[]): string | undefined {
  const same = members.find((member) => plain(member) === plain(parameter));
  if (same !== undefined) return same;
  const last = /([A-Z]?[a-z]+|[A-Z]+)$/.exec(parameter)?.[1]?.toLowerCase() ?? '';
  return ['id', 'number', 'slug', 'name', 'key', 'sha', 'uuid'].includes(last)
    ? members.find((member) => plain(member) === last)
    : undefined;
}

/** The member of a create's body that can be any text and names what is made; what a run makes is told by it. */
function nameMember(document: ApiDocument, request: unknown, itemId: string): string | undefined {
  const texts = freeTextsOf(document, request);
  return [itemId, 'name', 'title', 'label', 'displayName', 'display_name', 'summary', 'description'].find(
    (one) => texts.includes(one),
  );
}

/** A name without its case and its signs. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
}

function lastWord(path: string): string {
  return toName(path.split('/').findLast((segment) => segment !== '' && !segment.startsWith('{')) ?? 'item');
}

function singular(word: string): string {
  if (word.endsWith('ies')) return word.replace(/ies$/, 'y');
  if (/(?:ss|us|is)$/.test(word)) return word;
  if (/(?:x|ch|sh|ss)es$/.test(word)) return word.replace(/es$/, '');
  return word.replace(/s$/, '');
}
