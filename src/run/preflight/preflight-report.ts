/** What the target says of itself and of the keys, in a few lines, before the first case. */
import { memberAt } from '../../check/members.ts';
import { bodyOf, statusOf, type CaseContext } from '../../execute/case-context.ts';
import { identityIn, type Identity } from '../../execute/identities.ts';
import { itemsWithIds, widestQuery } from '../../execute/listing.ts';
import { doorOf } from '../../mcp/door.ts';
import type { Run } from '../../execute/run.ts';
import { pathParameters, requestOf } from '../../plan/request.ts';
import { describeAnswer, describeLook, lookAt, type Look } from './looks.ts';

/** What came of a key: who it is reported as, or what it got instead. */
interface Seen {
  readonly credential: string;
  readonly role: string | undefined;
  readonly kind: string;
  readonly identity?: Identity;
  readonly got: string;
}

/**
 * Who each key is, whether the features are enabled and what is there: a line for each thing worth knowing.
 * @param keys the looks with each key
 */
export async function preflightReport(
  context: CaseContext,
  keys: readonly Look[],
): Promise<readonly string[]> {
  const { run } = context;
  const seen = keys.map((look) => seenIn(run, look));
  return [
    ...organizationLine(seen),
    ...refusedLines(seen, run),
    ...roleLines(seen),
    ...(await featureLines(context)),
    ...(await resourceLine(context)),
    ...(await mcpLine(context)),
  ];
}

/** What was found at the second door, where the API has one. */
async function mcpLine({ run }: CaseContext): Promise<readonly string[]> {
  if (run.contract.mcp === undefined || run.config.mcp?.speaks === 'none') return [];
  const found = await doorOf(run).look();
  if (found.kind === 'absent') return [`No MCP: ${found.why}.`];
  const { url, revision, generation, tools } = found;
  return [`MCP: ${generation} at ${url.href}, revision ${revision}, ${tools.length} tools.`];
}

function seenIn({ contract }: Run, look: Look): Seen {
  const { operation, credential, sent, shown } = look;
  const { kind = 'role', role } = contract.credentials[credential] ?? {};
  const known = statusOf(sent) === operation.success.status ? operation.identity : undefined;
  const foreign = shown === 'gateway' || shown === 'page' ? ", which is not the API's answer" : '';
  return {
    credential,
    kind,
    role,
    got: `${describeAnswer(look)} from ${operation.method} ${operation.path}${foreign}`,
    ...(known === undefined ? {} : { identity: identityIn(bodyOf(sent), known) }),
  };
}

/** A name that a target gave, at no length. */
function cut(name: string): string {
  return name.length <= mostOfName ? name : `${name.slice(0, mostOfName)}…`;
}

const mostOfName = 80;

function organizationLine(seen: readonly Seen[]): readonly string[] {
  const working = seen.filter(({ kind, identity }) => kind === 'role' && identity?.role !== undefined);
  const organizations = [...new Set(working.flatMap(({ identity }) => identity?.organization ?? []))].map(
    cut,
  );
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
      `The key given for ${one.credential} is reported as ${cut(one.identity?.role ?? '')}: it is the key of another role, or the target gets the role wrong, which is a violation.`,
    ];
  });
}

/** A feature is disabled where the target says so; any other refusal says nothing of it. */
async function featureLines(context: CaseContext): Promise<readonly string[]> {
  const { run } = context;
  const asker = run.givenRoles().at(-1);
  if (asker === undefined) return [];
  const lines: string[] = [];
  for (const { id, error } of Object.values(run.contract.features)) {
    const read = run.contract.operations.find(
      (one) => one.feature === id && one.effect === 'read' && pathParameters(one).length === 0,
    );
    if (read === undefined) continue;
    const look = await lookAt(context, read, asker);
    const documented = run.contract.errors[error];
    const disabled =
      statusOf(look.sent) === documented?.status &&
      (documented.code === undefined || memberAt(bodyOf(look.sent), 'error.code') === documented.code);
    if (statusOf(look.sent) === read.success.status) lines.push(`${id} is enabled.`);
    else if (disabled) lines.push(`${id} is disabled.`);
    else lines.push(`Whether ${id} is enabled is not known: ${describeLook(look)}.`);
  }
  return lines;
}

/** How much of each resource the lists show: what is not there cannot be tested by reading alone. */
async function resourceLine(context: CaseContext): Promise<readonly string[]> {
  const { run } = context;
  const counts: string[] = [];
  for (const resource of Object.values(run.contract.resources)) {
    const list = run.contract.operations.find(({ id }) => id === resource.list);
    const asker = list && run.givenFor(list).at(-1);
    if (list === undefined || asker === undefined) continue;
    const sent = await context.send(requestOf(list, asker, { query: widestQuery(list) }));
    if (statusOf(sent) !== list.success.status) continue;
    const count = itemsWithIds(bodyOf(sent), resource).length;
    counts.push(`${count === 0 ? 'no' : count} ${resource.id}`);
  }
  return counts.length === 0 ? [] : [`Listed: ${counts.join(', ')}.`];
}
