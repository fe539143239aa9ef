import type { JsonObject } from '../json.ts';
import type { Source } from '../model.ts';
import type { Settings } from '../settings.ts';
import { adorned, stamp } from './envelope.ts';

/** A source as a row of the list. */
export function sourceRow(settings: Settings, source: Source): JsonObject {
  return adorned(settings, {
    id: source.id,
    name: source.name,
    transport_type: source.transportType,
    base_url: source.baseUrl,
    categories: [...source.categories],
  });
}

/** A source in full. */
export function sourceRecord(settings: Settings, source: Source): JsonObject {
  return {
    ...sourceRow(settings, source),
    target_kind: source.targetKind,
    environment: source.environment,
    status: source.active ? 'active' : 'inactive',
    created_at: stamp(settings, source.createdAt),
    connection_config: source.settings['connectionConfig'] ?? {},
    network_policy: source.settings['networkPolicy'] ?? {},
  };
}
