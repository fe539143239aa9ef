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
      return options.made?.[name] ?? (await madeOrThere(context, name));
    case 'organization':
      return run.identities.organizationOf(name);
    default:
      throw new Error(`The plan holds an unknown token {{${token}}}`);
  }
}

/** The one that the case has made; of what nothing makes, one that is there, which holds what is made. */
async function madeOrThere({ run, slot }: CaseContext, resource: string): Promise<string> {
  if (run.contract.resources[resource]?.create === undefined) return run.inventory.listedId(resource);
  return (await run.fixtures.inSlot(slot, resource)).id;
}
