import { objectsOf } from '../data/json.ts';
import type { JsonObject } from '../data/model.ts';
import type { Dialect, Shape } from '../dialects/dialect.ts';
import { membersIn, unchanged } from './members.ts';
import { grouping, renaming, sequence, valuing, without, type Rewrite } from './rewrite.ts';

/** What a dialect makes of a row of runs: it names its workflow in the one way that was chosen. */
export function runRowIn(dialect: Dialect): Rewrite {
  const lean = without(
    'workflowName',
    'classification',
    'model',
    'queuedAt',
    'startedAt',
    'endedAt',
    'costUsd',
  );
  return namingItsWorkflow(
    dialect,
    sequence(
      dialect.lists.runRows === 'lean' ? lean : unchanged,
      figuresIn(dialect),
      membersIn(dialect, 'row'),
    ),
  );
}

/** What a dialect makes of the summary of a run. */
export function runRecordIn(dialect: Dialect): Rewrite {
  return namingItsWorkflow(
    dialect,
    sequence(figuresIn(dialect), wordsIn(dialect), membersIn(dialect, 'record')),
  );
}

/** The workflow is taken out before members get other names, and put back under its own. */
function namingItsWorkflow({ names }: Dialect, rewrite: Rewrite): Rewrite {
  return ({ workflowId, workflowName, ...run }) => {
    const rewritten = rewrite(run);
    const name = workflowName === undefined ? {} : { name: workflowName };
    switch (names.runWorkflow) {
      case 'workflowId':
        return {
          ...rewritten,
          workflowId,
          ...(workflowName === undefined ? {} : { [nameOf(names.members)]: workflowName }),
        };
      case 'workflow_id':
        return {
          ...rewritten,
          workflow_id: workflowId,
          ...(workflowName === undefined ? {} : { workflow_name: workflowName }),
        };
      case 'workflow.id':
        return { ...rewritten, workflow: { id: workflowId, ...name } };
    }
  };
}

function nameOf(members: Dialect['names']['members']): string {
  return members === 'snake_case' ? 'workflow_name' : 'workflowName';
}

/** What is not known yet stays null. */
function known(change: (value: unknown) => unknown): (value: unknown) => unknown {
  return (value) => (value === null ? null : change(value));
}

function figuresIn({ runs }: Dialect): Rewrite {
  switch (runs.figures) {
    case 'plain':
      return unchanged;
    case 'texts':
      return valuing({ costUsd: known((cost) => `$${Number(cost).toFixed(3)}`) });
    case 'objects':
      return valuing({
        costUsd: known((amount) => ({ amount, currency: 'USD' })),
        model: known((id) => ({ id, provider: 'example' })),
      });
  }
}

function wordsIn({ names }: Dialect): Rewrite {
  switch (names.run) {
    case 'plain':
      return unchanged;
    case 'other-words':
      return renaming({
        startedAt: 'began',
        endedAt: 'finished',
        model: 'tester',
        evaluator: 'verdicts',
        costUsd: 'price',
      });
    case 'grouped':
      return sequence(
        grouping('agent', { model: 'model', toolCallCount: 'calls' }),
        grouping('price', { costUsd: 'usd' }),
      );
  }
}

/** The answer to a dispatch: the id of the run in one of the places where it may stand. */
export function dispatchedIn(dialect: Dialect): Shape {
  return (outcome) => {
    if (outcome.kind === 'list') return outcome.items;
    const { runId, status, workflowId, replayed, ...rest } = outcome.record;
    const told = toldBeside(dialect, { status, workflowId, replayed });
    const more = { ...rest, ...told };
    switch (dialect.names.dispatchedRun) {
      case 'runId':
        return { runId, ...more };
      case 'run_id':
        return { run_id: runId, ...more };
      case 'id':
        return { id: runId, ...more };
      case 'run.id':
        return { run: { id: runId }, ...more };
      case 'run.id-beside-another':
        return { id: 'dispatch_17', run: { id: runId }, ...more };
    }
  };
}

function toldBeside({ dispatch }: Dialect, told: JsonObject): JsonObject {
  switch (dispatch.answer) {
    case 'status':
      return told;
    case 'only-id':
      return {};
    case 'more':
      return { ...told, object: 'dispatch', warnings: [] };
  }
}

/** A trace as the list of its spans. */
export const spans: Shape = (outcome) =>
  outcome.kind === 'record' ? outcome.record['spans'] : outcome.items;

/** An evaluation as a list: the verdict first, then a member for each criterion. */
export const verdicts: Shape = (outcome) => {
  if (outcome.kind === 'list') return outcome.items;
  const { criteria, ...verdict } = outcome.record;
  return [verdict, ...objectsOf(criteria)];
};
