/** One change of something that others work on as well: looked at before and after, and judged by what comes each time. */
import { valuesOf } from '../../check/members.ts';
import type { Operation, Resource } from '../../contract/types.ts';
import { saysMissing } from '../../oracle/proof.ts';
import { planAt } from '../../plan/request.ts';
import type { JsonValue, Presented } from '../../plan/types.ts';
import type { JsonRecord } from '../../plan/valid-body.ts';
import { bodyOf, described, statusOf, succeeded, type CaseContext, type Sent } from '../case-context.ts';
import { markIn, otherRunOn } from '../marker.ts';
import { atWork } from '../originals.ts';
import { pause } from '../patience.ts';
import { Inconclusive } from '../stop.ts';
import { readSurely } from '../sure-read.ts';
import { shows } from './record.ts';

/** So often a change is tried before what is wrong with it is the target's doing and nobody else's. */
export const rounds = 3;
const betweenRoundsMs = 50;

export interface Subject {
  readonly context: CaseContext;
  readonly resource: Resource;
  readonly update: Operation;
  readonly read: Operation;
  readonly by: string;
  readonly id: string;
  /** The member that holds the name. */
  readonly name: string;
  /** The name that it is given back: as it was, or as somebody else set it meanwhile. */
  old: string;
  /** The flags that can be flipped, as they were. */
  readonly flags: Readonly<Record<string, boolean>>;
  /** The names of the others of its kind, by id, as they were. */
  readonly others: ReadonlyMap<string, string>;
}

/** Somebody else is at work on the subject, or it has gone: another one is to be taken. */
export class SteppedBack extends Inconclusive {}

/** The subject as it is now. Throws SteppedBack where another run has marked it, or it has gone. */
export async function lookAt({ context, resource, read, by, id, name }: Subject): Promise<Sent> {
  const sent = await readSurely(context, planAt(read, by, id), `how the ${resource.id} ${id} is`);
  if (saysMissing(context.run.contract, statusOf(sent))) {
    throw new SteppedBack(`the ${resource.id} ${id} has gone while it was changed`, 'Run it again.');
  }
  if (!context.expectSuccess(sent, read, 'update-persists')) {
    throw new Inconclusive(
      `the ${resource.id} ${id} cannot be read while it is changed: ${described(sent)}`,
      `See the cases of ${read.id}.`,
    );
  }
  const runId = otherRunOn(valuesOf(bodyOf(sent), name)[0], context.run.config.runId);
  if (runId === undefined) return sent;
  const { message, remedy } = atWork(resource, id, runId);
  throw new SteppedBack(message, remedy);
}

/** Sends an update of the subject; the scenario gives back what it changes. */
export function write(
  { context, update, by, id }: Subject,
  body: JsonValue,
  presented: Presented = { credential: by, form: 'bearer' },
): Promise<Sent> {
  const plan = planAt(update, presented.credential, id, { body, form: presented.form });
  return context.send(plan, { givesBack: true });
}

/**
 * Changes members of the subject and looks whether they, and they alone, are changed. What is wrong is a finding where
 * it comes each time; where it is something else each time, others are at work. Gives false where the update is
 * refused. Throws SteppedBack, and Inconclusive where it never stands still.
 */
export async function change(subject: Subject, members: JsonRecord, fact: string): Promise<boolean> {
  const { context, update, resource, id } = subject;
  let steady: readonly Problem[] | undefined;
  let seen: readonly Problem[] = [];
  let last: Sent | undefined;
  for (let round = 1; round <= rounds; round++) {
    if (round > 1) {
      context.run.meter.excuse('update', 1);
      await pause(betweenRoundsMs * round);
    }
    const before = await lookAt(subject);
    const sent = await write(subject, members);
    if (saysMissing(context.run.contract, statusOf(sent))) await lookAt(subject);
    if (round === 1 && !context.expectSuccess(sent, update, fact)) return false;
    if (!succeeded(sent)) continue;
    last = await lookAt(subject);
    const problems = problemsOf(subject, members, bodyOf(before), bodyOf(last));
    if (problems.length === 0) {
      overtaken(subject, seen);
      return true;
    }
    seen = problems;
    const known = steady;
    steady = known === undefined ? problems : problems.filter((one) => known.some((two) => isSame(one, two)));
  }
  if (steady === undefined || steady.length === 0) {
    throw new Inconclusive(
      `the ${resource.id} ${id} changed under the run's hands, another way each time: others are at work on it`,
      'Run it again.',
    );
  }
  for (const { member, expected, actual } of steady) {
    if (actual !== undefined) context.run.originals.admit(resource, id, { [member]: actual });
    context.fail(
      'update-persists',
      'effect',
      `The update of "${member}" does not persist, or changed what it does not name.`,
      { expected: JSON.stringify(expected), actual: JSON.stringify(actual) },
      last,
    );
  }
  return true;
}

interface Problem {
  readonly member: string;
  readonly expected: JsonValue | undefined;
  readonly actual: JsonValue | undefined;
}

function isSame(one: Problem, other: Problem): boolean {
  return one.member === other.member;
}

function problemsOf(
  { name, flags, resource }: Subject,
  members: JsonRecord,
  before: unknown,
  after: unknown,
): readonly Problem[] {
  return [name, ...Object.keys(flags)].flatMap((member): readonly Problem[] => {
    if (Object.hasOwn(resource.unchanging ?? {}, member)) return [];
    const sent = members[member];
    const [was, now] = [jsonAt(before, member), jsonAt(after, member)];
    if (sent !== undefined) {
      return shows(after, member, sent) === 'no' ? [{ member, expected: sent, actual: now }] : [];
    }
    return was === undefined || now === was ? [] : [{ member, expected: was, actual: now }];
  });
}

function jsonAt(body: unknown, member: string): JsonValue | undefined {
  const [value] = valuesOf(body, member);
  return typeof value === 'string' || typeof value === 'boolean' ? value : undefined;
}

/** A name that came between and did not come again is somebody else's, and is what the subject is given back. */
function overtaken(subject: Subject, problems: readonly Problem[]): void {
  const theirs = problems.find(({ member }) => member === subject.name)?.actual;
  if (typeof theirs !== 'string' || markIn(theirs) !== undefined) return;
  subject.old = theirs;
  subject.context.run.originals.replace(subject.resource, subject.id, { [subject.name]: theirs });
}
