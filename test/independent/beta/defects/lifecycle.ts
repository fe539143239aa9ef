import { reply, type Call, type OperationName } from '../call.ts';
import { notFound } from '../checks/refusals.ts';
import type { Json, JsonObject } from '../json.ts';
import { recordIn, rowsIn } from '../json.ts';
import type { Workflow } from '../model.ts';
import { facts } from './facts.ts';
import { on, pause, plant } from './hooks.ts';
import type { Seed } from './seed.ts';

const mine = (call: Call): Workflow | undefined => call.org.workflows.find(({ id }) => id === call.id);
const young = (call: Call, at: number): boolean => call.now - at < 3.6e6;

function after(
  id: string,
  fact: string,
  name: OperationName,
  where: string,
  then: (call: Call, before: JsonObject) => void,
): Seed {
  return plant(id, fact, where, {
    around: (call, run) => {
      if (!on(call, name)) return run();
      const before = { ...mine(call)?.fields };
      const made = run();
      then(call, before);
      return made;
    },
  });
}

function keep(id: string, where: string, name: string): Seed {
  return after(id, facts.patch, 'workflows.update', where, (call, before) => {
    const workflow = mine(call);
    if (workflow && name in call.body) workflow.fields = { ...workflow.fields, [name]: before[name] ?? null };
  });
}

function lose(id: string, where: string, name: string): Seed {
  return after(id, facts.optional, 'workflows.update', where, (call) => {
    const workflow = mine(call);
    if (workflow && !(name in call.body)) workflow.fields = { ...workflow.fields, [name]: null };
  });
}

