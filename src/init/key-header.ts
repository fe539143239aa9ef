/** How a request shows its key, by the security schemes of a document. */
import { isJsonObject, type JsonObject } from '../contract/json-object.ts';
import type { KeyHeader } from '../contract/types.ts';
import type { ApiDocument } from './api-document.ts';

export interface FoundHeader {
  /** Undefined for `Authorization: Bearer`. */
  readonly header: KeyHeader | undefined;
  readonly remarks: readonly string[];
}

/** The first scheme that a header can show: a bearer token or an OAuth token before a key of its own header. */
export function keyHeaderOf(document: ApiDocument): FoundHeader {
  const { root } = document;
  const components = isJsonObject(root['components']) ? root['components'] : {};
  const named = isJsonObject(components['securitySchemes']) ? components['securitySchemes'] : {};
  const schemes = Object.values(named).flatMap((scheme): JsonObject[] => {
    const target =
      isJsonObject(scheme) && typeof scheme['$ref'] === 'string'
        ? document.resolve(scheme['$ref'])?.value
        : scheme;
    return isJsonObject(target) ? [target] : [];
  });
  if (schemes.length === 0) {
    return {
      header: undefined,
      remarks: ['It names no security scheme: Authorization: Bearer <key> is assumed (api.auth).'],
    };
  }
  const bearer = schemes.some(
    ({ type, scheme }) =>
      (type === 'http' && String(scheme).toLowerCase() === 'bearer') ||
      type === 'oauth2' ||
      type === 'openIdConnect',
  );
  const inHeader = schemes.find((scheme) => scheme['type'] === 'apiKey' && scheme['in'] === 'header');
  const others = schemes.filter((scheme) => scheme !== inHeader && !isBearer(scheme));
  const remarks = others.map(
    (scheme) =>
      `A security scheme is left out: ${[scheme['type'], scheme['in'], scheme['scheme']].filter((word) => typeof word === 'string').join(' ')}.`,
  );
  if (bearer) return { header: undefined, remarks };
  if (inHeader === undefined) {
    const none =
      'No security scheme shows a key in a header: Authorization: Bearer <key> is assumed (api.auth).';
    return { header: undefined, remarks: [...remarks, none] };
  }
  return { header: { header: String(inHeader['name']).toLowerCase() }, remarks };
}

function isBearer({ type, scheme }: JsonObject): boolean {
  return type === 'oauth2' || type === 'openIdConnect' || String(scheme).toLowerCase() === 'bearer';
}
