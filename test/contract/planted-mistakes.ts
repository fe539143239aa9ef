import type { Plant } from './planted-contract.ts';

/** A change of the real contract that is a mistake, and what lint says of it. */
export interface Planted extends Plant {
  readonly code: string;
  /** The text that the problem points at. */
  readonly at: string;
  readonly suggestion?: string;
  readonly severity?: 'warning';
}

const matrix = 'matrix.yaml';

/** Mistakes in what one member or one operation says by itself. */
export const mistakesByThemselves: Planted[] = [
  {
    file: matrix,
    from: 'basePath: /api',
    to: 'basepath: /api',
    code: 'unknown-member',
    at: 'basepath',
    suggestion: 'basePath',
  },
  {
    file: matrix,
    from: '  keyPrefix: amt',
    to: '  keyPrefix: amt\n  auth: { header: transfer-encoding }',
    code: 'unsendable-header',
    at: 'transfer-encoding',
  },
  {
    file: matrix,
    from: '      category: { in: query,',
    to: '      te: { in: header, about: a header }\n      category: { in: query,',
    code: 'unsendable-header',
    at: 'te',
  },
  {
    file: matrix,
    from: 'effect: read\n    roles: { viewer: allowed,',
    to: 'effect: read\n    roles: { veiwer: allowed, viewer: allowed,',
    code: 'unknown-role',
    at: 'veiwer',
    suggestion: 'viewer',
  },
  {
    file: matrix,
    from: 'role: editor,',
    to: 'role: editro,',
    code: 'unknown-role',
    at: 'editro',
    suggestion: 'editor',
  },
  {
    file: matrix,
    from: 'roles: { viewer: denied, editor: allowed, ',
    to: 'roles: { viewer: denied, ',
    code: 'undecided-role',
    at: 'roles',
  },
  { file: matrix, from: 'admin, owner]', to: 'admin, owner, auditor]', code: 'unused-role', at: 'auditor' },
  { file: matrix, from: 'admin, owner]', to: 'admin, owner, owner]', code: 'duplicate-item', at: 'owner]' },
  {
    file: matrix,
    from: 'viewer: allowed, editor: allowed, admin: allowed, owner: allowed }\n    success',
    to: 'viewer: allowed, editor: denied, admin: allowed, owner: allowed }\n    success',
    code: 'role-order',
    at: 'denied',
    severity: 'warning',
  },
  {
    file: matrix,
    from: 'owner: allowed }',
    to: 'owner: alowed }',
    code: 'wrong-value',
    at: 'alowed',
    suggestion: 'allowed',
  },
  { file: matrix, from: 'method: GET', to: 'method: get', code: 'wrong-value', at: 'get', suggestion: 'GET' },
  { file: matrix, from: "values: ['100']", to: 'values: [100]', code: 'wrong-type', at: '100' },
  { file: matrix, from: 'status: 201', to: 'status: 301', code: 'out-of-range', at: '301' },
  {
    file: matrix,
    from: 'path: /mcp-servers/{mcpServerId}',
    to: 'path: mcp-servers/{mcpServerId}',
    code: 'wrong-form',
    at: 'mcp-servers/',
  },
  {
    file: matrix,
    from: '  listMcpServers:\n    surface: mcp-servers\n    summary: the active production sources\n',
    to: '  listMcpServers:\n    surface: mcp-servers\n',
    code: 'missing-member',
    at: 'listMcpServers',
  },
  {
    file: matrix,
    from: 'path: /mcp-servers/{mcpServerId}\n    effect: read\n    roles: { viewer: allowed, editor: allowed, admin: allowed, owner: allowed }\n    parameters:\n      mcpServerId',
    to: 'path: /mcp-servers/{mcpServerId}\n    effect: read\n    roles: { viewer: allowed, editor: allowed, admin: allowed, owner: allowed }\n    parameters:\n      mcpServerid',
    code: 'parameter-not-in-path',
    at: 'mcpServerid',
    suggestion: 'mcpServerId',
  },
  {
    file: matrix,
    from: 'path: /workflows/{workflowId}/runs',
    to: 'path: /workflows/{workflow}/runs',
    code: 'undeclared-parameter',
    at: '/workflows/{workflow}/runs',
    suggestion: 'workflowId',
  },
  {
    file: matrix,
    from: '{ kind: page, size: pageSize }',
    to: '{ kind: page, size: pagesize }',
    code: 'unknown-parameter',
    at: 'pagesize',
    suggestion: 'pageSize',
  },
  {
    file: matrix,
    from: 'filter: { kind: page, size: pageSize }',
    to: 'filter: { kind: page }',
    code: 'missing-member',
    at: 'filter',
  },
  {
    file: matrix,
    from: 'filter: { kind: text }',
    to: 'filter: { kind: text, size: page }',
    code: 'misplaced-member',
    at: 'size',
  },
  { file: matrix, from: 'default: 24h', to: 'default: 1h', code: 'default-not-listed', at: '1h' },
  {
    file: matrix,
    from: 'path: /insights/searches\n',
    to: 'path: /insights/topics\n',
    code: 'duplicate-operation',
    at: '/insights/topics',
  },
  {
    file: matrix,
    from: '  listSearches:\n    surface',
    to: '  listTopics:\n    surface',
    code: 'duplicate-key',
    at: 'listTopics',
  },
];
