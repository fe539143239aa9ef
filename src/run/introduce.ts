/** What the target says of itself and of the keys, in a few lines, before the first case. */
import { bodyOf, described, statusOf } from '../execute/case-context.ts';
import { identityIn, type Identity } from '../execute/identities.ts';
import { itemsWithIds, widestQuery } from '../execute/listing.ts';
import type { Run } from '../execute/run.ts';
import { Inconclusive } from '../execute/stop.ts';
import { requestOf } from '../plan/request.ts';

/** What came of a key: who it is reported as, or what it got instead. */
interface Seen {
  readonly credential: string;
  readonly role: string | undefined;
  readonly kind: string;
  readonly identity?: Identity;
  readonly got: string;
}

/**
 * Asks the target who each key is, whether the features are enabled and what is there; gives a line for each thing
 * worth knowing. A target that limits the rate already is told as that.
 */
export async function introduce(run: Run): Promise<readonly string[]> {
  try {
    const seen = await askWho(run);
    return [
      ...organizationLine(seen),
      ...refusedLines(seen, run),
      ...roleLines(seen),
      ...(await featureLines(run)),
      ...(await resourceLine(run)),
    ];
  } catch (error) {
    if (error instanceof Inconclusive) return [`The look at the target came to nothing: ${error.message}.`];
    throw error;
  }
}

async function askWho(run: Run): Promise<readonly Seen[]> {
  const operation = run.contract.operations.find(({ identity }) => identity !== undefined);
  if (operation?.identity === undefined) return [];
  const seen: Seen[] = [];
  for (const { id, kind, role } of Object.values(run.contract.credentials)) {
    if (!run.keyring.given.has(id)) continue;
    const sent = await run.support.send(requestOf(operation, id));
    const ok = statusOf(sent) === operation.success.status;
    seen.push({
      credential: id,
      kind,
      role,
      got: `${described(sent)} from ${operation.method} ${operation.path}`,
      ...(ok ? { identity: identityIn(bodyOf(sent), operation.identity) } : {}),
    });
  }
  return seen;
}

function organizationLine(seen: readonly Seen[]): readonly string[] {
  const working = seen.filter(({ kind, identity }) => kind === 'role' && identity?.role !== undefined);
  const organizations = [...new Set(working.flatMap(({ identity }) => identity?.organization ?? []))];
  if (working.length === 0) return [];
  const keys = working.map(({ credential }) => credential).join(', ');
  return [`Organization ${organizations.join(' and ') || 'not told'}; keys that work: ${keys}.`];
}

function refusedLines(seen: readonly Seen[], { contract }: Run): readonly string[] {
  const lines = seen.flatMap(({ credential, kind, identity, got }) => {
    if (kind === 'revoked') {
      return identity === undefined
        ? []
        : [`The key of ${credential} works, though it is given as a revoked one.`];
    }
    if (identity === undefined) return [`The key of ${credential} got ${got}.`];
    return identity.role === undefined ? [`The answer to the key of ${credential} names no role.`] : [];
  });
  const roleKeys = seen.filter(({ kind }) => kind === 'role');
  const strange = roleKeys.length > 0 && roleKeys.every(({ identity }) => identity?.role === undefined);
  return strange ? [`What answers does not look like the ${contract.api.title}.`, ...lines] : lines;
}

/** A key that is reported as another role than the one it is given for: swapped, mistaken, or a violation. */
function roleLines(seen: readonly Seen[]): readonly string[] {
  const wrong = seen.filter(
    ({ kind, role, identity }) => kind === 'role' && identity?.role !== undefined && identity.role !== role,
  );
  const told = new Set<string>();
  return wrong.flatMap((one) => {
    if (told.has(one.credential)) return [];
    const other = wrong.find(
      (candidate) => candidate.role === one.identity?.role && candidate.identity?.role === one.role,
    );
    if (other !== undefined) {
      told.add(other.credential);
      return [
        `The keys of ${one.credential} and ${other.credential} are swapped: each is reported as the other. Give each for its own role.`,
      ];
    }
    return [
      `The key given for ${one.credential} is reported as ${one.identity?.role ?? ''}: it is the key of another role, or the target gets the role wrong, which is a violation.`,
    ];
  });
}

async function featureLines(run: Run): Promise<readonly string[]> {
  const lines: string[] = [];
  const asker = run.givenRoles().at(-1);
  if (asker === undefined) return [];
  for (const { id } of Object.values(run.contract.features)) {
    const lacks = await run.identities.lacksFeature(id, asker);
    lines.push(`${id} is ${lacks ? 'disabled' : 'enabled'}.`);
  }
  return lines;
}

/** How much of each resource the lists show: what is not there cannot be tested by reading alone. */
async function resourceLine(run: Run): Promise<readonly string[]> {
  const counts: string[] = [];
  for (const resource of Object.values(run.contract.resources)) {
    const list = run.contract.operations.find(({ id }) => id === resource.list);
    const asker = list && run.givenFor(list).at(-1);
    if (list === undefined || asker === undefined) continue;
    const sent = await run.support.send(requestOf(list, asker, { query: widestQuery(list) }));
    if (statusOf(sent) !== list.success.status) continue;
    const count = itemsWithIds(bodyOf(sent), resource).length;
    counts.push(`${count === 0 ? 'no' : count} ${resource.id}`);
  }
  return counts.length === 0 ? [] : [`Listed: ${counts.join(', ')}.`];
}
