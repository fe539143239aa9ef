/** Everything that the documentation leaves open, by subject: a dialect is one value for each axis. */
import type { Axis } from './axis.ts';
import { lists, names, records } from './bodies.ts';
import { base, ids, tenants } from './identity.ts';
import { mcp } from './mcp.ts';
import { authentication, checks, errors, methods } from './refusals.ts';
import { document, input } from './requests.ts';
import { dispatch, runs } from './runs.ts';
import { archive, sessions, sources, topics, workflows } from './things.ts';
import { gateway, limits, transport } from './transport.ts';

const subjects = {
  base,
  ids,
  tenants,
  transport,
  limits,
  gateway,
  authentication,
  methods,
  errors,
  checks,
  input,
  records,
  names,
  lists,
  sources,
  workflows,
  archive,
  dispatch,
  runs,
  topics,
  sessions,
  document,
  mcp,
};

type Subjects = typeof subjects;
type MeaningOf<A> = A extends Axis<infer Meaning> ? Meaning : never;

/** What a deployment makes of every axis, by subject and axis. */
export type Choices = {
  readonly [Subject in keyof Subjects]: {
    readonly [Name in keyof Subjects[Subject]]: MeaningOf<Subjects[Subject][Name]>;
  };
};

/** The id of an axis: its subject and its name. */
export type AxisId = {
  [Subject in keyof Subjects]: `${Subject}.${keyof Subjects[Subject] & string}`;
}[keyof Subjects];

/** An axis as plain data. */
export interface AxisInfo {
  readonly id: string;
  /** The sentence of the documentation that leaves it open, or the gap. */
  readonly open: string;
  /** The id of the ambiguity in docs/ambiguities.md. */
  readonly ambiguity: string;
  /** The names of its lawful values; the first is that of the plain dialect. */
  readonly values: readonly string[];
}

const catalogue: readonly (readonly [id: string, axis: Axis<unknown>])[] = Object.entries(subjects).flatMap(
  ([subject, axesOfIt]) =>
    Object.entries<Axis<unknown>>(axesOfIt).map(([name, axis]) => [`${subject}.${name}`, axis] as const),
);

/** Every axis, as plain data. */
export const axes: readonly AxisInfo[] = catalogue.map(([id, { open, ambiguity, values }]) => ({
  id,
  open,
  ambiguity,
  values: [...values.keys()],
}));

/**
 * What a point of the space means to a deployment.
 *
 * @param point names of values by axis id; an axis that it does not name has the plain value.
 * @throws Error for a value that the axis does not have.
 */
export function choicesOf(point: Readonly<Record<string, string>>): Choices {
  const chosen: Record<string, Record<string, unknown>> = {};
  for (const [id, { values }] of catalogue) {
    const [subject = '', name = ''] = id.split('.');
    const value = point[id] ?? [...values.keys()][0] ?? '';
    if (!values.has(value)) throw new Error(`The axis ${id} has no value ${value}.`);
    (chosen[subject] ??= {})[name] = values.get(value);
  }
  if (!isComplete(chosen)) throw new Error('A point that says nothing of an axis.');
  return chosen;
}

/** The catalogue is made of the very subjects that the type is made of. */
function isComplete(chosen: Readonly<Record<string, Readonly<Record<string, unknown>>>>): chosen is Choices {
  return catalogue.every(([id, { values }]) => {
    const [subject = '', name = ''] = id.split('.');
    return [...values.values()].includes(chosen[subject]?.[name]);
  });
}
