/** The operations that an OpenAPI document names. */
import { isObject, memberAt } from '../../check/members.ts';
import type { Operation } from '../../contract/types.ts';
import { bodyOf, type CaseContext, type Sent } from '../case-context.ts';

/** The paths of a document; none where it has no such object. */
export function pathsOf(sent: Sent): Readonly<Record<string, unknown>> {
  const paths = memberAt(bodyOf(sent), 'paths');
  return isObject(paths) ? paths : {};
}

/** A path without its parameters' names: what a parameter is called is the document's own matter. */
export function shapeOf(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, '{}').replace(/\/+$/, '');
}

const methodNames = new Set(['get', 'put', 'post', 'delete', 'patch']);

export interface Documented {
  readonly method: string;
  readonly path: string;
  readonly shape: string;
  readonly value: Readonly<Record<string, unknown>>;
}

/** The operations of a document; the base path may stand in its paths or in its servers. */
export function documented(context: CaseContext, sent: Sent): readonly Documented[] {
  const { basePath } = context.run.contract.api;
  return Object.entries(pathsOf(sent)).flatMap(([path, item]) =>
    Object.entries(isObject(item) ? item : {}).flatMap(([method, value]) => {
      if (!methodNames.has(method) || !isObject(value)) return [];
      // A deployment may stand below a path of its own.
      const at = path.indexOf(basePath);
      const own = at < 0 ? path : path.slice(at + basePath.length);
      return [{ method: method.toUpperCase(), path, shape: shapeOf(own), value }];
    }),
  );
}

/** The entry of an operation in a document. */
export function entryOf(all: readonly Documented[], operation: Operation): Documented | undefined {
  return all.find(({ method, shape }) => method === operation.method && shape === shapeOf(operation.path));
}
