import { named } from './axis.ts';

/** What the pages of the MCP API leave open: the transport, the names, and how a call is refused. */
export const mcp = {
  endpoint: named('mcp-endpoint', 'Which generation of the MCP API a deployment speaks, if any.', [
    'served',
    'absent',
  ]),
  eras: named('mcp-era', 'Which revisions of the protocol are offered.', ['both', 'legacy', 'modern']),
  sessions: named('mcp-session', 'Whether a session is given with the handshake.', ['none', 'given']),
  sessionBinding: named('mcp-session-binding', 'Whether a session answers to the key that opened it alone.', [
    'any-key',
    'own-key',
  ]),
  answers: named('mcp-answer-form', 'Whether an answer is JSON or a stream of events.', ['json', 'events']),
  toolList: named('mcp-tool-list', 'Whether the list of tools holds what the role may not call.', [
    'whole',
    'filtered',
  ]),
  listPages: named('mcp-list-pages', 'How many items a page of a list holds.', ['all', 'three']),
  refusal: named('mcp-refusal', 'Through which channel a call below the role is refused.', [
    'json-rpc-error',
    'is-error',
    'http-403',
    'without-code',
  ]),
  failure: named('mcp-failure', 'Whether a call that fails is a JSON-RPC error or an isError result.', [
    'json-rpc-error',
    'is-error',
    'is-error-structured',
  ]),
  order: named('mcp-order', 'Which of role, arguments and existence is looked at first.', [
    'role',
    'arguments',
    'existence',
  ]),
  runArgument: named('mcp-argument-names', 'How the run is called that a tool inspects.', [
    'runId',
    'run_id',
    'id',
  ]),
  proposalArgument: named('mcp-argument-names', 'How the proposal is called that is applied.', [
    'proposalId',
    'proposal_id',
    'changeId',
  ]),
  keyArgument: named('mcp-argument-names', 'How the idempotency key of a dispatch is called.', [
    'idempotencyKey',
    'idempotency_key',
  ]),
  comparedRuns: named('mcp-argument-names', 'How the two runs are called that are compared.', [
    'baseline-candidate',
    'base-compare',
    'left-right',
  ]),
  healthTool: named('mcp-health-tool', 'What the tool of the health of the organization is called.', [
    'get_organization_health',
    'organization_health',
    'health_report',
  ]),
  moreTools: named('mcp-more-tools', 'Whether there are tools beyond the documented ones.', [
    'none',
    'request_capability',
  ]),
  telemetry: named('mcp-telemetry', 'What `telemetry` is made of.', ['intent', 'user_intent', 'reference']),
  outputSchema: named('mcp-output-schema', 'Whether tools tell the schema of their results.', [
    'absent',
    'told',
  ]),
  resources: named('mcp-resource-lists', 'Which resources are in which list.', [
    'both-lists',
    'templates-alone',
    'neither-list',
  ]),
  resourceText: named('mcp-resource-contents', 'How the contents of a resource are told.', [
    'application/json',
    'text/plain',
    'several',
  ]),
  unknownCode: named('mcp-error-codes', 'Most codes of errors.', ['not_found', 'resource_missing', 'none']),
  staleBase: named('mcp-stale-base', 'What an apply is whose workflow has a newer version.', [
    'refused',
    'merged',
  ]),
  applyAgain: named('mcp-apply-again', 'What a second apply of the same proposal is.', ['refused', 'same']),
  memberNames: named('mcp-member-names', 'What the members of results are called.', [
    'camelCase',
    'snake_case',
  ]),
  promptArguments: named('mcp-prompt-arguments', 'Which arguments a prompt has.', ['workflow', 'none']),
  noKeyBody: named('mcp-401-body', 'The body of the 401.', ['error', 'json-rpc', 'empty']),
};
