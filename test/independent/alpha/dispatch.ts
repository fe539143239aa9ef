import { caller, flawed, type Exchange, type Reply } from './exchange.ts';
import { locateWorkflow } from './lookup.ts';
import type { Obj, Run, Workflow } from './model.ts';
import { ended, startRun, statusOf } from './run-state.ts';

/** The run that an earlier dispatch with the same key has made. */
function known(x: Exchange, slot: string): Run | undefined {
  const run = x.site.world.runs.get(x.site.world.idempotency.get(slot) ?? '');
  if (run === undefined) return undefined;
  return x.site.dialect.forgetsKeys && ended(statusOf(x, run)) ? undefined : run;
}

function inFlight(x: Exchange, workflow: Workflow): Run | undefined {
  for (const run of x.site.world.runs.values()) {
    if (run.live && run.workflowId === workflow.id && !ended(statusOf(x, run))) return run;
  }
  return undefined;
}

function slotOf(x: Exchange, workflow: Workflow, key: string): string {
  if (flawed(x, 'idempotency-across-workflows')) return `${caller(x).org.id} ${key}`;
  if (flawed(x, 'idempotency-across-organizations')) return key;
  if (flawed(x, 'idempotency-by-caller')) return `${caller(x).id} ${workflow.id} ${key}`;
  return `${workflow.id} ${key}`;
}

function answer(x: Exchange, run: Run, status: number): Reply {
  const state = statusOf(x, run);
  const more: Obj = x.site.dialect.extras
    ? { queuedAt: new Date(run.createdAt).toISOString(), position: 0 }
    : {};
  const id = flawed(x, 'dispatched-id-unknown') ? `${run.id.slice(0, -3)}000` : run.id;
  const bodies = {
    runId: { ...more, runId: id, status: state },
    run_id: { ...more, run_id: id },
    run: { ...more, run: { id, status: state, workflow: { id: run.workflowId } } },
    id: { ...more, id, status: state },
    decoy: { ...more, id: `job-${x.seq}`, status: 'queued', runId: id },
  };
  return { status, body: bodies[x.site.dialect.dispatched] };
}

/** `POST /workflows/{id}/runs` */
export async function dispatch(x: Exchange): Promise<Reply> {
  const workflow = locateWorkflow(x);
  const { idempotencyKey, forceNewRun, reason } = x.body;
  const force = forceNewRun === true && !flawed(x, 'force-ignored');
  const slot =
    typeof idempotencyKey === 'string' && !flawed(x, 'idempotency-ignored')
      ? slotOf(x, workflow, idempotencyKey)
      : '';
  const earlier = slot === '' || force ? undefined : known(x, slot);
  if (earlier !== undefined) return answer(x, earlier, x.site.dialect.replayStatus);
  if (flawed(x, 'idempotency-race')) await new Promise((done) => setTimeout(done, 30));
  if (x.site.dialect.dedupInFlight && slot === '' && !force) {
    const running = inFlight(x, workflow);
    if (running !== undefined) return answer(x, running, 202);
  }
  const run = startRun(x, workflow, typeof reason === 'string' ? reason : null);
  if (slot !== '') x.site.world.idempotency.set(slot, run.id);
  if (flawed(x, 'dispatched-for-another-workflow')) {
    const another = [...x.site.world.workflows.values()].find(
      (each) => each.orgId === run.orgId && each.id !== workflow.id,
    );
    run.workflowId = another?.id ?? run.workflowId;
  }
  return answer(x, run, 202);
}
