/** The documented filters of search_runs: each row that comes back is one that was asked for. */
import { memberAt, valuesOf, itemLists, firstMember } from '../../../check/members.ts';
import type { Reply } from '../../../mcp/door.ts';
import type { CaseContext } from '../../case-context.ts';
import { Inconclusive } from '../../stop.ts';
import { describeTaken } from '../../../oracle/mcp.ts';
import { text, type Scenario } from '../scenario.ts';
import { call, mcpOperation, stageOf, valueOfReply, type Stage } from './stage.ts';

/** How many rows come at most without a limit (page "Triage tools"). */
const usualLimit = 20;

function rowsOf(reply: Reply): readonly unknown[] {
  return itemLists(valueOfReply(reply), ['runs', 'rows', 'items'])[0]?.items ?? [];
}

async function search(stage: Stage, given: Readonly<Record<string, unknown>>, by: string): Promise<Reply> {
  const reply = await call(stage, mcpOperation(stage, 'search_runs'), by, { given });
  if (reply.taken.kind === 'done') return reply;
  throw new Inconclusive(
    `search_runs with ${JSON.stringify(given)} got ${describeTaken(reply.taken)}`,
    'See the access cases of search_runs.',
  );
}

/** No row is one that the filter leaves out. */
export const filtered: Scenario = async (context, planned, parameters) => {
  const stage = await stageOf(context);
  const by = planned.credential;
  switch (text(parameters, 'filter')) {
    case 'limit': {
      const reply = await search(stage, { limit: 2 }, by);
      if (rowsOf(reply).length > 2) tell(context, reply, 'at most 2 rows', `${rowsOf(reply).length} rows`);
      const usual = await search(stage, {}, by);
      const count = rowsOf(usual).length;
      if (count > usualLimit) tell(context, usual, `at most ${usualLimit} rows`, `${count} rows`);
      return;
    }
    case 'status': {
      for (const status of ['pass', 'fail']) {
        const reply = await search(stage, { status, limit: 100 }, by);
        const other = rowsOf(reply).find((row) => {
          const own = firstMember(row, ['status', 'run.status']);
          return typeof own === 'string' && own !== status;
        });
        if (other !== undefined)
          tell(context, reply, `runs that are ${status}`, String(memberAt(other, 'status')));
      }
      return;
    }
    case 'workflowId': {
      const runs = await context.run.inventory.items('run');
      const owner = runs.map(({ value }) =>
        firstMember(value, ['workflowId', 'workflow_id', 'workflow.id']),
      )[0];
      if (typeof owner !== 'string')
        throw new Inconclusive('no listed run names its workflow', 'See listRuns.');
      const reply = await search(stage, { workflowId: owner, limit: 100 }, by);
      const other = rowsOf(reply).find((row) => {
        const own = firstMember(row, ['workflowId', 'workflow_id', 'workflow.id']);
        return typeof own === 'string' && own !== owner;
      });
      if (other !== undefined) tell(context, reply, 'runs of the asked workflow', 'a run of another');
      return;
    }
    default:
      return times(stage, by, text(parameters, 'filter'));
  }
};

/** A row that started strictly outside; the very instant and what has not started are left open. */
async function times(stage: Stage, by: string, filter: string): Promise<void> {
  const all = rowsOf(await search(stage, { limit: 100 }, by));
  const starts = all.flatMap((row) => startOf(row) ?? []).toSorted((a, b) => a - b);
  const middle = starts[Math.floor(starts.length / 2)];
  if (middle === undefined) throw new Inconclusive('no row tells when its run started', 'See search_runs.');
  const reply = await search(stage, { [filter]: new Date(middle).toISOString(), limit: 100 }, by);
  const outside = rowsOf(reply).find((row) => {
    const start = startOf(row);
    return start !== undefined && (filter === 'before' ? start > middle + 1_000 : start < middle - 1_000);
  });
  if (outside === undefined) return;
  tell(
    stage.context,
    reply,
    `runs that started ${filter} ${new Date(middle).toISOString()}`,
    new Date(startOf(outside) ?? 0).toISOString(),
  );
}

function startOf(row: unknown): number | undefined {
  const values = ['startedAt', 'started_at', 'startTime', 'start', 'startsAt'].flatMap((name) =>
    valuesOf(row, name, 2),
  );
  const [time] = values.filter((value) => typeof value === 'string').map((value) => Date.parse(value));
  return time === undefined || Number.isNaN(time) ? undefined : time;
}

function tell(context: CaseContext, { sent }: Reply, expected: string, actual: string): void {
  context.fail(
    'mcp-filter',
    'filter',
    'A filter of search_runs lets through what it leaves out.',
    { expected, actual },
    sent,
  );
}

/** With telemetry a call gives what it gives without. */
export const telemetryIgnored: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const run = await context.run.inventory.listedId('run', true);
  const valueFor: Stage['valueFor'] = async (content) => (content === 'run' ? run : stage.valueFor(content));
  const operation = mcpOperation(stage, 'inspect_run');
  const plain = await call(stage, operation, planned.credential, { valueFor });
  const told = await call(stage, operation, planned.credential, {
    valueFor,
    given: { telemetry: { intent: 'look at a run' } },
  });
  if (plain.taken.kind !== 'done' || told.taken.kind === 'unclear') return;
  const same = JSON.stringify(valueOfReply(plain)) === JSON.stringify(valueOfReply(told));
  if (told.taken.kind === 'done' && same) return;
  context.fail(
    'mcp-telemetry',
    told.taken.kind === 'done' ? 'disagreement' : 'status',
    'telemetry changes the outcome of a call.',
    { expected: 'what comes without it', actual: describeTaken(told.taken) },
    told.sent,
  );
};
