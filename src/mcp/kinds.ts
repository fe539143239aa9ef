/** What a target can be said to speak over MCP. */
export const mcpKinds = ['auto', 'none', 'generation-1', 'generation-2'] as const;
export type McpKind = (typeof mcpKinds)[number];
