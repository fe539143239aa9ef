import { listBody, recordBody } from './envelope.ts';
import type { Exchange, Reply } from './exchange.ts';
import { locate } from './lookup.ts';
import type { Obj, Run } from './model.ts';
import { ended, statusOf } from './run-state.ts';

function calls(x: Exchange, run: Run): Obj[] {
  if (statusOf(x, run) === 'pending') return [];
  return ['search_docs', 'create_refund', 'get_invoice'].map((tool, at) => ({
    id: `call-${at}`,
    toolName: tool,
    arguments: { query: `Größe ${at}`, limit: at + 1 },
    result: at === 1 ? { error: { code: 'not_found', message: 'no such order' } } : { rows: [at, at + 1] },
    durationMs: 120 + at * 31,
  }));
}

/** `GET /runs/{id}/trace` */
export function readTrace(x: Exchange): Reply {
  const run = locate(x, x.site.world.runs);
  const toolCalls = calls(x, run).map(({ id, toolName }) => ({ id, toolName, spanId: `span-${String(id)}` }));
  const record: Obj = {
    runId: run.id,
    spans: [
      {
        id: 'span-0',
        name: 'agent.turn',
        attributes: { authorization: '[redacted]' },
        startMs: 0,
        endMs: 900,
      },
      { id: 'span-1', parentId: 'span-0', name: 'tool.call', startMs: 40, endMs: 160 },
    ],
    toolCalls,
  };
  return { status: 200, body: recordBody(x, 'trace', record) };
}

/** `GET /runs/{id}/evaluation` */
export function readEvaluation(x: Exchange): Reply {
  const run = locate(x, x.site.world.runs);
  const over = ended(statusOf(x, run));
  const record: Obj = {
    runId: run.id,
    criteria: over
      ? [
          {
            criterionText: 'The agent answers',
            passed: run.status === 'pass',
            excerpts: ['… the order was refunded …'],
          },
        ]
      : [],
    verdict: over
      ? { outcome: statusOf(x, run), model: 'judge-1', rationale: 'It did what was asked.' }
      : null,
    excerpts: over ? ['… the order was refunded …'] : [],
  };
  return { status: 200, body: recordBody(x, 'evaluation', record) };
}

/** `GET /runs/{id}/tool-calls` */
export function readToolCalls(x: Exchange): Reply {
  return { status: 200, body: listBody(x, 'toolCalls', calls(x, locate(x, x.site.world.runs))) };
}
