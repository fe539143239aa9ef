/** The scenarios of the second door, by the name that the plan gives them. */
import type { Scenario } from '../scenario.ts';
import { allowed, denied } from './access.ts';
import { otherMethods, unauthenticated } from './authentication.ts';
import { finishedAlike, foundOverMcp, foundOverRest, idempotent } from './dispatch.ts';
import { invalidArgument, secretArgument, unknownId } from './failures.ts';
import { isolated } from './isolation.ts';
import { appliedByAnother, staged, versions } from './lifecycle.ts';
import { promptsListed, toolEntries, toolsListed } from './listings.ts';
import { otherUris, transport, unknownPrompt, workflowSchema } from './rules.ts';
import { filtered, telemetryIgnored } from './search.ts';
import { sessionOfAnother, sessionOfForeigner, sessionWithoutKey } from './sessions.ts';

export const mcpScenarios: Readonly<Record<string, Scenario>> = {
  'mcp-allowed': allowed,
  'mcp-denied': denied,
  'mcp-unauthenticated': unauthenticated,
  'mcp-other-methods': otherMethods,
  'mcp-session-without-key': sessionWithoutKey,
  'mcp-session-of-another': sessionOfAnother,
  'mcp-session-of-foreigner': sessionOfForeigner,
  'mcp-isolated': isolated,
  'mcp-tools-listed': toolsListed,
  'mcp-tool-entries': toolEntries,
  'mcp-prompts-listed': promptsListed,
  'mcp-staged': staged,
  'mcp-versions': versions,
  'mcp-applied-by-another': appliedByAnother,
  'mcp-found-over-rest': foundOverRest,
  'mcp-found-over-mcp': foundOverMcp,
  'mcp-idempotent': idempotent,
  'mcp-finished-alike': finishedAlike,
  'mcp-unknown-id': unknownId,
  'mcp-invalid-argument': invalidArgument,
  'mcp-secret-argument': secretArgument,
  'mcp-filtered': filtered,
  'mcp-telemetry': telemetryIgnored,
  'mcp-other-uris': otherUris,
  'mcp-workflow-schema': workflowSchema,
  'mcp-unknown-prompt': unknownPrompt,
  'mcp-transport': transport,
};
