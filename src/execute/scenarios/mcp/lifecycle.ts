/** From a proposal to a version: REST shows nothing before the apply, and the change after it. */
import { canonicalJson, holdsText, valuesOf } from '../../../check/members.ts';
import { describeTaken } from '../../../oracle/mcp.ts';
import { planAt } from '../../../plan/request.ts';
import { Inconclusive } from '../../stop.ts';
import type { Scenario } from '../scenario.ts';
import { textOfResource } from './contents.ts';
import { readResource } from './operate.ts';
import { proposed } from './proposals.ts';
import { call, mcpOperation, stageOf, versionOf, workflowOverRest, type Stage } from './stage.ts';

/** A proposal leaves the workflow as it was, and is stored with what it proposes. */
export const staged: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const workflow = await stage.workflow();
  const before = await workflowOverRest(stage, workflow);
  const { id, reply } = await proposed(stage, planned.credential);
  const after = await workflowOverRest(stage, workflow);
  if (holdsText(after, context.marker) || versionsDiffer(before, after)) {
    context.fail(
      'mcp-proposal-changes-nothing',
      'effect',
      'A proposal that was not applied changed its workflow.',
      { expected: 'the workflow as it was', actual: 'another version, or the change' },
      reply.sent,
    );
  }
  const read = await readResource(stage, mcpOperation(stage, 'proposal'), planned.credential, id);
  const text = textOfResource(read) ?? '';
  if (read.taken.kind === 'done' && text.includes(context.marker)) return;
  context.fail(
    'mcp-proposal-readable',
    'missing',
    'A staged proposal cannot be read as a resource that holds what it changes.',
    {
      expected: 'its diff',
      actual: read.taken.kind === 'done' ? text.slice(0, 200) : describeTaken(read.taken),
    },
    read.sent,
  );
};

function versionsDiffer(before: unknown, after: unknown): boolean {
  const [old] = valuesOf(before, 'currentVersion', 2);
  const [now] = valuesOf(after, 'currentVersion', 2);
  return canonicalJson(old ?? null) !== canonicalJson(now ?? null);
}

async function applied(
  stage: Stage,
  by: string,
): Promise<{ readonly workflow: string; readonly before: unknown }> {
  const workflow = await stage.workflow();
  const before = await versionOf(stage, workflow);
  const { id } = await proposed(stage, by);
  const reply = await call(stage, mcpOperation(stage, 'apply_workflow_change'), by, {
    valueFor: async (content) => (content === 'proposal' ? id : stage.valueFor(content)),
  });
  if (reply.taken.kind === 'done') return { workflow, before };
  throw new Inconclusive(
    `no proposal could be applied by ${by}: ${describeTaken(reply.taken)}`,
    'See the access cases of apply_workflow_change.',
  );
}

/** An applied proposal is a new version over REST, which holds what was proposed; an update over REST makes another. */
export const versions: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const { run } = context;
  const { workflow, before } = await applied(stage, planned.credential);
  const shown = await workflowOverRest(stage, workflow);
  const after = await versionOf(stage, workflow);
  if (canonicalJson(before) === canonicalJson(after) || !holdsText(shown, context.marker)) {
    context.fail(
      'mcp-apply-new-version',
      'state',
      'An applied proposal is not the new version that REST shows.',
      {
        expected: 'another currentVersion, and what was proposed',
        actual: holdsText(shown, context.marker) ? `still ${canonicalJson(after)}` : 'the old members',
      },
    );
    return;
  }
  const update = run.operation(run.contract.resources['workflow']?.update ?? '');
  await context.send(planAt(update, planned.credential, workflow, { body: { description: 'over REST' } }), {
    made: { workflow },
  });
  const later = await versionOf(stage, workflow);
  if (canonicalJson(later) !== canonicalJson(after)) return;
  context.fail(
    'mcp-apply-new-version',
    'state',
    'An update over REST of what was applied over MCP makes no version of its own.',
    { expected: 'another currentVersion', actual: canonicalJson(later) },
  );
};

/** A proposal that a role may stage and not apply is applied by one that may. */
export const appliedByAnother: Scenario = async (context, planned) => {
  const stage = await stageOf(context);
  const { id } = await proposed(stage, planned.credential);
  const reply = await call(stage, mcpOperation(stage, 'apply_workflow_change'), stage.highest, {
    valueFor: async (content) => (content === 'proposal' ? id : stage.valueFor(content)),
  });
  if (reply.taken.kind === 'done') return;
  context.fail(
    'mcp-proposal-readable',
    'missing',
    'A proposal that one role staged cannot be applied by another that may.',
    { expected: 'a result', actual: describeTaken(reply.taken) },
    reply.sent,
  );
};
