import { loadContract } from '../../contract/load.ts';
import { planCases } from '../../plan/plan.ts';
import { selectCases } from '../../plan/select.ts';
import type { Case } from '../../plan/types.ts';
import type { FlagsOf } from '../option-table.ts';
import { defaultSeed, selectionOf } from '../selection-flags.ts';
import type { Output } from '../surroundings.ts';

/**
 * Prints the cases that a run with every key would hold: id and title a line, or a JSON array. Gives exit code 0;
 * throws UsageError for a selection that matches nothing, ContractError for a broken contract.
 */
export async function listCommand(flags: FlagsOf<'list'>, output: Output): Promise<number> {
  const contract = await loadContract({ matrix: flags.matrix, specs: flags.specs });
  const profile = flags.profile ?? 'full';
  const cases = planCases(contract, { seed: flags.seed ?? defaultSeed, profile });
  const scope = {
    ...selectionOf(flags),
    profile,
    keys: Object.keys(contract.credentials),
  };
  const { selected, skipped } = selectCases(cases, scope, contract);
  if (flags.json === true) {
    output.print(`${JSON.stringify(selected.map(listed), null, 2)}\n`);
    return 0;
  }
  output.print(selected.map(({ id, title }) => `${id}  ${title}\n`).join(''));
  output.note(`${selected.length} cases${skipped.length === 0 ? '' : `, ${skipped.length} not selected`}`);
  return 0;
}

/** A case without its check, which `explain` tells. */
function listed({ check: _check, ...rest }: Case): Omit<Case, 'check'> {
  return rest;
}
