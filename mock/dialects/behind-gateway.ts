import type { Dialect } from './dialect.ts';
import { layOut } from './layout.ts';
import { plain } from './plain.ts';
import { bare, inMember, rewritten, without } from './shapes.ts';

const leanRun = without(
  'workflowName',
  'classification',
  'model',
  'queuedAt',
  'startedAt',
  'endedAt',
  'costUsd',
);
const leanWorkflow = without(
  'description',
  'mcpServerId',
  'categories',
  'schedule',
  'currentVersion',
  'updatedAt',
);

/** A deployment behind a gateway with ways of its own, and rows that say only what is documented. */
export const behindGateway: Dialect = {
  ...plain,
  id: 'behind-gateway',
  description:
    'Below the path of a dashboard, no keep-alive, ETags, another JSON type, methods before keys, lean rows.',
  freedoms: [
    { open: 'the base URL', choice: 'the dashboard has a path of its own' },
    { open: 'whether 401 or 404/405 comes first', choice: '405' },
    { open: 'Allow (RFC 9110)', choice: 'left out' },
    { open: 'Content-Type of a JSON body (RFC 9110)', choice: '`application/vnd.armature+json`' },
    { open: 'HEAD and OPTIONS', choice: 'refused' },
    { open: 'connections', choice: 'one request each' },
    { open: 'headers beyond the documented', choice: 'ETag, Server-Timing, Vary, Cache-Control: private' },
    { open: 'the members of rows', choice: 'only what is documented' },
    { open: 'the order of the checks', choice: 'role, existence, body, feature' },
    { open: 'error.details', choice: 'a text' },
    { open: 'the largest body', choice: '16 KiB, then 413' },
    { open: 'the largest page', choice: '3 runs' },
    { open: 'reading an archived workflow', choice: '404, while a second archive is 200' },
    { open: 'whether trace and created source are wrapped', choice: 'the source in `mcp_server`' },
    { open: 'empty strings', choice: 'refused' },
  ],
  mount: '/acme/dashboard',
  order: ['role', 'existence', 'validation', 'feature'],
  errors: {
    ...plain.errors,
    details: (problems) => problems.map(({ message }) => message).join('; '),
  },
  transport: {
    ...plain.transport,
    contentType: 'application/vnd.armature+json',
    keepAlive: false,
    etag: true,
    headers: {
      'cache-control': 'private, max-age=0',
      'server-timing': 'db;dur=1.3, app;dur=2.1',
      vary: 'authorization, accept-encoding',
      'x-content-type-options': 'nosniff',
      'strict-transport-security': 'max-age=31536000',
    },
    largestBody: 16 * 1024,
  },
  methods: { status: 405, allow: false, keyFirst: false, head: 'refused', options: 'refused' },
  runs: { ...plain.runs, defaultPageSize: 3, largestPageSize: 3 },
  archive: { readable: false, dispatch: 404, again: 200 },
  input: { ...plain.input, emptyString: 'refused' },
  shapes: {
    ...plain.shapes,
    ...layOut({ lists: inMember('rows'), records: () => bare }),
    createMcpServer: inMember('mcp_server'),
    getMcpServer: inMember('server'),
    createWorkflow: inMember('workflow'),
    listWorkflows: rewritten(leanWorkflow, inMember('rows')),
    listRuns: rewritten(leanRun, inMember('rows')),
    listTopics: inMember('topics'),
    listSearches: inMember('searches'),
  },
};
