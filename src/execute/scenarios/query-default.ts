/** What leaving a parameter out means. */
import { isObject } from '../../check/members.ts';
import { bodyOf, succeeded, type Sent } from '../case-context.ts';
import { walkPages, type Query } from './pages.ts';
import { type Scenario } from './scenario.ts';
import { type Asked, asked, read } from './query.ts';

/** Leaving a parameter out is the same as its default. */
export const standard: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const others = (a.parameter.values ?? []).filter((one) => one !== a.parameter.default);
  let difference: Difference | undefined;
  // Twice, since what is there may change between two reads.
  for (let round = 0; round < 2; round++) {
    difference = await differenceFromDefault(a, others);
    if (difference === undefined) return;
  }
  if (difference === undefined) return;
  const { sent, ...detail } = difference;
  context.fail(
    a.fact,
    'filter',
    `Without ${a.parameter.name} comes something else than with its default.`,
    detail,
    sent,
  );
};

interface Difference {
  readonly expected: string;
  readonly actual: string;
  readonly sent: Sent | undefined;
}

/** An answer to compare: the ids of a whole list, or a body without its times. */
interface Looked {
  readonly sent: Sent | undefined;
  readonly value: string;
}

async function differenceFromDefault(a: Asked, others: readonly string[]): Promise<Difference | undefined> {
  const { name, default: usual = '' } = a.parameter;
  const [plain, explicit] = [await look(a, []), await look(a, [[name, usual]])];
  for (const { sent } of [plain, explicit]) {
    if (sent === undefined || succeeded(sent)) continue;
    a.context.expectSuccess(sent, a.operation, a.fact);
    return undefined;
  }
  if (plain.value === explicit.value) return undefined;
  const expected = `the answer of ${name}=${usual}`;
  for (const other of others) {
    if ((await look(a, [[name, other]])).value === plain.value) {
      return { expected, actual: `the answer of ${name}=${other}`, sent: plain.sent };
    }
  }
  // Other bodies may differ for reasons of their own; lists with other items do not.
  return a.resource === undefined ? undefined : { expected, actual: 'other items', sent: plain.sent };
}

async function look(a: Asked, query: Query): Promise<Looked> {
  if (a.resource === undefined) {
    const sent = await read(a, query);
    return { sent, value: JSON.stringify(timeless(bodyOf(sent))) };
  }
  const walk = await walkPages(a.context, a.operation, a.resource, a.by, query, { size: 50, mostPages: 5 });
  return {
    sent: walk.pages[0]?.sent,
    value: walk.items
      .map(({ id }) => id)
      .toSorted()
      .join('\n'),
  };
}

const isoTime = /^\d{4}-\d{2}-\d{2}T/;

function timeless(body: unknown): unknown {
  if (typeof body === 'string' && isoTime.test(body)) return 'a time';
  if (Array.isArray(body)) return body.map(timeless);
  if (!isObject(body)) return body;
  return Object.fromEntries(Object.entries(body).map(([name, child]) => [name, timeless(child)]));
}
