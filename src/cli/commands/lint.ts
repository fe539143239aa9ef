import { readContract } from '../../contract/load.ts';
import { renderProblems } from '../../contract/problem.ts';
import type { FlagsOf } from '../option-table.ts';
import type { Output, Surroundings } from '../surroundings.ts';

/**
 * Checks matrix and schemas and prints every problem with its place. Gives 0 where the contract can be used
 * (warnings allowed), 2 where it cannot.
 */
export async function lintCommand(
  flags: FlagsOf<'lint'>,
  { cwd }: Surroundings,
  output: Output,
): Promise<number> {
  const linted = await readContract({ matrix: flags.matrix, specs: flags.specs });
  const { problems } = linted;
  if (problems.length > 0) output.print(`${renderProblems(problems, cwd)}\n`);
  const errors = problems.filter(({ severity }) => severity === 'error').length;
  if (linted.kind === 'broken') {
    output.note(`${errors} ${errors === 1 ? 'error' : 'errors'}, ${problems.length - errors} warnings`);
    return 2;
  }
  const { operations, roles, schemas } = linted.contract;
  output.print(
    `The contract is sound: ${operations.length} operations, ${roles.length} roles, ${Object.keys(schemas).length} schemas.\n`,
  );
  return 0;
}
