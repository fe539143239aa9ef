/** Where the ids and names in a planned request come from. */
import type { CaseContext, SendOptions } from './case-context.ts';

/** The text for a token of a planned request. Throws Inconclusive where the target has nothing of the kind. */
export async function resolveToken(
  context: CaseContext,
  token: string,
  options: SendOptions,
): Promise<string> {
  const { run } = context;
  const [kind = '', name = '', state] = token.split(':');
  switch (kind) {
    case 'marker':
      return options.marker ?? context.marker;
    case 'listed':
      return options.listedBy === undefined
        ? context.aimAt(name, await run.inventory.listedId(name, state === 'terminal'))
        : run.inventory.foreignId(name, state === 'terminal');
    case 'unknown':
      return run.inventory.unknownId(name);
    case 'foreign':
      return run.inventory.foreignId(name, state === 'terminal');
    case 'made':
      return options.made?.[name] ?? (await run.fixtures.inSlot(context.slot, name)).id;
    case 'organization':
      return run.identities.organizationOf(name);
    default:
      throw new Error(`The plan holds an unknown token {{${token}}}`);
  }
}
