/**
 * What the run changes and did not make, such as a topic, which nothing in the API makes: its old values are booked
 * before the change and given back after it, whatever becomes of the run.
 */
import { isObject, sameJson, valuesOf } from '../check/members.ts';
import type { Resource } from '../contract/types.ts';
import { asJson } from '../plan/json.ts';
import type { JsonValue } from '../plan/types.ts';
import { requestMembers, type JsonRecord } from '../plan/valid-body.ts';
import { planAt } from '../plan/request.ts';
import { CaseContext } from './case-context.ts';
import { bodyOf, described, succeeded } from './evidence.ts';
import { jsonOf } from './ledger.ts';
import { otherRunOn } from './marker.ts';
import { pause } from './patience.ts';
import { restore, type Original, type Restored } from './restore.ts';
import type { Run } from './run.ts';
import { Inconclusive } from './stop.ts';
import { readAgain } from './sure-read.ts';

export interface Originals {
  /**
   * Books how something is before an update is sent at it, and what the update asks for. Throws Inconclusive where it
   * cannot be read, where another run is at work on it, and where the ledger cannot be written.
   */
  book(resource: Resource, id: string, body: string | undefined): Promise<void>;
  /** Takes a body as what it is to be given back as; to be called where this run has nothing on it. */
  refresh(resource: Resource, id: string, body: unknown): void;
  /** Takes it as seen that what was asked for was not done. */
  settle(resource: Resource, id: string): void;
  /** Takes what somebody else has set meanwhile as what it is to be given back as. */
  replace(resource: Resource, id: string, values: JsonRecord): void;
  /** Takes values as this run's doing, though they are not what was asked for. */
  admit(resource: Resource, id: string, values: JsonRecord): void;
  /** Takes something as changed by this run that it never aimed at; `values` is how it was. */
  adopt(resource: Resource, id: string, values: JsonRecord, now: JsonRecord): void;
  /** Gives it back as it was. */
  giveBack(resource: Resource, id: string): Promise<Restored>;
  /** Gives back all that may still be changed. */
  giveBackAll(): Promise<void>;
  /** What may still be changed, each with why it could not be given back. */
  readonly open: readonly (Original & { readonly trouble: string })[];
}

interface Entry {
  readonly resource: Resource;
  readonly id: string;
  values: JsonRecord;
  asked: Record<string, readonly JsonValue[]>;
  trouble: string;
}

/** How long the run waits for another one to end its work on something, in ms, and how often it looks. */
const waitForOthersMs = 5_000;
const lookEveryMs = 250;
/** How long a run does not ask again for what another one is at work on, in ms. */
const leaveAloneMs = 10_000;

const notYet = 'it was not given back yet';

/** Nothing is changed yet. */
export function createOriginals(run: Run): Originals {
  const entries = new Map<string, Entry>();
  const busy = new Map<string, { readonly until: number; readonly error: Inconclusive }>();
  const tidying = new CaseContext(run, 'put-back', 'put-back', 'tidying');
  tidying.keepsEvidence = false;
  const keep = (resource: Resource, id: string, body: unknown): Entry => {
    const values = valuesIn(run, resource, body);
    const known = entries.get(keyOf(resource, id));
    if (known !== undefined && sameJson(known.values, values)) return known;
    run.ledgerFile.require({ kind: 'original', resource: resource.id, id, values });
    const entry: Entry = known ?? { resource, id, values, asked: {}, trouble: notYet };
    entry.values = values;
    entries.set(keyOf(resource, id), entry);
    return entry;
  };
  const firstLook = async (resource: Resource, id: string): Promise<Entry> => {
    const key = keyOf(resource, id);
    const known = entries.get(key);
    if (known !== undefined) return known;
    const inUse = busy.get(key);
    if (inUse !== undefined && inUse.until > performance.now()) throw inUse.error;
    try {
      return keep(resource, id, await unmarkedRecord(run, tidying, resource, id));
    } catch (error) {
      if (error instanceof Inconclusive) busy.set(key, { until: performance.now() + leaveAloneMs, error });
      throw error;
    }
  };
  const close = (entry: Entry): void => {
    entry.asked = {};
    run.ledgerFile.write({ kind: 'restored', resource: entry.resource.id, id: entry.id });
  };
  const giveBack = async (resource: Resource, id: string): Promise<Restored> => {
    const entry = entries.get(keyOf(resource, id));
    if (entry === undefined || Object.keys(entry.asked).length === 0) return { kind: 'untouched' };
    const restored = await restore(run, tidying, entry);
    if (restored.kind === 'left') entry.trouble = restored.reason;
    else if (restored.kind === 'taken') entry.trouble = `the run ${restored.runId} is at work on it`;
    else close(entry);
    return restored;
  };
  const changed = (): readonly Entry[] =>
    [...entries.values()].filter(({ asked }) => Object.keys(asked).length > 0);

  return {
    async book(resource, id, body) {
      const entry = await firstLook(resource, id);
      const asked = askedBy(entry, jsonOf(body));
      if (Object.keys(asked).length === 0) return;
      run.ledgerFile.require({ kind: 'asked', resource: resource.id, id, values: asked });
      add(entry, asked);
    },
    refresh(resource, id, body) {
      const entry = entries.get(keyOf(resource, id));
      if (entry === undefined || Object.keys(entry.asked).length > 0) return;
      // While another run is at work on it, nothing of it is how it was.
      if (otherRunOn(nameOf(resource, body), run.config.runId) === undefined) keep(resource, id, body);
    },
    settle(resource, id) {
      const entry = entries.get(keyOf(resource, id));
      if (entry !== undefined && Object.keys(entry.asked).length > 0) close(entry);
    },
    replace(resource, id, values) {
      const entry = entries.get(keyOf(resource, id));
      if (entry === undefined) return;
      entry.values = { ...entry.values, ...values };
      run.ledgerFile.write({ kind: 'original', resource: resource.id, id, values: entry.values });
    },
    admit(resource, id, values) {
      const entry = entries.get(keyOf(resource, id));
      if (entry !== undefined) add(entry, values);
    },
    adopt(resource, id, values, now) {
      const entry = entries.get(keyOf(resource, id)) ?? { resource, id, values, asked: {}, trouble: notYet };
      entries.set(keyOf(resource, id), entry);
      run.ledgerFile.write({ kind: 'original', resource: resource.id, id, values });
      run.ledgerFile.write({ kind: 'asked', resource: resource.id, id, values: now });
      add(entry, now);
    },
    giveBack,
    async giveBackAll() {
      for (const { resource, id } of changed()) {
        const until = performance.now() + waitForOthersMs;
        // Another run gives back what it read, which is what this one read; what this one did besides is its own.
        while ((await giveBack(resource, id)).kind === 'taken' && performance.now() < until) {
          await pause(lookEveryMs);
        }
      }
    },
    get open() {
      return changed();
    },
  };
}

