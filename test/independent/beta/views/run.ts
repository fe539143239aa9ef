import type { Call } from '../call.ts';
import type { JsonObject } from '../json.ts';
import { textOr } from '../json.ts';
import { endOf, startOf, statusAt, type Run } from '../model.ts';
import { adorned, cased, stamp, trimmed } from './envelope.ts';

function workflowName(call: Call, run: Run): string {
  for (const org of call.world.orgs) {
    const workflow = org.workflows.find(({ id }) => id === run.workflowId);
    if (workflow) return textOr(workflow.fields['name'], 'untitled');
  }
  return 'untitled';
}

function workflowRef(call: Call, run: Run): JsonObject {
  const name = workflowName(call, run);
  switch (call.settings.workflowRef) {
    case 'workflow':
      return { workflow: { id: run.workflowId, name } };
    case 'workflow_id':
      return { workflow_id: run.workflowId, workflow: name };
    default:
      return { workflowId: run.workflowId, workflowName: name };
  }
}

/** A run as a row of the list. */
export function runRow(call: Call, run: Run): JsonObject {
  const { settings, now } = call;
  const row: JsonObject = cased(settings, {
    id: run.id,
    status: statusAt(run, now),
    ...workflowRef(call, run),
    createdAt: stamp(settings, run.createdAt),
    startedAt: stamp(settings, startOf(run, now)),
    endedAt: stamp(settings, endOf(run, now)),
    model: run.model,
    reason: run.reason,
    trigger: run.trigger,
    classification: run.classification,
  });
  return adorned(settings, trimmed(settings, row, ['ended_at', 'endedAt', 'started_at', 'startedAt']));
}

/** A run's summary. */
export function runRecord(call: Call, run: Run): JsonObject {
  const status = statusAt(run, call.now);
  const ended = endOf(run, call.now) !== null;
  const result = ended ? { verdict: status, score: status === 'pass' ? 1 : 0.4, note: 'Prüfung: ✓' } : null;
  const more = cased(call.settings, {
    evaluatorOutput: result,
    costUsd: ended ? run.cost : 0,
    durationMs: ended ? run.endsAfter - run.startsAfter : null,
    workflowVersion: run.version,
    idempotencyKey: run.idempotencyKey,
  });
  return { ...runRow(call, run), ...more };
}
