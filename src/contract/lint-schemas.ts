import { join } from 'node:path';
import type { MatrixNode } from './matrix-node.ts';
import { oneOf, suggest } from './near-miss.ts';
import type { Problem } from './problem.ts';
import type { Specs } from './read-specs.ts';
import { compileProblems } from './lint-compile.ts';
import { nearReference, parseReference, referredFiles, resolveReference } from './schema-reference.ts';
import { readSourceText } from './source-text.ts';
import type { Part, Path } from './source-text.ts';
import { walkSchema } from './walk-schema.ts';

/** Something wrong in a schema file, before its place is looked up: most runs find nothing and parse no place. */
export interface SchemaFault {
  readonly file: string;
  readonly path: Path;
  readonly part?: Part;
  readonly severity?: 'warning';
  readonly code: string;
  readonly message: string;
  readonly expected?: string;
  readonly suggestion?: string;
}

const dialect = 'https://json-schema.org/draft/2020-12/schema';

/** What is wrong with the schema files, by themselves and with the matrix. */
export function schemaProblems(matrix: MatrixNode, specs: Specs): Problem[] {
  const identities = Object.keys(specs.schemas).flatMap((file) => identityFaults(file, specs));
  const inAnotherDialect = new Set(
    identities.filter(({ code }) => code === 'wrong-dialect').map(({ file }) => file),
  );
  const compiled = Object.fromEntries(
    Object.entries(specs.schemas).filter(([file]) => !inAnotherDialect.has(file)),
  );
  const faults = [
    ...identities,
    ...Object.keys(specs.schemas).flatMap((file) => referenceFaults(file, specs)),
    ...resourceFaults(matrix.member('resources').names(), specs),
    ...compileProblems(compiled),
    ...unusedFaults(matrix, specs),
  ];
  return [...faults.map((fault) => located(fault, specs)), ...idempotencyProblems(matrix, specs)];
}

function located({ file, path, part, severity, ...rest }: SchemaFault, specs: Specs): Problem {
  const source = readSourceText(specs.texts[file] ?? '', join(specs.folder, file));
  return { severity: severity ?? 'error', ...source.place(path, part), ...rest };
}

function identityFaults(file: string, specs: Specs): SchemaFault[] {
  const { $id, $schema } = specs.schemas[file] ?? {};
  const faults: SchemaFault[] = [];
  if ($id !== file) {
    const message = $id === undefined ? 'the schema has no $id' : `the $id is ${JSON.stringify($id)}`;
    faults.push({
      file,
      path: ['$id'],
      code: 'wrong-schema-id',
      message,
      expected: `the name of the file: ${file}`,
    });
  }
  if ($schema !== undefined && $schema !== dialect) {
    const message = `the dialect is ${JSON.stringify($schema)}`;
    faults.push({ file, path: ['$schema'], code: 'wrong-dialect', message, expected: dialect });
  }
  return faults;
}

function referenceFaults(file: string, specs: Specs): SchemaFault[] {
  return walkSchema(specs.schemas[file] ?? {}).flatMap(({ schema: { $ref }, path }) => {
    if (typeof $ref !== 'string') return [];
    const reference = parseReference($ref, file);
    // A file that is there and is no JSON has its own problem.
    const unread =
      Object.hasOwn(specs.texts, reference.file) && !Object.hasOwn(specs.schemas, reference.file);
    if (unread || resolveReference(reference, specs.schemas) !== undefined) return [];
    const suggestion = nearReference($ref, file, specs.schemas);
    const message = `the reference ${$ref} leads nowhere`;
    const fault = { file, path: [...path, '$ref'], code: 'unresolvable-ref', message };
    return [suggestion === undefined ? fault : { ...fault, suggestion }];
  });
}

function resourceFaults(resources: readonly string[], specs: Specs): SchemaFault[] {
  return Object.entries(specs.schemas).flatMap(([file, document]) =>
    walkSchema(document).flatMap(({ schema, path }) => {
      const resource = schema['x-resource'];
      if (typeof resource !== 'string' || resources.includes(resource)) return [];
      const message = `the matrix has no resource ${resource}`;
      const hint = { expected: oneOf(resources), ...suggest(resource, resources) };
      return [{ file, path: [...path, 'x-resource'], code: 'unknown-resource', message, ...hint }];
    }),
  );
}

function unusedFaults(matrix: MatrixNode, specs: Specs): SchemaFault[] {
  const operations = matrix.member('operations').members();
  const named = [
    matrix.member('errorSchema'),
    ...operations.flatMap((operation) => [
      operation.member('request'),
      operation.member('success').member('schema'),
      operation.member('success').member('item'),
    ]),
  ].flatMap(({ text }) => text ?? []);
  const used = new Set<string>();
  const visit = (file: string): void => {
    if (used.has(file)) return;
    used.add(file);
    for (const referred of referredFiles(file, specs.schemas[file] ?? {})) visit(referred);
  };
  named.forEach(visit);
  return Object.keys(specs.texts)
    .filter((file) => !used.has(file))
    .map((file) => ({
      file,
      path: [],
      severity: 'warning',
      code: 'unused-schema',
      message: 'neither the matrix nor a schema that it uses refers to this schema',
    }));
}

/** The members that make a request a repetition, or none, are members of the request. */
function idempotencyProblems(matrix: MatrixNode, specs: Specs): Problem[] {
  return matrix
    .member('operations')
    .members()
    .flatMap((operation) => {
      const request = operation.member('request').text;
      const idempotency = operation.member('idempotency');
      if (!idempotency.isPresent) return [];
      if (request === undefined) {
        const message = `${operation.name} takes no request body that could say so`;
        return [idempotency.problem({ code: 'misplaced-member', message }, 'key')];
      }
      if (!Object.hasOwn(specs.schemas, request)) return [];
      const valid = requestMembers(request, specs);
      return [idempotency.member('key'), idempotency.member('force')].flatMap((node) => {
        if (node.text === undefined || valid.includes(node.text)) return [];
        const message = `${request} has no member ${node.text}`;
        return [
          node.problem({
            code: 'unknown-request-member',
            message,
            expected: oneOf(valid),
            ...suggest(node.text, valid),
          }),
        ];
      });
    });
}

function requestMembers(file: string, specs: Specs): string[] {
  const schema = specs.schemas[file] ?? {};
  const own = Object.keys(schema['properties'] ?? {});
  const referred = typeof schema['$ref'] === 'string' ? parseReference(schema['$ref'], file).file : file;
  return referred === file ? own : [...own, ...requestMembers(referred, specs)];
}
