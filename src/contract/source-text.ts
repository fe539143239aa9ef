import { LineCounter, isAlias, isMap, isNode, isScalar, isSeq, parseDocument, visit } from 'yaml';
import type { Document, Node, Pair, YAMLError } from 'yaml';
import type { Problem } from './problem.ts';
import type { SourcePosition } from './types.ts';

export type Path = readonly (string | number)[];

/** Which part of a member a problem is about: its name or its value. */
export type Part = 'key' | 'value';

/** A YAML or JSON text with its data and the places of its parts (JSON is YAML enough for both). */
export interface SourceText {
  readonly file: string;
  readonly data: unknown;
  /** What the parser found: with a syntax error in it, `data` is not to be trusted. */
  readonly problems: readonly Problem[];
  /** Where a part stands; where the path leads nowhere, the place of the nearest part around it. */
  place(path: Path, part?: Part): SourcePosition;
}

export interface ReadOptions {
  /** Whether `<<` merges a map in (YAML 1.1), as most tools read documents. */
  readonly merge?: boolean;
  /** How many values aliases may stand for, those within each other multiplied. */
  readonly mostAliases?: number;
}

/**
 * Parses YAML or JSON; never throws for what the text holds.
 *
 * @param file the name that places and problems carry.
 */
export function readSourceText(text: string, file: string, options: ReadOptions = {}): SourceText {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    stringKeys: true,
    merge: options.merge === true,
    logLevel: 'silent',
  });
  const placeAt = (offset: number): SourcePosition => {
    const { line, col } = lines.linePos(Math.min(offset, text.length));
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  const problems = [...document.errors, ...document.warnings].map((error) => syntaxProblem(error, placeAt));
  return {
    file,
    data: toData(document, problems, placeAt, options.mostAliases),
    problems,
    place: (path, part = 'value') => placeAt(offsetOf(document, path, part)),
  };
}

function syntaxProblem(error: YAMLError, placeAt: (offset: number) => SourcePosition): Problem {
  return {
    severity: error.name === 'YAMLWarning' ? 'warning' : 'error',
    ...placeAt(error.pos[0]),
    code: error.code === 'DUPLICATE_KEY' ? 'duplicate-key' : 'yaml-syntax',
    message: error.code === 'DUPLICATE_KEY' ? 'this member is there twice: keep one of them' : error.message,
  };
}

/** The data; an alias without its anchor, or one that grows without end, is a problem instead of an exception. */
function toData(
  document: Document.Parsed,
  problems: Problem[],
  placeAt: (offset: number) => SourcePosition,
  mostAliases = 100,
): unknown {
  try {
    return document.toJS({ maxAliasCount: mostAliases });
  } catch (error) {
    let offset = 0;
    visit(document, {
      Alias(_key, alias) {
        if (alias.resolve(document) !== undefined) return undefined;
        offset = alias.range?.[0] ?? 0;
        return visit.BREAK;
      },
    });
    const told = error instanceof Error ? error.message : 'the aliases cannot be resolved';
    const message = /alias count/i.test(told)
      ? `its aliases stand for more than ${mostAliases} values`
      : told;
    problems.push({ severity: 'error', ...placeAt(offset), code: 'yaml-syntax', message });
    return undefined;
  }
}

function offsetOf(document: Document.Parsed, path: Path, part: Part): number {
  let node: Node | null = document.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const child = childOf(resolve(node, document), step);
    if (child === undefined) return offset;
    const wantsKey = part === 'key' && index === path.length - 1;
    offset = (wantsKey ? child.key : startOf(child.value)) ?? child.key ?? startOf(child.value) ?? offset;
    node = child.value;
  }
  return offset;
}

interface Child {
  readonly key: number | undefined;
  readonly value: Node | null;
}

function childOf(node: Node | null, step: string | number): Child | undefined {
  if (isSeq(node)) {
    const value: unknown = typeof step === 'number' ? node.items[step] : undefined;
    return isNode(value) ? { key: undefined, value } : undefined;
  }
  if (!isMap(node)) return undefined;
  const pair = node.items.find((item) => keyName(item) === String(step));
  if (pair === undefined) return undefined;
  return { key: startOf(isNode(pair.key) ? pair.key : null), value: isNode(pair.value) ? pair.value : null };
}

function keyName(pair: Pair): string | undefined {
  return isScalar(pair.key) ? String(pair.key.value) : undefined;
}

function startOf(node: Node | null): number | undefined {
  return node?.range?.[0];
}

function resolve(node: Node | null, document: Document.Parsed): Node | null {
  return isAlias(node) ? (node.resolve(document) ?? null) : node;
}
