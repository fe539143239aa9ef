import type { Level } from '../../src/contract/types.ts';
import type { JsonObject } from '../data/model.ts';
import { isObject, objectOf } from '../data/json.ts';
import type { Arrival, Call, EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Answer, Outcome } from '../deployment/outcome.ts';
import type { Check } from '../dialects/dialect.ts';
import type { Packet } from '../server/packet.ts';
import type { Defect, Hooks } from './defect.ts';

/** Operation ids; `*` stands for all. */
export type Where = string | readonly string[];

/** Makes a defect that breaks a documented fact. */
export function must(
  id: string,
  fact: string,
  where: string,
  description: string,
  hooks: () => Hooks,
): Defect {
  return declare('must', id, fact, where, description, hooks);
}

/** Makes a defect that breaks what only an RFC asks for. */
export function should(
  id: string,
  fact: string,
  where: string,
  description: string,
  hooks: () => Hooks,
): Defect {
  return declare('should', id, fact, where, description, hooks);
}

/** Says of a defect that cases of any family may meet it. */
export function erratic(defect: Defect): Defect {
  return { ...defect, erratic: true };
}

/** Changes the bodies of lists that succeed, whatever holds the items; `change` is given the items. */
export function listBodies(
  where: string,
  change: (items: readonly JsonObject[], answer: Answer) => Answer,
): () => Hooks {
  return () => {
    let shown: readonly JsonObject[] = [];
    return {
      perform: (call, run) => {
        const outcome = run(call);
        if (isTo(where, call) && outcome.kind === 'list') shown = outcome.items;
        return outcome;
      },
      answer: (call, run) => {
        const answer = run(call);
        return isTo(where, call) && answer.status === 200 ? change(shown, answer) : answer;
      },
    };
  };
}

function declare(
  level: Level,
  id: string,
  fact: string,
  where: string,
  description: string,
  hooks: () => Hooks,
): Defect {
  return { id, fact, where, description, level, hooks };
}

/** Whether a request is to one of the operations; `*` stands for all. */
export function isTo(where: Where, { operation }: Arrival): boolean {
  if (where === '*' || operation === undefined) return where === '*';
  return typeof where === 'string' ? where === operation.id : where.includes(operation.id);
}

/** Changes answers of operations, refusals included. */
export function answers(
  where: Where,
  change: (answer: Answer, call: Call, deployment: Deployment) => Answer,
): () => Hooks {
  return () => ({
    answer: (call, run, deployment) => {
      const answer = run(call);
      return isTo(where, call) ? change(answer, call, deployment) : answer;
    },
  });
}

/** Changes answers of one status. */
export function answersWith(
  status: number,
  where: Where,
  change: (answer: Answer, call: Call) => Answer,
): () => Hooks {
  return answers(where, (answer, call) => (answer.status === status ? change(answer, call) : answer));
}

/** Changes the bodies of successes as they are laid out. */
export function bodies(where: Where, change: (body: JsonObject, call: Call) => unknown): () => Hooks {
  return answers(where, (answer, call) =>
    answer.status < 300 ? { ...answer, body: change(objectOf(answer.body), call) } : answer,
  );
}

/** Answers successes with another status. */
export function successStatus(where: Where, status: number): () => Hooks {
  return answers(where, (answer) => {
    if (answer.status >= 300) return answer;
    return { ...answer, status, body: status === 204 ? undefined : answer.body };
  });
}

/** Changes the records of successes, before they are laid out. */
export function records(
  where: Where,
  change: (record: JsonObject, call: EnteredCall, deployment: Deployment) => JsonObject,
): () => Hooks {
  return outcomes(where, (outcome, call, deployment) =>
    outcome.kind === 'record' ? { ...outcome, record: change(outcome.record, call, deployment) } : outcome,
  );
}

