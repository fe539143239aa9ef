/** The sentences of the API description that the defects break, each said once. */
export const facts = {
  everyRequest: 'Authorization: Bearer amt_<key-id>_<secret> on every request.',
  unauthenticated: '401: key missing, malformed or revoked: code `unauthenticated`.',
  authFirst: 'Authentication comes first in any case: a bad credential is 401 whatever else is wrong.',
  revoked: 'Revocation is immediate: the next request gets 401 `unauthenticated`.',
  errorShape:
    'Errors are a JSON object with an `error` member: { error: { code: string, message: string, details? } }.',
  reads: 'Reads: any role.',
  writes: 'Writes (create, update, archive, dispatch): editor, admin, owner.',
  forbidden: "403: the key's role is too low: code `forbidden_role`.",
  feature: '403: the feature is disabled for the organization: code `feature_disabled`.',
  featureRow: '/insights/*: any role, feature enabled; topic edits: editor, admin, owner, feature enabled.',
  notFound: "404: no such resource, or not visible to the key's organization.",
  oneOrganization: 'A key belongs to one organization and carries the role that its creator had.',
  statuses: '200 for reads, 201 for a created resource, 202 for a queued dispatch.',
  org: 'GET /org: {organization:{id,slug,name}, actor:{apiKeyId,apiKeyName,userProfileId,role,email}}.',
  sources:
    'GET /mcp-servers: {rows:[{id,name,transport_type,base_url,categories}]}; snake_case; categories an array of slugs.',
  sourceUrl: 'base_url may be null where the transport has no URL.',
  sourceCreated: 'POST /mcp-servers: the created source is then in the list and readable by id.',
  sourceRecord: 'GET /mcp-servers/{id}: the full record of that source.',
  workflows: 'GET /workflows: active production workflows; one array member, or a bare array.',
  workflowCreated: 'POST /workflows makes a production workflow.',
  workflowRecord:
    'GET /workflows/{id}: the full record, with its current version (`currentVersion`, non-null) and `schedule` (null where manual-only).',
  workflowUpdate:
    'PATCH /workflows/{id} writes a new version and returns it in `currentVersion`; schedule null makes it manual-only.',
  workflowArchive: 'DELETE /workflows/{id} archives; body { "ok": true }, status 200.',
  dispatch:
    "POST /workflows/{id}/runs queues a run; the body carries the run's id, the one that GET /runs/{id} knows.",
  sameKey:
    'The same idempotencyKey on the same workflow returns the existing run; the run always belongs to the workflow asked for.',
  force: 'forceNewRun bypasses the dedup: another run id.',
  runs: 'GET /runs: a paginated list; a row has id, status and names its workflow.',
  run: 'GET /runs/{id}: summary; `status` a string, and the same as in the list.',
  trace: 'GET /runs/{id}/trace: redacted trace with spans and tool calls.',
  evaluation:
    "GET /runs/{id}/evaluation: per-criterion results, the judge model's verdict, supporting excerpts.",
  toolCalls: 'GET /runs/{id}/tool-calls: a list of rows, each an object.',
  overview: 'GET /insights/overview: KPIs, trend lines, top topics, top failed-search clusters.',
  topics: 'GET /insights/topics: recurring topics and unmet-demand groups.',
  topic: 'GET /insights/topics/{id}: the topic with sample sessions and related failed searches.',
  topicUpdate: 'PATCH /insights/topics/{id}: rename, flag as unmet demand, archive.',
  searches: 'GET /insights/searches: failed searches and suggested API gaps.',
  search: 'GET /insights/searches/{id}: one failed-search cluster.',
  sessions:
    'GET /insights/sessions: {sessions:[{id, session_key, raw_intent, mcp_server_id, actor_id, client_name, event_count, ok_count, error_count}]} with their types.',
  sessionTrace: 'GET /insights/sessions/{id}/trace: {events:[{metadata:{tool_name?, workflow_run_id?}}]}.',
  sessionQuery: 'GET /insights/sessions: range (24h), intent (exact intent text), limit (100 is accepted).',
  document:
    'GET /openapi: the OpenAPI 3.0 document; it covers the 23 operations and gives them one bearerAuth security scheme.',
  documentOpen: 'GET /openapi is served without a key and whatever key is sent.',
  categories:
    'GET /mcp-servers, GET /workflows: category (slugs, comma-separated), categorySlug (one slug); every item has at least one of the slugs.',
  filters: 'A filter that is documented must filter: every returned run has the asked status/workflowId.',
  atMost: 'No more than limit/pageSize items come back.',
  runQuery:
    'GET /runs: range = 24h (default), 7d, 30d; workflowId; status; classification; search; page, pageSize; sort.',
  search404: 'A text that occurs nowhere finds nothing.',
  overviewQuery: 'GET /insights/overview: range = 24h, 7d (default), 30d, 90d.',
  topicQuery: 'GET /insights/topics: range as above; sort = volume, frustration, trend; limit.',
  searchQuery: 'GET /insights/searches: range; limit.',
  invalid:
    'Invalid (400): a required member left out or null, another JSON type, a value outside a documented enum, a baseUrl that is no URI, a body that is no JSON object or no JSON.',
  bodies: 'The request bodies: which members there are, which are required and which values are allowed.',
  forward: 'A run moves forward only, and a terminal status does not change.',
  methods:
    'A request to a documented path with a method that is not documented for it must not succeed and must not be a 5xx.',
  no5xx: 'No request may be answered with a 5xx, none may go unanswered.',
  secret: "No response may echo a key's secret.",
  json: 'Bodies are JSON (RFC 8259: valid UTF-8, no prefix, no NaN).',
} as const;
