/** How results and failures are told: what the documentation leaves open of them. */
import type { JsonObject } from '../data/model.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { snakeCase } from '../shapes/rewrite.ts';
import type { McpFailure } from './failure.ts';

/** The result of a tool: its value as JSON text and as structuredContent. */
export function toolResult(value: JsonObject, { mcp }: Dialect): JsonObject {
  const told = mcp.memberNames === 'snake_case' ? snakeCase()(value) : value;
  return { content: [{ type: 'text', text: JSON.stringify(told) }], structuredContent: told };
}

/** The contents of a resource. */
export function resourceResult(uri: string, value: JsonObject, { mcp }: Dialect): JsonObject {
  const mimeType = mcp.resourceText === 'text/plain' ? 'text/plain' : 'application/json';
  const contents = [{ uri, mimeType, text: JSON.stringify(value) }];
  if (mcp.resourceText === 'several')
    contents.push({ uri: `${uri}#note`, mimeType: 'text/plain', text: 'note' });
  return { contents };
}

/** The code of a failure in the words of the deployment; undefined where it gives none. */
export function failureCode({ code }: McpFailure, { mcp }: Dialect): string | undefined {
  if (code !== 'not_found') return code;
  return mcp.unknownCode === 'none' ? undefined : mcp.unknownCode;
}

/** A failure as the result of its call. */
export function failedResult(code: string | undefined, message: string, structured: boolean): JsonObject {
  const error = { ...(code === undefined ? {} : { code }), message };
  return {
    isError: true,
    content: [{ type: 'text', text: JSON.stringify(error) }],
    ...(structured ? { structuredContent: error } : {}),
  };
}
