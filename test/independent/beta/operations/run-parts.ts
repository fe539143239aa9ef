import type { Call, Reply } from '../call.ts';
import { reply } from '../call.ts';
import { notFound } from '../checks/refusals.ts';
import type { Json, JsonObject } from '../json.ts';
import { endOf, type Run, startOf, statusAt } from '../model.ts';
import { cased, listed, stamp, wrapped } from '../views/envelope.ts';
import { locate } from './locate.ts';

const tools = ['search_orders', 'create_refund', 'kunde_öffnen'] as const;

function toolCalls(call: Call, run: Run): JsonObject[] {
  const start = startOf(run, call.now);
  if (start === null) return [];
  return tools.map((tool, index) =>
    cased(call.settings, {
      toolName: tool,
      arguments: index === 1 ? {} : { query: `№ ${index}`, limit: 10 },
      resultBody:
        index === 2 && run.classification === 'tool_error' ? { error: 'timeout' } : { items: [index] },
      durationMs: 12.5 + index * 31,
      startedAt: stamp(call.settings, start + index * 100),
    }),
  );
}

function spans(call: Call, run: Run): JsonObject[] {
  const start = startOf(run, call.now);
  if (start === null) return [];
  return ['plan', 'act', 'answer'].map((name, index) =>
    cased(call.settings, {
      spanId: `${index + 1}`,
      parentSpanId: index === 0 ? null : '1',
      name,
      startedAt: stamp(call.settings, start + index * 100),
      attributes: { authorization: '[redacted]', tokens: 100 + index },
    }),
  );
}

/** `GET /runs/{id}/trace` */
export function getTrace(call: Call): Reply {
  const run = locate(call, 'runs')?.item;
  if (!run) return notFound(call);
  const trace = cased(call.settings, { runId: run.id, redacted: true, toolCalls: toolCalls(call, run) });
  return reply(200, wrapped(call, 'trace', { ...trace, spans: spans(call, run) }));
}

/** `GET /runs/{id}/evaluation` */
export function getEvaluation(call: Call): Reply {
  const run = locate(call, 'runs')?.item;
  if (!run) return notFound(call);
  const status = statusAt(run, call.now);
  const done = endOf(run, call.now) !== null;
  const criteria: Json[] = ['The order is named.', 'No more than three calls.'].map((criterionText, index) =>
    cased(call.settings, {
      criterionText,
      isRequired: index === 0,
      result: done ? (status === 'pass' || index === 1 ? 'met' : 'unmet') : 'pending',
      excerpts: done ? [`… „Order 1182“ was refunded (${index}) …`] : [],
    }),
  );
  const body = cased(call.settings, {
    runId: run.id,
    verdict: done ? status : 'pending',
    judgeModel: 'claude-opus-4',
    criteria,
    excerpts: done ? ['“done”'] : [],
  });
  return reply(200, body);
}

/** `GET /runs/{id}/tool-calls` */
export function getToolCalls(call: Call): Reply {
  const run = locate(call, 'runs')?.item;
  return run ? reply(200, listed(call, 'toolCalls', toolCalls(call, run))) : notFound(call);
}
