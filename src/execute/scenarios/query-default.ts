/** What leaving a parameter out means. */
import { agreedLeaves, differingPlaces } from '../../check/agreement.ts';
import { bodyOf, type Sent } from '../case-context.ts';
import { differentItem } from '../steady-compare.ts';
import type { Resource } from '../../contract/types.ts';
import { walkReadable, type Query, type Walk } from './pages.ts';
import { type Scenario } from './scenario.ts';
import { type Asked, asked, listRequest, read } from './query.ts';

/** Leaving a parameter out is the same as its default. */
export const standard: Scenario = async (context, planned, parameters) => {
  const a = asked(context, planned, parameters);
  const usual: Query = [[a.parameter.name, a.parameter.default ?? '']];
  for (const query of [[], usual]) {
    const sent = await read(a, query);
    if (!context.expectSuccess(sent, a.operation, a.fact)) return;
  }
  const difference =
    a.resource === undefined ? await otherBody(a, usual) : await otherItems(a, a.resource, usual);
  if (difference === undefined) return;
  const { actual, sent } = difference;
  context.fail(
    a.fact,
    'filter',
    `Without ${a.parameter.name} comes something else than with its default.`,
    { expected: `the answer of ${a.parameter.name}=${a.parameter.default ?? ''}`, actual },
    sent,
  );
};

interface Difference {
  readonly actual: string;
  readonly sent: Sent | undefined;
}

function others({ parameter }: Asked): readonly string[] {
  return (parameter.values ?? []).filter((one) => one !== parameter.default);
}

/** A list without the parameter that shows, or lacks, an item each time that the list with its default does not. */
async function otherItems(a: Asked, resource: Resource, usual: Query): Promise<Difference | undefined> {
  const look = (query: Query): Promise<Walk> =>
    walkReadable(a.context, listRequest(a, resource, query), { size: 50, mostPages: 5 });
  const different = await differentItem(
    a.context,
    () => look([]),
    () => look(usual),
  );
  if (different === undefined) return undefined;
  const { item, lackedBy, look: lacking } = different;
  const actual = lackedBy === 'one' ? `other items, without ${item.id}` : `${item.id} as well`;
  return { actual, sent: lacking.pages[0]?.sent };
}

/** How often another default must show before it is one. */
const rounds = 2;

/**
 * Another documented value than the default, whose answer is what comes without the parameter. Only the places of a body
 * that two answers agree on are compared, and only with an answer that came between them.
 */
async function otherBody(a: Asked, usual: Query): Promise<Difference | undefined> {
  let difference: Difference | undefined;
  for (let round = 0; round < rounds; round++) {
    const [default1, plain1, default2, plain2] = [
      await readBody(a, usual),
      await readBody(a, []),
      await readBody(a, usual),
      await readBody(a, []),
    ];
    const plain = agreedLeaves(plain1.body, plain2.body);
    const places = differingPlaces(plain, agreedLeaves(default1.body, default2.body));
    // Other bodies may differ for reasons of their own: it counts where they are those of another value.
    difference = places.length === 0 ? undefined : await answerOfAnother(a, plain1, places);
    if (difference === undefined) return undefined;
  }
  return difference;
}

/** The other value whose answer shows at these places what comes without the parameter, before it and after it. */
async function answerOfAnother(
  a: Asked,
  before: Body,
  places: readonly string[],
): Promise<Difference | undefined> {
  for (const value of others(a)) {
    const other = await readBody(a, [[a.parameter.name, value]]);
    const after = await readBody(a, []);
    const plain = agreedLeaves(before.body, after.body);
    const alike = agreedLeaves(other.body, after.body);
    if (!places.every((place) => plain.has(place) && alike.has(place))) continue;
    return { actual: `the answer of ${a.parameter.name}=${value}`, sent: after.sent };
  }
  return undefined;
}

interface Body {
  readonly body: unknown;
  readonly sent: Sent;
}

async function readBody(a: Asked, query: Query): Promise<Body> {
  const sent = await read(a, query);
  return { body: bodyOf(sent), sent };
}
