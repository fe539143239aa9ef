import { stringify } from 'yaml';
import { loadContract } from '../../contract/load.ts';
import { toOpenapi } from '../../contract/openapi.ts';
import { UsageError } from '../../errors.ts';
import { fileErrorWord, writeWhole } from '../../write-whole.ts';
import { normalizeBaseUrl } from '../base-url.ts';
import type { FlagsOf } from '../option-table.ts';
import type { Output } from '../surroundings.ts';

/**
 * Writes the contract as an OpenAPI 3.0 document, to stdout or to a file. Its server is the base URL, where one is
 * given, and else the base path alone. Gives exit code 0; throws ContractError for a broken contract, UsageError for
 * a base URL that is none and for a file that cannot be written.
 */
export async function openapiCommand(flags: FlagsOf<'openapi'>, output: Output): Promise<number> {
  const contract = await loadContract({ matrix: flags.matrix, specs: flags.specs });
  const { basePath } = contract.api;
  const serverUrl = flags.serverUrl === undefined ? basePath : normalizeBaseUrl(flags.serverUrl, basePath);
  const document = toOpenapi(contract, { serverUrl });
  const text =
    (flags.documentFormat ?? formatOf(flags.out)) === 'yaml'
      ? stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })
      : `${JSON.stringify(document, null, 2)}\n`;
  if (flags.out === undefined) {
    output.print(text);
    return 0;
  }
  try {
    await writeWhole(flags.out, text);
  } catch (error) {
    throw new UsageError(
      `The document cannot be written to ${flags.out}: ${fileErrorWord(error)}.`,
      'Choose another --out.',
    );
  }
  return 0;
}

/** The format that the name of a file asks for. */
function formatOf(file: string | undefined): 'json' | 'yaml' {
  return file !== undefined && /\.ya?ml$/i.test(file) ? 'yaml' : 'json';
}
