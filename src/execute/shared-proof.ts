/**
 * Proof that a refused write changed nothing of something that the run did not make and others work on as well: what
 * counts is what the write asked for, for whatever else changes meanwhile is somebody else's doing.
 */
import { isObject, sameJson, valuesOf } from '../check/members.ts';
import type { Resource } from '../contract/types.ts';
import { asJson } from '../plan/json.ts';
import { planAt } from '../plan/request.ts';
import type { CaseContext } from './case-context.ts';
import { bodyOf, succeeded, type Sent } from './evidence.ts';
import { jsonOf } from './ledger.ts';
import type { StartedProof } from './proofs.ts';
import { isAsked } from './restore.ts';
import { Inconclusive } from './stop.ts';
import { readSurely } from './sure-read.ts';

/** So often a refused write must have had its effect before it is told: anybody could have asked for the same once. */
const rounds = 2;

/** Starts the proof. @param fact the fact that a finding is against */
export async function unchangedShared(
  context: CaseContext,
  resource: Resource,
  id: string,
  fact: string,
): Promise<StartedProof> {
  let before = await look(context, resource, id);
  return {
    finish: async () => true,
    async again(send) {
      for (let round = 1; round <= rounds; round++) {
        const refused = await send();
        const done = changedAsAsked(context, before, await look(context, resource, id), refused);
        if (done === undefined) return context.run.originals.settle(resource, id);
        await context.run.originals.giveBack(resource, id);
        if (round === rounds) return tell(context, resource, fact, done, refused);
        before = await look(context, resource, id);
        context.run.meter.excuse('update', 1);
      }
    },
  };
}

interface Done {
  readonly member: string;
  readonly before: unknown;
  readonly after: unknown;
}

/** The first member that holds now what the write asked for, and did not before. */
function changedAsAsked(
  context: CaseContext,
  before: unknown,
  after: unknown,
  refused: Sent,
): Done | undefined {
  const body = jsonOf(refused.request.body);
  if (!isObject(body)) return undefined;
  for (const [member, asked] of Object.entries(body)) {
    const [was] = valuesOf(before, member);
    const [now] = valuesOf(after, member);
    if (was === undefined || now === undefined || sameJson(was, now)) continue;
    if (isAsked(context.run.config.runId, now, [asJson(asked)])) {
      return { member, before: was, after: now };
    }
  }
  return undefined;
}

function tell(
  context: CaseContext,
  resource: Resource,
  fact: string,
  { member, before, after }: Done,
  refused: Sent,
): void {
  context.fail(
    fact,
    'effect',
    `The refused write changed the ${resource.id} all the same.`,
    {
      expected: `"${member}" as before: ${JSON.stringify(before).slice(0, 200)}`,
      actual: JSON.stringify(after).slice(0, 200),
    },
    refused,
  );
}

/** The record, by the first key that can read it. Throws Inconclusive where none can. */
async function look(context: CaseContext, resource: Resource, id: string): Promise<unknown> {
  const { run } = context;
  if (resource.read === undefined) return undefined;
  const read = run.operation(resource.read);
  const toSee = `whether the refused write changed the ${resource.id}`;
  for (const reader of run.givenFor(read).toReversed()) {
    const sent = await readSurely(run.support, planAt(read, reader, id), toSee);
    if (!succeeded(sent)) continue;
    const body = bodyOf(sent);
    run.originals.refresh(resource, id, body);
    return body;
  }
  throw new Inconclusive(`${toSee} cannot be seen: it cannot be read`, `See the access cases of ${read.id}.`);
}
