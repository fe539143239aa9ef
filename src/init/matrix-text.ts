/** A first matrix as YAML for people: sections with a word about each, small maps on one line. */
import { Document, isMap, isPair, isScalar, isSeq, visit, type Node } from 'yaml';
import type { InitialMatrix } from './matrix-data.ts';

const headlines: Readonly<Record<string, string>> = {
  api: 'The API: its name, the path before every path, and how a key is shown where that is not Authorization: Bearer.',
  roles: 'From least to most.',
  credentials: 'How a request can authenticate. `env` and `key` are where a run finds the secret.',
  errors:
    'The documented errors. unauthenticated, forbidden_role, not_found and invalid are ids that cases know.',
  values:
    'What stands in parameters that are the same in every request, such as the id of a project to test with.',
  resources: 'The things behind the operations, as the paths show them: a list, and one item of it below.',
  operations: 'The operations. `roles` says of each role whether it is allowed or denied.',
  unsupported: 'Operations that no case can be made for.',
};

/** The longest line, as in the rest of this package. */
const lineWidth = 110;

/**
 * The text of a matrix.
 * @param from what it was made from
 * @param schema where the schema of matrices stands, for editors
 */
export function matrixText(matrix: InitialMatrix, from: string, schema: string): string {
  const document = new Document(matrix.data);
  document.commentBefore = [
    ` yaml-language-server: $schema=${schema}`,
    '',
    ` A first matrix, made from ${from}.`,
    ' It says what that document says. Where it says nothing there is a TODO, which `lint` finds.',
  ].join('\n');
  comment(document, [], (name) => headlines[name]);
  const notes = new Map(matrix.operations.map(({ id, notes: lines }) => [id, lines]));
  comment(document, ['operations'], (id) => {
    const lines = notes.get(id) ?? [];
    return lines.length === 0 ? undefined : lines.join('\n');
  });
  const facts = document.getIn(['facts'], true);
  if (isMap(facts) && matrix.unstated.length > 0)
    facts.comment = wrapped(
      `Not stated, as the document gives no reason to. Cases are made of each once it is: ${matrix.unstated.join(', ')}.`,
    );
  visit(document, {
    Map: (_, node, ancestors) => {
      if (node.items.length > 0 && isSmall(node) && ancestors.filter(isPair).length > 1) node.flow = true;
    },
    Seq: (_, node) => {
      if (isSmall(node)) node.flow = true;
    },
  });
  return document.toString({ lineWidth, singleQuote: true });
}

/** Puts a comment before each member of a map that there is one for. */
function comment(
  document: Document,
  path: readonly string[],
  textOf: (name: string) => string | undefined,
): void {
  const map = path.length === 0 ? document.contents : document.getIn(path, true);
  if (!isMap(map)) return;
  for (const { key } of map.items) {
    if (!isScalar(key)) continue;
    const text = textOf(String(key.value));
    if (text === undefined) continue;
    key.commentBefore = text
      .split('\n')
      .map((line) => ` ${line}`)
      .join('\n');
    if (path.length === 0) key.spaceBefore = true;
  }
}

/** A text as lines of a comment. */
function wrapped(text: string): string {
  const lines: string[] = [''];
  for (const word of text.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last.length + word.length + 1 > lineWidth - 8) lines.push(` ${word}`);
    else lines[lines.length - 1] = `${last} ${word}`;
  }
  return lines.join('\n');
}

/** A map or list of single values that fits on a line. */
function isSmall(node: Node): boolean {
  if (!isMap(node) && !isSeq(node)) return false;
  const parts = node.items.map((item) => (isPair(item) ? item.value : item));
  if (!parts.every((part) => isScalar(part) || (isSeq(part) && isSmall(part)))) return false;
  return JSON.stringify(node.toJSON()).length < lineWidth - 20;
}