/** Defects of what is written and what becomes of it. */
export const lifecycleSeeds: readonly Seed[] = [
  plant('source-not-stored', facts.sourceMade, 'POST /mcp-servers: neither listed nor readable'),
  plant('source-replaces-previous', facts.sourceMade, 'POST /mcp-servers: the source made before it is lost'),
  plant('source-made-unlisted', facts.sourceMade, 'POST /mcp-servers: readable by id, not listed', {
    reply: (call, { status, body }) => {
      if (status !== 200 || !on(call, 'sources.list')) return undefined;
      const made = call.org.sources
        .filter(({ createdAt }) => young(call, createdAt))
        .map(({ id }): Json => id);
      return reply(200, { rows: rowsIn(body).filter(({ id }) => id === undefined || !made.includes(id)) });
    },
  }),
  plant('source-made-unreadable', facts.sourceMade, 'POST /mcp-servers: listed, 404 by id', {
    reply: (call) =>
      on(call, 'sources.get') &&
      call.org.sources.some(({ id, createdAt }) => id === call.id && young(call, createdAt))
        ? notFound(call)
        : undefined,
  }),
  plant(
    'source-made-id-other',
    facts.sourceMade,
    'POST /mcp-servers: the answer has another id than the source',
    {
      reply: (call, { status, body }) => {
        if (status === 201 && on(call, 'sources.create')) recordIn(body)['id'] = call.world.newId('mcp');
      },
    },
  ),
  plant(
    'source-created-no-categories',
    facts.sources,
    'GET /mcp-servers: sources made by the API have no `categories`',
    {
      reply: (call, { status, body }) => {
        if (status !== 200 || !on(call, 'sources.list')) return;
        const made = call.org.sources
          .filter(({ createdAt }) => young(call, createdAt))
          .map(({ id }): Json => id);
        for (const row of rowsIn(body))
          if (row['id'] !== undefined && made.includes(row['id'])) delete row['categories'];
      },
    },
  ),
  plant('source-race-lost', facts.sourceMade, 'POST /mcp-servers: of two at once, one is lost', {
    around: async (call, run) => {
      if (!on(call, 'sources.create')) return run();
      const shelf = [...call.org.sources];
      await pause(6);
      call.org.sources = shelf;
      return run();
    },
  }),
  plant('workflow-created-unlisted', facts.workflowMade, 'POST /workflows: the workflow is not listed'),
  plant('workflow-schedule-dropped', facts.workflowMade, 'POST /workflows: `schedule` is not kept'),
  plant(
    'workflow-created-twice',
    facts.workflowMade,
    'POST /workflows: every third makes nothing and answers with the one before',
    {
      around: (call, run) => {
        if (!on(call, 'workflows.create')) return run();
        const last = call.memory.get('last made');
        const turn = Number(call.memory.get('made') ?? 0) + 1;
        call.memory.set('made', turn);
        if (turn % 3 === 0 && typeof last === 'string') return reply(201, JSON.parse(last));
        const made = run();
        if (made.status === 201) call.memory.set('last made', JSON.stringify(made.body));
        return made;
      },
    },
  ),
  plant('workflow-race-lost', facts.workflowMade, 'POST /workflows: of two at once, one is lost', {
    around: async (call, run) => {
      if (!on(call, 'workflows.create')) return run();
      const shelf = [...call.org.workflows];
      await pause(6);
      call.org.workflows = shelf;
      return run();
    },
  }),
  plant('update-version-stays', facts.patch, 'PATCH workflow: `currentVersion` does not change'),
  plant(
    'update-metadata-no-version',
    facts.patch,
    'PATCH workflow with `metadata` alone: `currentVersion` does not change',
  ),
  after(
    'update-second-version',
    facts.patch,
    'workflows.update',
    'PATCH workflow: from the second one on no new version',
    (call) => {
      const workflow = mine(call);
      if (workflow && call.memory.has(`updated ${call.id}`))
        workflow.version = Number(call.memory.get(`updated ${call.id}`));
      else if (workflow) call.memory.set(`updated ${call.id}`, workflow.version);
    },
  ),
  after(
    'update-version-not-kept',
    facts.patch,
    'workflows.update',
    'PATCH workflow: the new version is answered, GET shows the one before',
    (call) => {
      const workflow = mine(call);
      if (workflow) workflow.version -= 1;
    },
  ),
  keep('update-name-not-kept', 'PATCH workflow: `name` is answered but not kept', 'name'),
  keep('update-prompt-not-kept', 'PATCH workflow: `testerPrompt` is not kept', 'testerPrompt'),
  keep('update-schedule-not-kept', 'PATCH workflow: `schedule` is not kept', 'schedule'),
  after(
    'update-null-schedule-ignored',
    facts.patchNull,
    'workflows.update',
    '`schedule: null` leaves the schedule as it was',
    (call, before) => {
      const workflow = mine(call);
      if (workflow && call.body['schedule'] === null)
        workflow.fields = { ...workflow.fields, schedule: before['schedule'] ?? null };
    },
  ),
  lose('update-loses-schedule', 'PATCH workflow without `schedule` makes it manual-only', 'schedule'),
  lose('update-loses-name', 'PATCH workflow without `name` clears the name', 'name'),
  after(
    'update-touches-neighbour',
    facts.patch,
    'workflows.update',
    'PATCH workflow renames the next workflow too',
    (call) => {
      const { workflows } = call.org;
      const next = workflows[workflows.findIndex(({ id }) => id === call.id) + 1] ?? workflows[0];
      const name = call.body['name'];
      if (next && typeof name === 'string') next.fields = { ...next.fields, name };
    },
  ),
  plant('update-race-lost', facts.patch, 'two PATCHes of one workflow at once: one is lost', {
    around: async (call, run) => {
      const workflow = mine(call);
      if (!workflow || !on(call, 'workflows.update')) return run();
      const { fields, version } = workflow;
      await pause(6);
      Object.assign(workflow, { fields, version });
      return run();
    },
  }),
  plant('update-race-version', facts.patch, 'two PATCHes of one workflow at once get the same version', {
    around: async (call, run) => {
      const workflow = mine(call);
      if (!workflow || !on(call, 'workflows.update')) return run();
      const { version } = workflow;
      await pause(6);
      workflow.version = version;
      return run();
    },
  }),
  plant('archive-without-effect', facts.archive, 'DELETE workflow: still listed'),
  plant(
    'archive-listed-by-category',
    facts.workflows,
    'an archived workflow is listed where `category` is asked',
    {
      around: (call, run) => {
        if (!on(call, 'workflows.list') || !(call.query.has('category') || call.query.has('categorySlug')))
          return run();
        const gone = call.org.workflows.filter(({ archived }) => archived);
        for (const workflow of gone) workflow.archived = false;
        const made = run();
        for (const workflow of gone) workflow.archived = true;
        return made;
      },
    },
  ),
  plant('archive-returns', facts.archive, 'an archived workflow is listed again when another is written', {
    around: (call, run) => {
      if (on(call, 'workflows.create', 'workflows.update'))
        for (const workflow of call.org.workflows) workflow.archived = false;
      return run();
    },
  }),
  plant(
    'archive-returns-later',
    facts.archive,
    'an archived workflow is listed again from the third listing on',
    {
      around: (call, run) => {
        const made = run();
        if (!on(call, 'workflows.list')) return made;
        for (const workflow of call.org.workflows.filter(({ archived }) => archived)) {
          const seen = Number(call.memory.get(workflow.id) ?? 0) + 1;
          call.memory.set(workflow.id, seen);
          if (seen >= 2) workflow.archived = false;
        }
        return made;
      },
    },
  ),
  plant('archive-takes-neighbour', facts.archive, 'DELETE workflow archives the one made before it too', {
    around: (call, run) => {
      const { workflows } = call.org;
      const before = workflows[workflows.findIndex(({ id }) => id === call.id) - 1];
      if (on(call, 'workflows.archive') && before) before.archived = true;
      return run();
    },
  }),
];