/** Changes the items of lists, before they are laid out. */
export function items(
  where: Where,
  change: (items: readonly JsonObject[], call: EnteredCall, deployment: Deployment) => readonly JsonObject[],
): () => Hooks {
  return outcomes(where, (outcome, call, deployment) =>
    outcome.kind === 'list' ? { ...outcome, items: change(outcome.items, call, deployment) } : outcome,
  );
}

/** Changes outcomes, before they are laid out. */
export function outcomes(
  where: Where,
  change: (outcome: Outcome, call: EnteredCall, deployment: Deployment) => Outcome,
): () => Hooks {
  return () => ({
    perform: (call, run, deployment) => {
      const outcome = run(call);
      return isTo(where, call) ? change(outcome, call, deployment) : outcome;
    },
  });
}

/** Lets operations work on another call than the one that was checked. */
export function inputs(
  where: Where,
  change: (call: EnteredCall, deployment: Deployment) => EnteredCall,
): () => Hooks {
  return () => ({
    perform: (call, run, deployment) => run(isTo(where, call) ? change(call, deployment) : call),
  });
}

/** Lets operations disregard query parameters. */
export function disregarding(where: Where, ...names: readonly string[]): () => Hooks {
  return inputs(where, (call) => withQuery(call, (query) => names.forEach((name) => query.delete(name))));
}

/** Leaves out a check where `when` holds. */
export function skipping(
  check: Check,
  where: Where,
  when: (call: EnteredCall) => boolean = () => true,
): () => Hooks {
  return () => ({
    check: (asked, call, run) => {
      if (asked !== check || !isTo(where, call) || !when(call)) run();
    },
  });
}

/** Does something in place of a check, which is still there to be run. */
export function checking(
  check: Check,
  where: Where,
  instead: (call: EnteredCall, run: () => void, deployment: Deployment) => void,
): () => Hooks {
  return () => ({
    check: (asked, call, run, deployment) => {
      if (asked === check && isTo(where, call)) instead(call, run, deployment);
      else run();
    },
  });
}

/** Changes what goes over the wire. */
export function packets(
  where: Where,
  change: (packet: Packet, call: Call) => Packet | Promise<Packet>,
): () => Hooks {
  return () => ({ packet: (call, packet) => (isTo(where, call) ? change(packet, call) : packet) });
}

/** Makes `then` take hold every `n`th time that it is asked, and pass the value on otherwise. */
export function everyNth<T>(n: number, then: (value: T) => T): (value: T) => T {
  let count = 0;
  return (value) => {
    count += 1;
    return count % n === 0 ? then(value) : value;
  };
}

/** A copy of a call with a changed query. */
export function withQuery<T extends Call>(call: T, change: (query: URLSearchParams) => void): T {
  const query = new URLSearchParams(call.query);
  change(query);
  return { ...call, query };
}

/** A copy of a call with another value of a path parameter. */
export function withParameter<T extends Call>(call: T, name: string, value: string): T {
  return { ...call, parameters: { ...call.parameters, [name]: value } };
}

/** The members that a body holds; none where it is no object. */
export function sentMembers({ body }: Call): JsonObject {
  return body.kind === 'json' && isObject(body.value) ? body.value : {};
}

/** A copy of a call whose body has other members. */
export function withMembers<T extends Call>(call: T, change: (members: JsonObject) => JsonObject): T {
  return { ...call, body: { kind: 'json', value: change(sentMembers(call)) } };
}

/** A copy of an object without some members. */
export function omit(record: JsonObject, ...names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));
}

/** Changes one item of a list; a list without it stays as it is. */
export function changeItem(
  list: readonly JsonObject[],
  index: number,
  change: (item: JsonObject) => JsonObject,
): readonly JsonObject[] {
  const place = index < 0 ? list.length + index : index;
  return list.map((item, position) => (position === place ? change(item) : item));
}

/** The member of a record as an object; an empty one where it is none. */
export function inner(record: JsonObject, name: string): JsonObject {
  return objectOf(record[name]);
}
