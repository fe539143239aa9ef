/** Holding the response schemas of an OpenAPI 3.0 document against what the target really sent. */
import { Ajv } from 'ajv';
import { isObject, memberAt, type JsonObject } from '../../check/members.ts';
import { bodyOf, type CaseContext, type Sent } from '../case-context.ts';
import { entryOf, type Documented } from './document-operations.ts';

/**
 * Checks the successes that the run has seen so far against the document's own schema for them; the first
 * disagreement of each operation is a finding.
 */
export function checkSamples(
  context: CaseContext,
  document: JsonObject,
  all: readonly Documented[],
  sent: Sent,
): void {
  const ajv = new Ajv({ strict: false, logger: false, validateFormats: false });
  ajv.addSchema({ $id: 'document', ...asJsonSchema(document) });
  for (const operation of context.run.contract.operations) {
    const entry = entryOf(all, operation);
    const pointer = entry === undefined ? undefined : schemaPointer(entry, operation.success.status);
    if (pointer === undefined) continue;
    for (const sample of context.run.samples.get(operation.id) ?? []) {
      const problem = problemOf(ajv, pointer, bodyOf(sample));
      if (problem === undefined) continue;
      context.fail(
        'document-true',
        'document',
        `The document's schema for ${operation.id} does not accept what the target sends.`,
        {
          expected: `${problem.message} (${pointer})`,
          actual: problem.actual,
          pointer: problem.pointer,
        },
        sent,
      );
      break;
    }
  }
}

function escape(part: string): string {
  return part.replaceAll('~', '~0').replaceAll('/', '~1');
}

function schemaPointer(entry: Documented, status: number): string | undefined {
  const responses = entry.value['responses'];
  const content = isObject(responses) ? memberAt(responses[String(status)], 'content') : undefined;
  const type = isObject(content) ? Object.keys(content).find((name) => /json/i.test(name)) : undefined;
  if (type === undefined) return undefined;
  const parts = [
    'paths',
    entry.path,
    entry.method.toLowerCase(),
    'responses',
    String(status),
    'content',
    type,
    'schema',
  ];
  return `#/${parts.map(escape).join('/')}`;
}

function problemOf(
  ajv: Ajv,
  pointer: string,
  body: unknown,
): { message: string; actual: string; pointer: string } | undefined {
  try {
    const validate = ajv.getSchema(`document${encodeURI(pointer)}`);
    if (validate === undefined || validate(body) === true) return undefined;
    const [error] = validate.errors ?? [];
    return {
      message: error?.message ?? 'as the schema has it',
      actual: `${error?.instancePath ?? ''} of ${JSON.stringify(body).slice(0, 120)}`,
      pointer: error?.instancePath ?? '',
    };
  } catch {
    // A schema that cannot be compiled is told by the validity of the document.
    return undefined;
  }
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says a type of null. */
function asJsonSchema(value: JsonObject): JsonObject {
  const changed = Object.fromEntries(Object.entries(value).map(([name, child]) => [name, convert(child)]));
  if (changed['nullable'] !== true) return changed;
  const { nullable: _, ...rest } = changed;
  return { anyOf: [rest, { type: 'null' }] };
}

function convert(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(convert);
  return isObject(value) ? asJsonSchema(value) : value;
}
