import type { Choices } from '../axes/index.ts';
import { classifications, judgeModel, testerModels } from './catalogue.ts';
import type { CriterionResult, Run, ToolCall, Workflow } from './model.ts';
import type { Random } from './random.ts';

/** When a run is queued, starts and ends; milliseconds since the epoch. */
export interface Course {
  readonly queuedAt: number;
  readonly startsAt: number;
  readonly endsAt: number;
}

/** The course of a run that is queued now; a quick one is over within about a second, a slow one within four. */
export function courseFrom(now: number, pace: Choices['dispatch']['pace'], random: Random): Course {
  if (pace === 'at-once') return { queuedAt: now, startsAt: now, endsAt: now };
  const factor = pace === 'slow' ? 5 : 1;
  const startsAt = now + factor * random.integer(80, 250);
  return { queuedAt: now, startsAt, endsAt: startsAt + factor * random.integer(150, 500) };
}

export interface RunOrder {
  readonly id: string;
  readonly workflow: Workflow;
  readonly tools: readonly string[];
  readonly course: Course;
  readonly verdict: string;
  readonly trigger: Run['trigger'];
  readonly reason: string | null;
  readonly baselineRunId: string | null;
}

/** Makes a run with all that it will have done once it is over. */
export function makeRun(order: RunOrder, random: Random): Run {
  const { tools, course, ...run } = order;
  const toolCalls = Array.from({ length: random.integer(2, 5) }, (_, step) =>
    makeToolCall(tools, step, random),
  );
  const criteria = makeCriteria(order.workflow, order.verdict);
  const met = criteria.filter((criterion) => criterion.met).length;
  return {
    id: run.id,
    workflowId: run.workflow.id,
    workflowName: run.workflow.members.name,
    ...course,
    verdict: run.verdict,
    classification: run.verdict === 'pass' ? 'clean' : random.pick(classifications.slice(1)),
    model: random.pick(testerModels),
    trigger: run.trigger,
    reason: run.reason,
    baselineRunId: run.baselineRunId,
    costUsd: random.integer(8, 420) / 1000,
    judge: {
      model: judgeModel,
      score: Math.round((met / criteria.length) * 100) / 100,
      summary: `${met} of ${criteria.length} criteria are met.`,
    },
    criteria,
    toolCalls,
  };
}

function makeToolCall(tools: readonly string[], step: number, random: Random): ToolCall {
  const tool = random.pick(tools);
  const failed = random.chance(0.15);
  const reference = `ref-${random.integer(10_000, 99_999)}`;
  return {
    tool,
    arguments: { query: reference, limit: random.integer(1, 20) },
    result: failed ? { error: 'upstream timed out' } : { items: random.integer(0, 12), reference, step },
    failed,
    durationMs: random.integer(20, 1800),
  };
}

function makeCriteria(workflow: Workflow, verdict: string): CriterionResult[] {
  const wanted = workflow.members['criteria'];
  const texts = Array.isArray(wanted) ? wanted.map(criterionOf) : [];
  const criteria = texts.length > 0 ? texts : [{ text: 'The task of the prompt is done.', required: true }];
  return criteria.map(({ text, required }, index) => {
    const met = verdict === 'pass' || (verdict === 'partial' && index % 2 === 0);
    const excerpt = met ? 'Done: the record shows the change.' : 'I could not find a tool that does this.';
    return { text, required, met, excerpt };
  });
}

function criterionOf(criterion: unknown): { text: string; required: boolean } {
  const members = typeof criterion === 'object' && criterion !== null ? criterion : {};
  const text = 'criterionText' in members ? members.criterionText : undefined;
  const required = 'isRequired' in members ? members.isRequired : undefined;
  return { text: typeof text === 'string' ? text : '', required: required === true };
}
