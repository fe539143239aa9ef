import type { JsonObject } from '../data/model.ts';
import type { Dialect } from '../dialects/dialect.ts';
import { adding, camelCase, sequence, snakeCase, valuing, withoutNulls, type Rewrite } from './rewrite.ts';

/** Members that keep their name and stay where they are null: the documentation pins them. */
const pinned = ['currentVersion', 'schedule'];

const extraMembers = {
  object: 'record',
  links: { docs: 'https://docs.example.com' },
  flags: [],
  internal_revision: 7,
};

/** What a dialect makes of the members of a record, or of a row: names, nulls, moments, version, and members beyond. */
export function membersIn(dialect: Dialect, of: 'record' | 'row'): Rewrite {
  const { records, names } = dialect;
  return sequence(
    momentsIn(records.times),
    versionIn(records.version),
    // A workflow without a schedule shows null: that says something.
    records.nulls === 'shown' ? unchanged : withoutNulls(...pinned),
    names.members === 'mixed'
      ? unchanged
      : (names.members === 'camelCase' ? camelCase : snakeCase)(...pinned),
    // The same names may mean something else in a list.
    records.more === 'none' ? unchanged : adding({ ...extraMembers, object: of }),
    records.typename === 'none' ? unchanged : adding({ __typename: 'Record' }),
  );
}

/** Leaves a record as it is. */
export const unchanged: Rewrite = (record) => record;

/** Only a number is told in another form: what else a version is has been put there on purpose. */
function ofNumber(tell: (version: number) => unknown): Rewrite {
  return valuing({ currentVersion: (version) => (typeof version === 'number' ? tell(version) : version) });
}

function versionIn(form: Dialect['records']['version']): Rewrite {
  switch (form) {
    case 'number':
      return unchanged;
    case 'text':
      return ofNumber((version) => `v${version}`);
    case 'object':
      return ofNumber((version) => ({ id: `v-${version}`, number: version }));
    case 'timestamp':
      return ofNumber((version) => new Date(Date.UTC(2026, 0, 1, 0, 0, version)).toISOString());
  }
}

/** Moments are the members whose name says so; what a request sent is deeper and stays as it was. */
function momentsIn(form: Dialect['records']['times']): Rewrite {
  if (form === 'iso') return unchanged;
  return (record) =>
    Object.fromEntries(
      Object.entries(record).map(([name, value]) =>
        /(_at|At)$/.test(name) && typeof value === 'string' ? [name, moment(value, form)] : [name, value],
      ),
    );
}

function moment(iso: string, form: 'offset' | 'epoch-ms' | 'epoch-s'): string | number {
  const at = Date.parse(iso);
  if (form === 'offset') return `${new Date(at + 7_200_000).toISOString().slice(0, -1)}+02:00`;
  return form === 'epoch-ms' ? at : Math.floor(at / 1000);
}

/** The name of a resource's own id: `id`, or another where a record does not wrap it. */
export function idNamed(name: string): Rewrite {
  return (record: JsonObject) => {
    if (name === 'id') return record;
    const { id, ...rest } = record;
    return { [name]: id, ...rest };
  };
}