function keyOf(resource: Resource, id: string): string {
  return `${resource.id}/${id}`;
}

function nameOf(resource: Resource, body: unknown): unknown {
  return resource.name === undefined ? undefined : valuesOf(body, resource.name)[0];
}

function add(entry: Entry, values: JsonRecord): void {
  for (const [member, value] of Object.entries(values)) {
    entry.asked[member] = [...(entry.asked[member] ?? []), value];
  }
}

/** The members that the update can set, as far as the record shows them. */
function valuesIn(run: Run, resource: Resource, body: unknown): JsonRecord {
  const update = run.operation(resource.update ?? '');
  return Object.fromEntries(
    requestMembers(run.contract, update).flatMap(({ name }) => {
      const [value] = valuesOf(body, name);
      return value === undefined ? [] : [[name, asJson(value)] as const];
    }),
  );
}

/** What a body asks for that is not there already. */
function askedBy({ values }: Entry, body: unknown): JsonRecord {
  if (!isObject(body)) return {};
  return Object.fromEntries(
    Object.entries(body).flatMap(([member, value]) =>
      values[member] === undefined || sameJson(values[member], value)
        ? []
        : [[member, asJson(value)] as const],
    ),
  );
}

/** The record of something on which no other run is at work; waits a little for that. Throws Inconclusive. */
async function unmarkedRecord(
  run: Run,
  context: CaseContext,
  resource: Resource,
  id: string,
): Promise<unknown> {
  const reader =
    resource.update === undefined ? undefined : run.givenFor(run.operation(resource.update)).at(-1);
  if (resource.read === undefined || reader === undefined) {
    throw new Inconclusive(
      `a ${resource.id} is changed only where it can be given back as it was, and it cannot be read`,
      resource.read === undefined
        ? `Name the read of ${resource.id} in the matrix.`
        : `Give the key of a role that may change a ${resource.id}.`,
    );
  }
  const plan = planAt(run.operation(resource.read), reader, id);
  const until = performance.now() + waitForOthersMs;
  for (;;) {
    const looked = await readAgain(context, plan);
    if (!succeeded(looked)) {
      throw new Inconclusive(
        `the ${resource.id} ${id} is not changed, for how it was cannot be read: ${described(looked)}`,
        `See the access cases of ${resource.read}.`,
      );
    }
    const body = bodyOf(looked);
    const other = otherRunOn(nameOf(resource, body), run.config.runId);
    if (other === undefined) return body;
    if (performance.now() > until) throw atWork(resource, id, other);
    await pause(lookEveryMs);
  }
}

/** Another run is at work on something that neither of them made. */
export function atWork(resource: Resource, id: string, runId: string): Inconclusive {
  return new Inconclusive(
    `another run (${runId}) is at work on the ${resource.id} ${id}, or was killed at it`,
    'Run it again when that one has ended; what a killed one left is given back by armature-conformance cleanup.',
  );
}
