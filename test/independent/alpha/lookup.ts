import { asked, caller, Refusal, type Exchange } from './exchange.ts';
import type { Owned, Workflow } from './model.ts';

/** Whether the caller may see what belongs to an organization. */
export function sees(x: Exchange, orgId: string): boolean {
  const visible = caller(x).org.id === orgId;
  return x.site.hooks.visible === undefined ? visible : x.site.hooks.visible(x, orgId, visible);
}

/** The refusal for an id that leads to nothing. */
export function missing(x: Exchange): Refusal {
  const odd = !/^[A-Za-z0-9._~-]{1,200}$/.test(x.id);
  const status = odd ? x.site.dialect.oddId : 404;
  const code = status === 404 ? x.site.dialect.missingCode : x.site.dialect.invalidCode;
  return new Refusal(status, code, odd ? 'The id is not valid.' : 'There is no such resource.');
}

/** The thing with the id in the path, where the caller may see it. */
export function locate<T extends Owned>(x: Exchange, things: ReadonlyMap<string, T>): T {
  const thing = things.get(x.id);
  if (thing === undefined || !sees(x, thing.orgId)) throw missing(x);
  return thing;
}

/** The workflow with the id in the path; an archived one counts only where the dialect says so. */
export function locateWorkflow(x: Exchange): Workflow {
  const workflow = locate(x, x.site.world.workflows);
  if (!workflow.archived) return workflow;
  const { archivedReadable, archivedDispatch, secondArchive } = x.site.dialect;
  const operation = asked(x);
  const there =
    operation === 'archiveWorkflow'
      ? secondArchive === 200
      : operation === 'dispatch'
        ? archivedDispatch
        : archivedReadable;
  if (!there) throw missing(x);
  return workflow;
}

/** Does nothing where the id in the path leads somewhere, refuses otherwise. */
export function checkExistence(x: Exchange): void {
  const path = x.operation?.path ?? '';
  if (!path.includes('{id}')) return;
  const { world } = x.site;
  if (path.startsWith('/mcp-servers/')) locate(x, world.sources);
  else if (path.startsWith('/workflows/')) locateWorkflow(x);
  else if (path.startsWith('/runs/')) locate(x, world.runs);
  else if (path.startsWith('/insights/topics/')) locate(x, world.topics);
  else if (path.startsWith('/insights/searches/')) locate(x, world.searches);
  else locate(x, world.sessions);
}
