import { requireFreeName } from './free-name.ts';
import { isObject, objectOf } from '../data/json.ts';
import type { JsonObject, Source } from '../data/model.ts';
import { timestamp } from '../data/time.ts';
import { membersOf } from '../deployment/body-check.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { hasCategories } from './categories.ts';
import { inListOrder } from './list-order.ts';
import { listed } from './lagging.ts';
import { subject } from './lookup.ts';

/** The active production sources. */
export function listMcpServers(call: EnteredCall, deployment: Deployment): Outcome {
  const { dialect } = deployment;
  const others = dialect.sources.otherEnvironments === 'listed';
  const sources = listed(call.tenant.sources, deployment)
    .filter((source) => source.environment === 'production' || others)
    .filter((source) => hasCategories(call, source.categories, dialect));
  const items = inListOrder(sources, dialect).map((source) => sourceRow(source, dialect));
  return { kind: 'list', items, beside: { total: items.length } };
}

/** One source in full. */
export function getMcpServer(call: EnteredCall, { dialect }: Deployment): Outcome {
  return { kind: 'record', record: sourceRecord(subject(call.tenant.sources, call, 'mcpServerId'), dialect) };
}

/** Makes a source. Nothing deletes one. */
export function createMcpServer(call: EnteredCall, deployment: Deployment): Outcome {
  const { dialect } = deployment;
  const sent = membersOf(call, deployment);
  const baseUrl = text(sent['baseUrl']);
  // Without an endpoint there is nothing to stream from, so the deployment may host the source itself.
  const isHosted = baseUrl === null && dialect.sources.defaultTransport === 'by-url';
  const name = text(sent['name']) ?? '';
  requireFreeName(
    name,
    [...call.tenant.sources.values()].map((source) => source.name),
    deployment,
  );
  const source: Source = {
    id: deployment.newId('mcp'),
    name,
    transportType: text(sent['transportType']) ?? (isHosted ? 'stdio_hosted' : 'streamable_http'),
    targetKind: text(sent['targetKind']) ?? 'mcp',
    baseUrl,
    categories: dialect.sources.newCategories,
    environment: text(sent['environment']) ?? 'production',
    connectionConfig: objectOf(sent['connectionConfig']),
    networkPolicy: objectOf(sent['networkPolicy']),
    hasAuthProfile: isObject(sent['authProfile']),
    createdAt: deployment.now(),
  };
  call.tenant.sources.set(source.id, source);
  return { kind: 'record', record: sourceRecord(source, dialect) };
}

function sourceRow(source: Source, dialect: Dialect): JsonObject {
  return {
    id: source.id,
    name: source.name,
    transport_type: source.transportType,
    base_url: shownBaseUrl(source, dialect),
    categories: source.categories,
  };
}

function sourceRecord(source: Source, dialect: Dialect): JsonObject {
  return {
    ...sourceRow(source, dialect),
    target_kind: source.targetKind,
    environment: source.environment,
    connection_config: source.connectionConfig,
    network_policy: source.networkPolicy,
    has_auth_profile: source.hasAuthProfile,
    created_at: timestamp(source.createdAt),
  };
}

/** What a source without an endpoint shows is open, and for a hosted one in any case. */
function shownBaseUrl(source: Source, { sources }: Dialect): string | null {
  const isHosted = source.transportType === 'stdio_hosted';
  if (source.baseUrl !== null && !isHosted) return source.baseUrl;
  switch (isHosted ? sources.hostedBaseUrl : sources.missingBaseUrl) {
    case 'null':
      return null;
    case 'empty':
      return '';
    case 'shown':
      return source.baseUrl ?? `https://hosted.example.com/${source.id}`;
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
