import { sourceTemplates } from '../data/catalogue.ts';
import { isObject } from '../data/json.ts';
import type { Session, Topic } from '../data/model.ts';
import { days, minutes } from '../data/time.ts';
import type { Desk } from './desk.ts';

/** A colleague keeps so many workflows at most, and makes so many sources: nothing deletes a source. */
const mostWorkflows = 8;
const mostSources = 3;
/** Runs and sessions that are retired at most, so that lists keep something to show. */
const mostRetired = 25;

/** Makes a workflow on a source that was there before. */
export function makeOne(desk: Desk): void {
  const { deployment, seededSources, ownWorkflows, count } = desk;
  if (ownWorkflows.length >= mostWorkflows) return archiveOne(desk);
  const { random } = deployment;
  const { tasks } = random.pick(sourceTemplates);
  const [name, testerPrompt] = random.pick(tasks);
  count.made += 1;
  const made = desk.act(
    'createWorkflow',
    {},
    {
      name: `${name} (${count.made})`,
      testerPrompt,
      mcpServerId: random.pick(seededSources),
      ...(random.chance(0.3) ? { schedule: scheduleSeen(desk) } : {}),
    },
  );
  if (typeof made?.['id'] === 'string') ownWorkflows.push(made['id']);
}

/** Changes a workflow of its own. */
export function changeOne(desk: Desk): void {
  const workflowId = ownWorkflow(desk);
  if (workflowId === undefined) return makeOne(desk);
  const { random } = desk.deployment;
  const changes = [
    { description: `Reviewed ${random.integer(2, 99)} times.` },
    { name: `Renamed ${random.integer(100, 999)}` },
    { schedule: null },
    { testerPrompt: 'Try again, and say what is missing.' },
  ];
  desk.act('updateWorkflow', { workflowId }, random.pick(changes));
}

/** Archives a workflow of its own. */
export function archiveOne(desk: Desk): void {
  const workflowId = ownWorkflow(desk);
  if (workflowId === undefined) return makeOne(desk);
  desk.act('archiveWorkflow', { workflowId });
  desk.ownWorkflows.splice(desk.ownWorkflows.indexOf(workflowId), 1);
}

/** Dispatches a workflow of its own, or one that was there before and still is. */
export function dispatchOne(desk: Desk): void {
  const { deployment, tenant, seededWorkflows, ownWorkflows } = desk;
  const active = seededWorkflows.filter((id) => tenant.workflows.get(id)?.archivedAt === null);
  const candidates = [...ownWorkflows, ...active];
  if (candidates.length === 0) return makeOne(desk);
  const { random } = deployment;
  const number = random.integer(1000, 99_999);
  const body = random.chance(0.3) ? { idempotencyKey: `deploy-${number}` } : { reason: `deploy ${number}` };
  desk.act('dispatchRun', { workflowId: random.pick(candidates) }, body);
}

/** Gives a topic another label or flag, and lets those alone that somebody else has changed. */
export function editTopic(desk: Desk): void {
  const { deployment, tenant, topics } = desk;
  const untouched = [...topics.values()].filter((known) => isSame(known, tenant.topics.get(known.id)));
  if (untouched.length === 0) return;
  const { random } = deployment;
  const topic = random.pick(untouched);
  const change = random.chance(0.5)
    ? { label: `${topic.label.replace(/ \(\d+\)$/, '')} (${random.integer(2, 99)})` }
    : { is_unmet_demand: !topic.isUnmetDemand };
  desk.act('updateTopic', { topicId: topic.id }, change);
  const changed = tenant.topics.get(topic.id);
  if (changed !== undefined) topics.set(topic.id, changed);
}

/** An agent of the organization has been at work. */
export function addSession({ deployment, tenant }: Desk): void {
  const { random, newId, now } = deployment;
  const template = random.pick(sourceTemplates);
  const startedAt = now() - random.integer(1, 5) * minutes;
  const session: Session = {
    id: newId('sess'),
    key: `agent-${random.integer(10_000, 99_999)}`,
    intent: random.pick(template.intents),
    sourceId: [...tenant.sources.values()].find(({ name }) => name === template.name)?.id ?? null,
    actorId: null,
    client: 'cursor',
    startedAt,
    events: [{ at: startedAt, tool: random.pick(template.tools), runId: null, failed: random.chance(0.2) }],
  };
  tenant.sessions.set(session.id, session);
}

/** The oldest run and the oldest session of more than a day are listed no longer; by their ids they can be read. */
export function retire({ deployment, tenant, count }: Desk): void {
  if (count.retired >= mostRetired) return;
  count.retired += 1;
  const before = deployment.now() - days;
  const oldRun = oldest([...tenant.runs.values()], ({ queuedAt }) => queuedAt);
  if (oldRun !== undefined && oldRun.queuedAt < before) tenant.unlisted.add(oldRun.id);
  const oldSession = oldest([...tenant.sessions.values()], ({ startedAt }) => startedAt);
  if (oldSession !== undefined && oldSession.startedAt < before) tenant.unlisted.add(oldSession.id);

  function oldest<T extends { readonly id: string }>(
    all: readonly T[],
    time: (one: T) => number,
  ): T | undefined {
    return all.filter(({ id }) => !tenant.unlisted.has(id)).toSorted((a, b) => time(a) - time(b))[0];
  }
}

/** Makes a source, a few times in all. */
export function addSource(desk: Desk): void {
  const { deployment, count } = desk;
  if (count.sources >= mostSources) return dispatchOne(desk);
  count.sources += 1;
  const name = `Sandbox ${deployment.random.integer(10, 99)}`;
  desk.act('createMcpServer', {}, { name, baseUrl: `https://sandbox-${count.sources}.example.com/mcp` });
}

/** A schedule as others of the organization have one: what is inside is the deployment's own. */
function scheduleSeen({ tenant }: Desk): unknown {
  return [...tenant.workflows.values()].map(({ members }) => members['schedule']).find(isObject) ?? {};
}

function ownWorkflow({ ownWorkflows, deployment }: Desk): string | undefined {
  return ownWorkflows.length === 0 ? undefined : deployment.random.pick(ownWorkflows);
}

function isSame(known: Topic, now: Topic | undefined): boolean {
  return (
    now !== undefined &&
    now.label === known.label &&
    now.isUnmetDemand === known.isUnmetDemand &&
    !now.archived
  );
}
