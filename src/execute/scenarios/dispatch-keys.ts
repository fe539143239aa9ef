/** What a key of a dispatch does: the same key is the same run, unless a new one is forced. */
import { deniedCredentials, pathParameters, requestOf } from '../../plan/request.ts';
import type { JsonRecord } from '../../plan/valid-body.ts';
import { succeeded, type CaseContext } from '../case-context.ts';
import { NotApplicable } from '../stop.ts';
import { pause, type Scenario } from './scenario.ts';
import {
  type Dispatched,
  type Dispatching,
  checkBelongs,
  dispatching,
  isTerminal,
  isUnderWay,
  queuedRun,
  reasonOf,
} from './dispatch.ts';

const rounds = 3;

/** The same key returns the same run; on another owner it is another run. */
export const idempotent: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const member = d.operation.idempotency?.key ?? '';
  const owner = await d.owner();
  const key = await replayed(context, d, member, async (body) => [
    await d.send(owner, body),
    await d.send(owner, body),
  ]);
  if (key === undefined) return;
  await checkRemembered(context, d, owner, member, key);
  await checkRefusedReplay(context, d, owner, { [member]: key.key });
  const elsewhere = await d.owner();
  const there = await d.send(elsewhere, { [member]: key.key });
  const other = queuedRun(context, d, there, false);
  if (other === undefined) return;
  if (other === key.id) {
    context.fail(
      'dispatch-idempotent',
      'id',
      `The same ${member} on another owner gives the run of the first one.`,
      {
        expected: 'another run id',
        actual: other,
      },
      there.sent,
    );
    return;
  }
  await checkBelongs(context, d, elsewhere, other);
  await checkAnyScript(context, d, member, elsewhere);
};

/** A key of any script is a key; a target may refuse it, but not take it and forget it. */
function checkAnyScript(context: CaseContext, d: Dispatching, member: string, owner: string): Promise<void> {
  return checkSame(
    context,
    d,
    `The same ${member} gives another run, where it is not ASCII.`,
    async (round) => {
      const body = { [member]: `${context.run.nextMarker()} Schlüssel 鍵 🔑` };
      const [first, again] = await twice(d, owner, [body, body], round > 0);
      return succeeded(first.sent) ? { first: first.id, again } : undefined;
    },
  );
}

/**
 * A dispatch with the key of a run gives that run. Where the run has ended meanwhile it is tried again.
 * @param send gives the run of the key and the answer to the dispatch; undefined where the key was not taken
 */
async function checkSame(
  context: CaseContext,
  d: Dispatching,
  message: string,
  send: (round: number) => Promise<{ first: string | undefined; again: Dispatched } | undefined>,
): Promise<void> {
  for (let round = 0; round < rounds; round++) {
    const sent = await send(round);
    const id = sent === undefined ? undefined : queuedRun(context, d, sent.again, true);
    if (sent?.first === undefined || id === undefined || id === sent.first) return;
    if (!(await bothUnderWay(d, sent.first, id))) continue;
    const detail = { expected: `the run ${sent.first}`, actual: id };
    context.fail('dispatch-idempotent', 'id', message, detail, sent.again.sent);
    return;
  }
}

/**
 * Two dispatches with the same key.
 * @param atOnce whether both are sent at the same moment: where runs end soon, the second one comes too late otherwise
 */
async function twice(
  d: Dispatching,
  owner: string,
  [one, other]: readonly [JsonRecord, JsonRecord],
  atOnce: boolean,
): Promise<readonly [Dispatched, Dispatched]> {
  if (atOnce) return Promise.all([d.send(owner, one), d.send(owner, other)]);
  return [await d.send(owner, one), await d.send(owner, other)];
}

/** A known key gives nothing to a role that may not dispatch. */
async function checkRefusedReplay(
  context: CaseContext,
  d: Dispatching,
  owner: string,
  body: JsonRecord,
): Promise<void> {
  const { contract, keyring } = context.run;
  for (const credential of deniedCredentials(contract, d.operation).filter((id) => keyring.given.has(id))) {
    const plan = {
      ...requestOf(d.operation, credential, { body }),
      pathValues: { [pathParameters(d.operation).at(-1)?.name ?? '']: owner },
    };
    context.expect(await context.send(plan), {
      answers: await context.lawfulFor(plan),
      fact: 'role-enforced',
      says: `${d.operation.id} is not for the role ${credential}, also with a known key: 403 forbidden_role.`,
    });
  }
}

