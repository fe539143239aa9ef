/** Giving back what a run changed and did not make, after that run has ended. */
import { valuesOf } from '../check/members.ts';
import type { Contract, Resource } from '../contract/types.ts';
import type { CaseContext } from '../execute/case-context.ts';
import { bodyOf, described, succeeded } from '../execute/evidence.ts';
import { listedThings } from '../execute/find-marked.ts';
import type { LeftChange } from '../execute/ledger-read.ts';
import { markerOf, markIn } from '../execute/marker.ts';
import { readAgain } from '../execute/sure-read.ts';
import { restore } from '../execute/restore.ts';
import type { Run } from '../execute/run.ts';
import { planAt } from '../plan/request.ts';
import type { Remains, Told } from './tidy-target.ts';
import { isShared } from './what-tidies.ts';

export interface GivenBack {
  readonly changed: readonly Told[];
  readonly restored: number;
  readonly left: readonly Told[];
}

/**
 * Gives back what bears the mark of the run: as the ledger says that it was, where the name as it is now is that one
 * with the run's text behind it; without a ledger, by cutting off that text.
 */
export async function giveBackLater(
  run: Run,
  context: CaseContext,
  remains: Remains,
  dryRun: boolean,
): Promise<GivenBack> {
  const changed: Told[] = [];
  const left: Told[] = [];
  let restored = 0;
  for (const change of await changesOf(run, context, remains)) {
    const told = { resource: change.resource, id: change.id };
    const resource = sharedResource(run.contract, change.resource);
    const before = resource?.name === undefined ? undefined : change.values[resource.name];
    const name = typeof before === 'string' ? before : '';
    if (resource === undefined || name === '') {
      left.push({ ...told, name, reason: 'nothing that a run changes, or its old name is not told' });
      continue;
    }
    const now = await nameNow(run, context, resource, change.id);
    if (now.kind === 'unread') {
      left.push({ ...told, name, reason: `it cannot be read (${now.reason}); it was ${wordsOf(change)}` });
    } else if (now.name.includes(markerOf(remains.runId)) && now.name.startsWith(name)) {
      changed.push({ ...told, name, reason: `it is "${now.name}"` });
      if (dryRun) continue;
      const ended = await restore(run, context, {
        ...change,
        resource,
        values: settable(resource, change.values),
      });
      if (ended.kind === 'restored') restored++;
      else if (ended.kind === 'left')
        left.push({ ...told, name, reason: `${ended.reason}; it was ${wordsOf(change)}` });
      else if (ended.kind === 'taken')
        left.push({ ...told, name, reason: `the run ${ended.runId} is at work on it` });
    } else if (now.name !== name && change.known) {
      const reason = `it bears the name "${now.name}" without the mark of the run; it was ${wordsOf(change)}`;
      left.push({ ...told, name, reason });
    }
  }
  return { changed, restored, left };
}

type Change = LeftChange & {
  /** Whether a ledger tells of it. */
  readonly known: boolean;
};

/** What the ledger tells of, and what else bears the mark of the run in the lists. */
async function changesOf(run: Run, context: CaseContext, remains: Remains): Promise<readonly Change[]> {
  const told = remains.changed.map((change): Change => ({ ...change, known: true }));
  const { things } = await listedThings(run, context, isShared, new Set(['own']));
  const seen = things.flatMap(({ resource, id, name }): readonly Change[] => {
    const mark = markIn(name);
    const known = told.some((change) => change.resource === resource && change.id === id);
    if (mark?.runId !== remains.runId || known) return [];
    const member = run.contract.resources[resource]?.name ?? 'name';
    const before = name.slice(0, mark.index).trimEnd();
    return [{ resource, id, values: { [member]: before }, asked: {}, known: false }];
  });
  return [...told, ...seen];
}

/** What a run may have changed: never what `unchanging` holds, which leaves a thing as it is. */
function settable({ unchanging = {} }: Resource, values: LeftChange['values']): LeftChange['values'] {
  return Object.fromEntries(Object.entries(values).filter(([member]) => !Object.hasOwn(unchanging, member)));
}

function sharedResource(contract: Contract, id: string): Resource | undefined {
  const resource = Object.hasOwn(contract.resources, id) ? contract.resources[id] : undefined;
  return resource !== undefined && isShared(resource) ? resource : undefined;
}

async function nameNow(
  run: Run,
  context: CaseContext,
  resource: Resource,
  id: string,
): Promise<
  { readonly kind: 'read'; readonly name: string } | { readonly kind: 'unread'; readonly reason: string }
> {
  const by = run.givenFor(run.operation(resource.update ?? '')).at(-1);
  if (by === undefined) return { kind: 'unread', reason: 'no given key may change it' };
  const sent = await readAgain(context, planAt(run.operation(resource.read ?? ''), by, id));
  if (!succeeded(sent)) return { kind: 'unread', reason: described(sent) };
  const [name] = valuesOf(bodyOf(sent), resource.name ?? '');
  return { kind: 'read', name: typeof name === 'string' ? name : '' };
}

function wordsOf({ values, asked }: LeftChange): string {
  const members = Object.keys(asked).length === 0 ? Object.keys(values) : Object.keys(asked);
  return JSON.stringify(Object.fromEntries(members.map((member) => [member, values[member]])));
}
