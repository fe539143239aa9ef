import { isObject, objectOf } from '../data/json.ts';
import type { JsonObject, Source } from '../data/model.ts';
import { timestamp } from '../data/time.ts';
import { membersOf } from '../deployment/body-check.ts';
import type { EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Outcome } from '../deployment/outcome.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { hasCategories } from './categories.ts';
import { subject } from './lookup.ts';

/** The active production sources. */
export function listMcpServers(call: EnteredCall, { dialect }: Deployment): Outcome {
  const items = [...call.tenant.sources.values()]
    .filter((source) => source.environment === 'production' || dialect.lists.otherEnvironments === 'listed')
    .filter((source) => hasCategories(call, source.categories, dialect))
    .map((source) => sourceRow(source, dialect));
  return { kind: 'list', items, beside: { total: items.length } };
}

/** One source in full. */
export function getMcpServer(call: EnteredCall, { dialect }: Deployment): Outcome {
  return { kind: 'record', record: sourceRecord(subject(call.tenant.sources, call, 'mcpServerId'), dialect) };
}

/** Makes a source. Nothing deletes one. */
export function createMcpServer(call: EnteredCall, deployment: Deployment): Outcome {
  const sent = membersOf(call, deployment);
  const baseUrl = text(sent['baseUrl']);
  const source: Source = {
    id: deployment.newId('mcp'),
    name: text(sent['name']) ?? '',
    // Without an endpoint there is nothing to stream from, so the deployment hosts the source itself.
    transportType: text(sent['transportType']) ?? (baseUrl === null ? 'stdio_hosted' : 'streamable_http'),
    targetKind: text(sent['targetKind']) ?? 'mcp',
    baseUrl,
    categories: [],
    environment: text(sent['environment']) ?? 'production',
    connectionConfig: objectOf(sent['connectionConfig']),
    networkPolicy: objectOf(sent['networkPolicy']),
    hasAuthProfile: isObject(sent['authProfile']),
    createdAt: deployment.now(),
  };
  call.tenant.sources.set(source.id, source);
  return { kind: 'record', record: sourceRecord(source, deployment.dialect) };
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

/** A source over HTTP always shows a text, also one that was made without its endpoint. */
function shownBaseUrl(source: Source, dialect: Dialect): string | null {
  if (source.transportType !== 'stdio_hosted') return source.baseUrl ?? '';
  return dialect.hostedBaseUrl === 'null'
    ? null
    : (source.baseUrl ?? `https://hosted.example.com/${source.id}`);
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
