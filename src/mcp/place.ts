/** Where the MCP endpoint of a target is. Pure. */
import type { McpContract } from '../contract/types.ts';
import type { Run } from '../execute/run.ts';

/**
 * The URL that was named, or the documented place beside the API, on the same origin; undefined where the base URL
 * does not end in the path of the API.
 */
export function mcpUrl(
  { config, origin, basePath, contract: { api } }: Run,
  { path }: McpContract,
): URL | undefined {
  if (config.mcp?.url !== undefined) return new URL(config.mcp.url);
  if (!basePath.endsWith(api.basePath)) return undefined;
  return new URL(`${origin}${basePath.slice(0, basePath.length - api.basePath.length)}${path}`);
}
