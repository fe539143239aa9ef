import { loadContract } from '../../contract/load.ts';
import { renderRoleTable } from '../../report/role-table.ts';
import type { FlagsOf } from '../option-table.ts';
import type { Output } from '../surroundings.ts';

/** Prints who may do what, as the matrix has it. Gives exit code 0; throws ContractError for a broken contract. */
export async function matrixCommand(flags: FlagsOf<'matrix'>, output: Output): Promise<number> {
  const contract = await loadContract({ matrix: flags.matrix, specs: flags.specs });
  output.print(renderRoleTable(contract, flags.format ?? 'table'));
  return 0;
}
