import type { Call, Reply } from '../call.ts';
import { has, reply } from '../call.ts';
import { notFound } from '../checks/refusals.ts';
import { isObject, textOr, type JsonObject } from '../json.ts';
import type { Source } from '../model.ts';
import { adorned, wrapped } from '../views/envelope.ts';
import { sourceRecord, sourceRow } from '../views/source.ts';
import { locate, visible } from './locate.ts';
import { byCategory } from './parameters.ts';

/** `GET /mcp-servers` */
export function listSources(call: Call): Reply {
  const listed = visible(call, 'sources').filter(
    ({ active, environment }) => active && (environment === 'production' || call.settings.otherEnvironments),
  );
  const rows = byCategory(call, listed).map((source) => sourceRow(call.settings, source));
  return reply(200, { rows, ...(call.settings.extras ? { total: rows.length, filters: {} } : {}) });
}

/** Whether the source of a call's id is there. */
export function hasSource(call: Call): boolean {
  return locate(call, 'sources') !== undefined;
}

/** `GET /mcp-servers/{id}` */
export function getSource(call: Call): Reply {
  const found = locate(call, 'sources');
  return found
    ? reply(200, wrapped(call, 'source', sourceRecord(call.settings, found.item)))
    : notFound(call);
}

function created(call: Call, source: Source): JsonObject {
  if (call.settings.created === 'bare') return { id: source.id };
  const record = sourceRecord(call.settings, source);
  if (call.settings.created === 'record') return wrapped(call, 'source', record);
  return adorned(call.settings, { id: source.id, created_by: { id: call.actor.id }, message: 'created' });
}

/** `POST /mcp-servers` */
export function createSource(call: Call): Reply {
  const { body, org, world } = call;
  const part = (name: string): JsonObject => {
    const value = body[name];
    return isObject(value) ? value : {};
  };
  const url = textOr(body['baseUrl'], '');
  const transportType = textOr(body['transportType'], url === '' ? 'stdio_hosted' : 'streamable_http');
  const source: Source = {
    id: world.newId('mcp'),
    name: textOr(body['name'], 'untitled'),
    transportType,
    targetKind: textOr(body['targetKind'], 'mcp'),
    baseUrl: url === '' && transportType === 'stdio_hosted' ? null : url,
    categories: [],
    environment: textOr(body['environment'], 'production'),
    active: true,
    createdAt: call.now,
    settings: { connectionConfig: part('connectionConfig'), networkPolicy: part('networkPolicy') },
  };
  if (has(call, 'source-replaces-previous'))
    org.sources = org.sources.filter((old) => old.createdAt < call.now - 3.6e6);
  if (!has(call, 'source-not-stored')) org.sources.push(source);
  return reply(201, created(call, source));
}
