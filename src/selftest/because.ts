/** Which lawful choices bring a false alarm about, and which hide a defect: the fewest, each step tried. */
import { fewest } from './fewest.ts';
import type { Point } from './points.ts';
import { spread } from './spread.ts';
import type { FalseAlarm } from './types.ts';

/** The ids of those of the cases that alarm on a point. */
export type Alarming = (
  point: Point,
  cases: readonly string[],
  kind: FalseAlarm['kind'],
) => Promise<ReadonlySet<string>>;

/** The most trials that a cause is looked for with. */
const mostCalls = 60;
/** The most cases of one kind that a step is tried with. */
const mostAccused = 12;
/** The most causes that are looked for behind alarms of one kind. */
const mostCauses = 4;

/**
 * The alarms of one deployment, each with the fewest choices that bring it about. An alarm that does not come again
 * where only its own kind is tried keeps none.
 * @param causes what is known of other deployments: tried before anything is looked for
 */
export async function withCauses(
  alarms: readonly FalseAlarm[],
  point: Point,
  causes: readonly Point[],
  alarming: Alarming,
): Promise<readonly FalseAlarm[]> {
  const known = [...causes];
  const found = new Map<FalseAlarm, Point>();
  for (const group of kindsOf(alarms)) {
    let left = group;
    for (let round = 0; round < mostCauses && left.length > 0; round += 1) {
      const cause = await causeOf(left, point, known, alarming);
      if (cause === undefined) break;
      known.push(cause.choices);
      for (const alarm of left) if (cause.cases.has(alarm.case)) found.set(alarm, cause.choices);
      left = left.filter((alarm) => !found.has(alarm));
    }
  }
  return alarms.map((alarm) => {
    const choices = found.get(alarm);
    return choices === undefined ? alarm : { ...alarm, because: choices };
  });
}

interface Cause {
  readonly choices: Point;
  /** What alarms with these choices alone. */
  readonly cases: ReadonlySet<string>;
}

async function causeOf(
  alarms: readonly FalseAlarm[],
  point: Point,
  known: readonly Point[],
  alarming: Alarming,
): Promise<Cause | undefined> {
  const kind = alarms[0]?.kind ?? 'failed';
  const all = alarms.map((alarm) => alarm.case);
  const some = spread(all, mostAccused, 'accused', { idOf: (id) => id, groupOf: operationOf });
  for (const choices of [[], ...known.filter((one) => isWithin(one, point))]) {
    if ((await alarming(choices, some, kind)).size > 0)
      return { choices, cases: await alarming(choices, all, kind) };
  }
  const again = [...(await alarming(point, some, kind))];
  if (again.length === 0) return undefined;
  const choices = await fewest(
    point,
    async (part) => (await alarming(part, again, kind)).size > 0,
    mostCalls,
  );
  return { choices, cases: await alarming(choices, all, kind) };
}

/** The fewest choices of a point with which a defect stays hidden; none where it is hidden on the plain point too. */
export async function hiddenBy(point: Point, isHidden: (part: Point) => Promise<boolean>): Promise<Point> {
  return (await isHidden([])) ? [] : fewest(point, isHidden, mostCalls);
}

/** Alarms that look alike are likely to have one cause. */
function kindsOf(alarms: readonly FalseAlarm[]): readonly (readonly FalseAlarm[])[] {
  const groups = new Map<string, FalseAlarm[]>();
  for (const alarm of alarms) {
    const { kind, case: id, told } = alarm;
    const key = [kind, id.split('/')[2] ?? '', /^[\w-]+/.exec(told[0] ?? '')?.[0] ?? ''].join(' ');
    groups.set(key, [...(groups.get(key) ?? []), alarm]);
  }
  return [...groups.values()];
}

function isWithin(choices: Point, point: Point): boolean {
  return choices.every(({ axis, value }) => point.some((one) => one.axis === axis && one.value === value));
}

function operationOf(id: string): string {
  return id.split('/')[1] ?? '';
}
