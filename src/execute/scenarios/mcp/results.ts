/** What holds for the result of every successful call: told twice, and as its tool says. */
import { isObject, sameJson } from '../../../check/members.ts';
import { compileForeign } from '../../../check/foreign-schema.ts';
import { parsed, textsOf } from '../../../oracle/mcp.ts';
import type { Reply } from '../../../mcp/door.ts';
import type { Listed } from '../../../mcp/listed.ts';
import type { CaseContext } from '../../case-context.ts';

/** The revision before structured results (2025-06-18). */
const withoutStructure = '2025-03-26';

/** Adds what is wrong with the result of a successful call of a tool. */
export function checkResult(
  context: CaseContext,
  { taken, sent }: Reply,
  tool: Listed,
  revision: string,
): void {
  if (taken.kind !== 'done') return;
  const { structuredContent } = taken.result;
  const values = textsOf(taken.result).flatMap((text) => {
    const value = parsed(text);
    return value === undefined ? [] : [value];
  });
  if (values.length === 0) {
    context.fail(
      'mcp-result-twice',
      'schema',
      'No text in the content of the result is JSON.',
      { expected: 'the result as JSON text in content', actual: 'no text that parses as JSON' },
      sent,
    );
  }
  if (structuredContent === undefined) {
    if (revision === withoutStructure) return;
    context.fail(
      'mcp-result-twice',
      'schema',
      'The result has no structuredContent.',
      { expected: 'the result as structuredContent', actual: 'nothing' },
      sent,
    );
    return;
  }
  if (values.length > 0 && !values.some((value) => sameJson(value, structuredContent))) {
    context.fail(
      'mcp-result-twice',
      'disagreement',
      'The JSON text of the result and its structuredContent differ.',
      {
        expected: JSON.stringify(structuredContent).slice(0, 200),
        actual: JSON.stringify(values[0]).slice(0, 200),
      },
      sent,
    );
  }
  const schema = tool['outputSchema'];
  if (!isObject(schema)) return;
  const problem = compileForeign(schema)?.(structuredContent);
  if (problem !== undefined) {
    context.fail(
      'mcp-output-schema',
      'schema',
      `structuredContent breaks the outputSchema of its tool: ${problem}.`,
      {},
      sent,
    );
  }
}
