import { loadContract } from '../../contract/load.ts';
import { UsageError } from '../../errors.ts';
import { nearest } from '../../nearest.ts';
import { planCases } from '../../plan/plan.ts';
import { normalizeBaseUrl } from '../base-url.ts';
import { explainCase } from '../explain-case.ts';
import type { FlagsOf } from '../option-table.ts';
import { defaultSeed } from '../selection-flags.ts';
import type { Output } from '../surroundings.ts';

/**
 * Prints what a case sends, what is lawful to come back, and where the contract says so. Gives exit code 0; throws
 * UsageError for an id that no case has, with the nearest ones.
 */
export async function explainCommand(id: string, flags: FlagsOf<'explain'>, output: Output): Promise<number> {
  const contract = await loadContract({ matrix: flags.matrix, specs: flags.specs });
  const seed = flags.seed ?? defaultSeed;
  const cases = planCases(contract, { seed, profile: flags.profile ?? 'full' });
  const planned = cases.find((one) => one.id === id);
  if (planned === undefined) {
    const ids = cases.map((one) => one.id);
    const near = nearest(id, ids);
    const hint =
      near.length === 0
        ? 'armature-conformance list prints every case id.'
        : `Did you mean ${near.join(' or ')}?`;
    throw new UsageError(`There is no case ${id}.`, hint);
  }
  const { basePath } = contract.api;
  const baseUrl = normalizeBaseUrl(flags.baseUrl ?? `https://your-org.example.com${basePath}`, basePath);
  output.print(await explainCase(planned, contract, { baseUrl, seed }));
  return 0;
}
