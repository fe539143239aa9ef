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

/** The most trials in which the causes of one deployment are looked for. */
const mostCalls = 240;
/** The most trials for one cause. */
const mostCallsForOne = 60;
/** The most cases of one kind that a step is tried with. */
const mostAccused = 12;

/**
 * The alarms of one deployment, each with the fewest choices that bring it about. An alarm keeps none that does not
 * come again where only its own kind is tried, and none once that took too many trials.
 * @param causes what is known of other deployments: tried before anything is looked for
 */
export async function withCauses(
  alarms: readonly FalseAlarm[],
  point: Point,
  causes: readonly Point[],
  alarming: Alarming,
): Promise<readonly FalseAlarm[]> {
  const budget = { left: mostCalls };
  const counted: Alarming = (part, cases, kind) => {
    budget.left -= 1;
    return alarming(part, cases, kind);
  };
  const known = [...causes];
  const found = new Map<FalseAlarm, Point>();
  // What comes of a slow machine is behind no choice, and each look for it takes as long again.
  for (const group of kindsOf(alarms.filter(({ kind }) => kind !== 'late'))) {
    let open = group;
    while (open.length > 0 && budget.left > 0) {
      const cause = await causeOf(open, point, known, counted);
      const explained = open.filter((alarm) => cause?.cases.has(alarm.case) === true);
      if (cause === undefined || explained.length === 0) break;
      known.push(cause.choices);
      for (const alarm of explained) found.set(alarm, cause.choices);
      open = open.filter((alarm) => !explained.includes(alarm));
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
  const comesAgain = async (part: Point): Promise<boolean> => (await alarming(part, again, kind)).size > 0;
  const choices = await fewest(point, comesAgain, mostCallsForOne);
  return { choices, cases: await alarming(choices, all, kind) };
}

/** The fewest choices of a point with which a defect stays hidden; none where it is hidden on the plain point too. */
export async function hiddenBy(point: Point, isHidden: (part: Point) => Promise<boolean>): Promise<Point> {
  return (await isHidden([])) ? [] : fewest(point, isHidden, mostCallsForOne);
}

/** Alarms that look alike are likely to have one cause: those of one family that are told by one code. */
function kindsOf(alarms: readonly FalseAlarm[]): readonly (readonly FalseAlarm[])[] {
  const groups = new Map<string, FalseAlarm[]>();
  for (const alarm of alarms) groups.set(kindOf(alarm), [...(groups.get(kindOf(alarm)) ?? []), alarm]);
  return [...groups.values()];
}

/** What alarms that look alike have in common. */
export function kindOf({ kind, case: id, told }: FalseAlarm): string {
  const code = kind === 'failed' ? (/^[\w-]+/.exec(told[0] ?? '')?.[0] ?? '') : '';
  return [kind, id.split('/')[2] ?? '', code].join(' ');
}

function isWithin(choices: Point, point: Point): boolean {
  return choices.every(({ axis, value }) => point.some((one) => one.axis === axis && one.value === value));
}

function operationOf(id: string): string {
  return id.split('/')[1] ?? '';
}
