import type { ContractDigests } from './digests.ts';
import type { MatrixFile } from './matrix-file.ts';
import type {
  Contract,
  FixedParameter,
  JsonSchema,
  Level,
  McpContract,
  Operation,
  Parameter,
  SourcePosition,
  Standing,
} from './types.ts';

/** Documented and client facts are musts: a break is a violation. RFC facts are shoulds: a break is an advisory. */
export function levelOf(standing: Standing): Level {
  return standing === 'rfc' ? 'should' : 'must';
}

/**
 * The contract from a matrix that keeps its schema and that lint found no error in.
 *
 * @param positionOf where the matrix has an operation.
 */
export function buildContract(
  matrix: MatrixFile,
  schemas: Readonly<Record<string, JsonSchema>>,
  digests: ContractDigests,
  positionOf: PositionOf,
): Contract {
  return {
    api: { ...matrix.api, title: line(matrix.api.title) },
    roles: matrix.roles,
    credentials: named(told(matrix.credentials)),
    references: mapEntries(matrix.references, (_id, text) => line(text)),
    errors: named(told(matrix.errors)),
    errorSchema: matrix.errorSchema,
    features: named(matrix.features ?? {}),
    facts: mapEntries(matrix.facts ?? {}, (id, fact) => ({
      ...fact,
      statement: line(fact.statement),
      id,
      level: levelOf(fact.standing),
    })),
    levels: Object.values(named(told(matrix.levels ?? {}))),
    resources: mapEntries(matrix.resources ?? {}, (id, { id: idPaths, ...rest }) => ({
      ...rest,
      id,
      idPaths,
    })),
    operations: Object.entries(matrix.operations).map(
      ([id, { keyless, parameters, ...rest }]): Operation => ({
        ...rest,
        summary: line(rest.summary),
        id,
        keyless: keyless === true,
        ...toParameters(parameters ?? {}, matrix.values ?? {}),
        position: positionOf(id),
      }),
    ),
    ...(matrix.mcp === undefined ? {} : { mcp: mcpOf(matrix.mcp, positionOf) }),
    schemas,
    ...digests,
  };
}

/** Where the matrix has an operation: among those of REST, or among those of a member such as `mcp`. */
export type PositionOf = (operation: string, member?: 'mcp') => SourcePosition;

function mcpOf(
  { surface, path, recognisedBy = {}, operations }: NonNullable<MatrixFile['mcp']>,
  positionOf: PositionOf,
): McpContract {
  return {
    surface,
    path,
    recognisedBy,
    operations: Object.entries(operations).map(([id, { summary, arguments: needed = {}, ...rest }]) => ({
      ...rest,
      id,
      surface,
      summary: line(summary),
      arguments: needed,
      level: 'must',
      position: positionOf(id, 'mcp'),
    })),
  };
}

/** A text of the matrix as it stands in lines of reports and of the terminal, however it was written down. */
function line(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}

function told<T extends { readonly about: string }>(entries: Readonly<Record<string, T>>): Record<string, T> {
  return mapEntries(entries, (_id, entry) => ({ ...entry, about: line(entry.about) }));
}

/** The parameters that cases vary, and those whose value the matrix gives. */
function toParameters(
  entries: NonNullable<MatrixFile['operations'][string]['parameters']>,
  values: Readonly<Record<string, string>>,
): Pick<Operation, 'parameters' | 'fixed'> {
  const parameters: Parameter[] = [];
  const fixed: FixedParameter[] = [];
  for (const [name, entry] of Object.entries(entries)) {
    if ('value' in entry) fixed.push({ ...entry, name, value: values[entry.value] ?? '' });
    else parameters.push({ ...entry, name });
  }
  return { parameters, fixed };
}

function named<T extends object>(entries: Readonly<Record<string, T>>): Record<string, T & { id: string }> {
  return mapEntries(entries, (id, entry) => ({ ...entry, id }));
}

function mapEntries<T, U>(
  entries: Readonly<Record<string, T>>,
  change: (id: string, entry: T) => U,
): Record<string, U> {
  return Object.fromEntries(Object.entries(entries).map(([id, entry]) => [id, change(id, entry)]));
}
