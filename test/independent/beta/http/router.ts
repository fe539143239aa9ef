import type { Operation } from '../call.ts';
import { operations } from '../operations/table.ts';

/** Where a path leads. */
export interface Route {
  readonly operations: readonly Operation[];
  readonly id: string;
  readonly odd: boolean;
}

interface Pattern {
  readonly parts: readonly string[];
  readonly operations: Operation[];
}

const patterns: Pattern[] = [];
for (const operation of operations) {
  const known = patterns.find(({ operations: [first] }) => first?.path === operation.path);
  if (known) known.operations.push(operation);
  else patterns.push({ parts: operation.path.split('/').slice(1), operations: [operation] });
}

function decoded(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/** Finds the operations of a path below the base, or undefined where it is not documented. */
export function routeOf(path: string): Route | undefined {
  const parts = path.split('/').slice(1);
  for (const pattern of patterns) {
    if (pattern.parts.length !== parts.length) continue;
    if (!pattern.parts.every((part, index) => part === '{id}' || part === parts[index])) continue;
    const raw = parts[pattern.parts.indexOf('{id}')] ?? '';
    const id = decoded(raw);
    return { operations: pattern.operations, id: id ?? '', odd: id === undefined };
  }
  return undefined;
}
