/** Every scenario by the name that the plan gives it. */
import { archived } from './archive.ts';
import { scheduleNull } from './schedule.ts';
import { concurrentReads } from './concurrency.ts';
import { repeatedRead } from './consistency.ts';
import { everyDetail, everyItem } from './items.ts';
import { supportRequests } from './support.ts';
import { queued } from './dispatch.ts';
import { forced, idempotent, idempotentAtOnce } from './dispatch-keys.ts';
import { forward } from './run-states.ts';
import { anyKey, complete, noMore, security, truthful, valid } from './document.ts';
import {
  claimedIdentity,
  identity,
  identityOnOneConnection,
  oneOrganization,
  otherOrganization,
  reusedConnection,
} from './identity.ts';
import { foreignWrite, isolatedLists } from './isolation.ts';
import { created } from './created.ts';
import { concurrentCreates, textWhole } from './created-texts.ts';
import { updated } from './updated.ts';
import { page } from './paging.ts';
import { putBack } from './put-back.ts';
import { value } from './query.ts';
import { standard } from './query-default.ts';
import { anyOf, contains, equals, finds, nonsense } from './query-filters.ts';
import { lookBack } from './look-back.ts';
import { limit } from './query-limit.ts';
import { mcpScenarios } from './mcp/index.ts';
import { spelledRead, spelledWrite } from './spellings.ts';
import type { Scenario } from './scenario.ts';
import { timeWindow } from './window.ts';

export const scenarios: Readonly<Record<string, Scenario>> = {
  identity,
  'other-organization': otherOrganization,
  'one-organization': oneOrganization,
  'identity-on-one-connection': identityOnOneConnection,
  'claimed-identity': claimedIdentity,
  'reused-connection': reusedConnection,
  'isolated-lists': isolatedLists,
  'foreign-write': foreignWrite,
  created,
  'text-whole': textWhole,
  'concurrent-creates': concurrentCreates,
  updated,
  'schedule-null': scheduleNull,
  archived,
  'put-back': putBack,
  'dispatch-queued': queued,
  'dispatch-idempotent': idempotent,
  'dispatch-idempotent-at-once': idempotentAtOnce,
  'dispatch-forced': forced,
  'dispatch-forward': forward,
  'query-value': value,
  'query-default': standard,
  'query-equals': equals,
  'query-finds': finds,
  'query-contains': contains,
  'query-any-of': anyOf,
  'query-limit': limit,
  'query-page': page,
  'query-text': nonsense,
  'query-window': timeWindow,
  'repeated-read': repeatedRead,
  'concurrent-reads': concurrentReads,
  'every-item': everyItem,
  'every-detail': everyDetail,
  'document-valid': valid,
  'document-any-key': anyKey,
  'document-complete': complete,
  'document-security': security,
  'document-no-more': noMore,
  'document-true': truthful,
  'support-requests': supportRequests,
  'spelled-read': spelledRead,
  'spelled-write': spelledWrite,
  'look-back': lookBack,
  ...mcpScenarios,
};