/** The key still counts a little later, while the run is under way and has moved on, and whatever else is sent. */
async function checkRemembered(
  context: CaseContext,
  d: Dispatching,
  owner: string,
  member: string,
  { key, id }: { readonly key: string; readonly id: string },
): Promise<void> {
  const first = await d.statusOfRun(id);
  let now = first;
  for (let looks = 0; looks < 20 && now === first && !isTerminal(d.resource, now); looks++) {
    await pause(50);
    now = await d.statusOfRun(id);
  }
  queuedRun(context, d, await d.send(owner, { [member]: context.run.nextMarker() }), true);
  const beside = { reason: 'the same key, after another one' };
  const message = `The same ${member} gives another run while the first one is under way, after another key was used.`;
  await checkSame(context, d, message, async (round) => {
    if (round === 0) return { first: id, again: await d.send(owner, { [member]: key, ...beside }) };
    const body = { [member]: context.run.nextMarker() };
    const [fresh, again] = await twice(d, owner, [body, { ...body, ...beside }], true);
    return { first: fresh.id, again };
  });
}

/** The same key at the same moment is one run. */
export const idempotentAtOnce: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const member = d.operation.idempotency?.key ?? '';
  const owner = await d.owner();
  await replayed(context, d, member, (body) =>
    Promise.all(Array.from({ length: 6 }, () => d.send(owner, body))),
  );
};

/**
 * Sends dispatches with one key and looks at their run ids. Different ids count only while the first run is still
 * under way; else it is tried again.
 */
async function replayed(
  context: CaseContext,
  d: Dispatching,
  member: string,
  send: (body: JsonRecord) => Promise<readonly Dispatched[]>,
): Promise<{ key: string; id: string } | undefined> {
  for (let round = 0; round < rounds; round++) {
    const key = context.run.nextMarker();
    const all = await send({ [member]: key });
    const ids = all.map((one, index) => queuedRun(context, d, one, index > 0 || all.length > 2));
    const [first] = ids;
    if (first === undefined || ids.includes(undefined)) return undefined;
    const different = ids.find((id) => id !== first);
    if (different === undefined) return { key, id: first };
    if (!(await bothUnderWay(d, first, different))) continue;
    context.fail(
      'dispatch-idempotent',
      'id',
      `The same ${member} gives another run.`,
      {
        expected: `the run ${first}`,
        actual: [...new Set(ids)].join(', '),
      },
      all.find(({ id }) => id === different)?.sent,
    );
    return undefined;
  }
  throw new NotApplicable(
    'runs end at once on this target, and how long their idempotencyKey is remembered then is left open',
    'Nothing to do: it cannot be told from a lawful freedom.',
    false,
  );
}

/**
 * How long a key is remembered once its run has ended is left open: only before that two runs are one too many. A run
 * moves forward only, so one that is under way now was so when the key was sent again; whether a state that is not
 * documented is an end cannot be known.
 */
async function bothUnderWay(d: Dispatching, first: string, second: string): Promise<boolean> {
  const states = await Promise.all([d.statusOfRun(first), d.statusOfRun(second)]);
  return states.every((state) => isUnderWay(d.resource, state));
}

/** forceNewRun queues another run, with the key or without. */
export const forced: Scenario = async (context, planned, parameters) => {
  const d = dispatching(context, parameters, planned.credential);
  const { key: member = '', force = '' } = d.operation.idempotency ?? {};
  const owner = await d.owner();
  const key = context.run.nextMarker();
  const first = queuedRun(context, d, await d.send(owner, { [member]: key }), false);
  const again = await d.send(owner, { [member]: key, [force]: true });
  const second = queuedRun(context, d, again, false);
  const alone = await d.send(owner, { [force]: true });
  const third = queuedRun(context, d, alone, false);
  const explained = await d.send(owner, { [member]: key, [force]: true, reason: reasonOf(context) });
  const fourth = queuedRun(context, d, explained, false);
  if (first === undefined || second === undefined || third === undefined || fourth === undefined) return;
  for (const [id, before, sent] of [
    [second, [first], again.sent],
    [third, [first, second], alone.sent],
    [fourth, [first, second, third], explained.sent],
  ] as const) {
    if (!before.includes(id)) continue;
    context.fail(
      'dispatch-forced',
      'id',
      `${force} does not queue another run.`,
      {
        expected: `another run id than ${before.join(', ')}`,
        actual: id,
      },
      sent,
    );
    return;
  }
  await checkBelongs(context, d, owner, second);
};
