/** Staging proposals on the run's own workflow: the version that they stand on is found by trying. */
import { isId, memberAt, valuesOf } from '../../../check/members.ts';
import { blamesArguments, describeTaken } from '../../../oracle/mcp.ts';
import type { McpDoor, Reply } from '../../../mcp/door.ts';
import { proposalResource } from '../../../plan/promise.ts';
import { Inconclusive } from '../../stop.ts';
import { call, mcpOperation, valueOfReply, versionOf, type CallOptions, type Stage } from './stage.ts';

export interface Staged {
  readonly id: string;
  readonly reply: Reply;
}

const vanishes = 'it is deleted by itself within 8 days, unless it is applied';

/** Which of the candidates a deployment takes for a version, once it is known. */
const taken = new WeakMap<McpDoor, number>();

/** What `baseVersionId` may be, in the order in which it is tried. */
export function versionCandidates(version: unknown): readonly unknown[] {
  const scalars = [version, ...['id', 'number', 'version'].map((name) => memberAt(version, name))].filter(
    (one) => typeof one === 'string' || typeof one === 'number',
  );
  return [...new Set<unknown>([...scalars, ...scalars.map(String)])];
}

/** Stages a proposal by a key, and gives the answer that came last. */
export async function propose(stage: Stage, by: string, options: CallOptions = {}): Promise<Reply> {
  const operation = mcpOperation(stage, 'propose_workflow_patch');
  const workflow = await stage.workflow();
  const candidates = versionCandidates(await versionOf(stage, workflow));
  const known = taken.get(stage.door);
  let last: Reply | undefined;
  for (const [index, candidate] of candidates.entries()) {
    if (known !== undefined && index !== known) continue;
    if (last !== undefined) stage.context.run.meter.excuse('create', 1);
    const valueFor: Stage['valueFor'] = async (content) =>
      content === 'version' ? candidate : stage.valueFor(content);
    last = await call(stage, operation, by, { ...options, valueFor });
    if (last.taken.kind === 'done') {
      taken.set(stage.door, index);
      book(stage, last, by);
      return last;
    }
    if (!blamesArguments(last.taken)) return last;
  }
  if (last === undefined)
    throw new Inconclusive(
      'no version of the workflow is shown over REST that a proposal could stand on',
      'See the access cases of getWorkflow.',
    );
  return last;
}

/** A proposal that was staged. Throws Inconclusive where none could be. */
export async function proposed(stage: Stage, by: string, options: CallOptions = {}): Promise<Staged> {
  const reply = await propose(stage, by, options);
  const id = proposalIdOf(reply);
  if (reply.taken.kind === 'done' && id !== undefined) return { id, reply };
  throw new Inconclusive(
    `no proposal could be staged by ${by}: ${describeTaken(reply.taken)}`,
    'See the access cases of propose_workflow_patch.',
  );
}

/** Enters a proposal into the ledger. */
export function book({ context: { run } }: Stage, reply: Reply, by: string): void {
  const id = proposalIdOf(reply);
  if (id === undefined || run.ledger.holds(proposalResource, id)) return;
  run.ledger.find({ resource: proposalResource, id, name: '', by }).trouble = vanishes;
}

/** The id of the proposal that a result names. */
export function proposalIdOf(reply: Reply): string | undefined {
  const value = valueOfReply(reply);
  const named = ['proposalId', 'proposal_id'].flatMap((name) => valuesOf(value, name, 3));
  const nested = [memberAt(value, 'proposal.id'), memberAt(value, 'id'), memberAt(value, 'changeId')];
  return [...named, ...nested].find(isId);
}
