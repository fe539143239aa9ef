/** How a request shows its key, by the security schemes of a document. */
import { isJsonObject, type JsonObject } from '../contract/json-object.ts';
import type { KeyHeader } from '../contract/types.ts';
import type { ApiDocument } from './api-document.ts';

export interface FoundHeader {
  /** Undefined for `Authorization: Bearer`. */
  readonly header: KeyHeader | undefined;
  readonly remarks: readonly string[];
}

interface Scheme {
  readonly name: string;
  readonly scheme: JsonObject;
  /** How many operations name it. */
  readonly uses: number;
}

/**
 * The scheme that most operations name, of those that a header can show; the first one where none is named. One that is
 * used and left out is told.
 */
export function keyHeaderOf(document: ApiDocument, requirements: readonly JsonObject[]): FoundHeader {
  const schemes = schemesOf(document, requirements);
  if (schemes.length === 0) {
    return {
      header: undefined,
      remarks: ['It names no security scheme: Authorization: Bearer <key> is assumed (api.auth).'],
    };
  }
  const used = schemes.filter(({ uses }) => uses > 0);
  const candidates = used.length > 0 ? used : schemes;
  const shown = candidates
    .filter(({ scheme }) => isBearer(scheme) || isBasic(scheme) || isInHeader(scheme))
    .toSorted((a, b) => b.uses - a.uses || Number(isBearer(b.scheme)) - Number(isBearer(a.scheme)))[0];
  const alike = (one: Scheme): boolean =>
    one === shown || (shown !== undefined && isBearer(shown.scheme) && isBearer(one.scheme));
  const remarks = candidates
    .filter((one) => !alike(one))
    .map(({ name, scheme, uses }) => {
      const words = [scheme['type'], scheme['in'], scheme['scheme']].filter(
        (word) => typeof word === 'string',
      );
      return `A security scheme is left out: ${name} (${words.join(' ')}), which ${uses} operations name.`;
    });
  if (shown === undefined) {
    const none =
      'No security scheme shows a key in a header: Authorization: Bearer <key> is assumed (api.auth).';
    return { header: undefined, remarks: [...remarks, none] };
  }
  if (isBearer(shown.scheme)) return { header: undefined, remarks };
  if (isBasic(shown.scheme)) {
    const how = 'A key is shown as Authorization: Basic <key>: give user:password in base64 as the key.';
    return { header: { header: 'authorization', scheme: 'Basic' }, remarks: [...remarks, how] };
  }
  return { header: { header: String(shown.scheme['name']).toLowerCase() }, remarks };
}

function schemesOf(document: ApiDocument, requirements: readonly JsonObject[]): readonly Scheme[] {
  const { root } = document;
  const components = isJsonObject(root['components']) ? root['components'] : {};
  const named = isJsonObject(components['securitySchemes']) ? components['securitySchemes'] : {};
  return Object.entries(named).flatMap(([name, entry]): Scheme[] => {
    const scheme =
      isJsonObject(entry) && typeof entry['$ref'] === 'string'
        ? document.resolve(entry['$ref'])?.value
        : entry;
    const uses = requirements.filter((one) => Object.hasOwn(one, name)).length;
    return isJsonObject(scheme) ? [{ name, scheme, uses }] : [];
  });
}

function isBearer({ type, scheme }: JsonObject): boolean {
  return type === 'oauth2' || type === 'openIdConnect' || String(scheme).toLowerCase() === 'bearer';
}

function isBasic({ type, scheme }: JsonObject): boolean {
  return type === 'http' && String(scheme).toLowerCase() === 'basic';
}

function isInHeader({ type, in: where }: JsonObject): boolean {
  return type === 'apiKey' && where === 'header';
}
