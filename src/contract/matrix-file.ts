import type {
  ConformanceLevel,
  Contract,
  Credential,
  DocumentedError,
  Fact,
  Feature,
  FixedParameter,
  McpContract,
  McpOperation,
  Operation,
  PathParameter,
  QueryParameter,
  Resource,
} from './types.ts';

type ParameterEntry = Omit<PathParameter, 'name'> | Omit<QueryParameter, 'name'> | FixedEntry;

/** Written with the name of the value, which stands among the values of the matrix. */
type FixedEntry = Omit<FixedParameter, 'name'>;

interface OperationEntry extends Omit<Operation, 'id' | 'keyless' | 'parameters' | 'position'> {
  readonly keyless?: boolean;
  readonly parameters?: Readonly<Record<string, ParameterEntry>>;
}

interface ResourceEntry extends Omit<Resource, 'id' | 'idPaths'> {
  /** Written as `id` in the file: the places where an answer may hold the id. */
  readonly id: readonly string[];
}

interface McpOperationEntry extends Omit<
  McpOperation,
  'id' | 'surface' | 'arguments' | 'level' | 'position'
> {
  readonly arguments?: McpOperation['arguments'];
}

type Entries<T> = Readonly<Record<string, T>>;

/** The matrix as it is written: what `specs/matrix.schema.json` accepts. */
export interface MatrixFile extends Pick<Contract, 'api' | 'roles' | 'references' | 'errorSchema'> {
  readonly schemaVersion: 1;
  readonly credentials: Entries<Omit<Credential, 'id'>>;
  readonly errors: Entries<Omit<DocumentedError, 'id'>>;
  readonly features?: Entries<Omit<Feature, 'id'>>;
  readonly facts?: Entries<Omit<Fact, 'id' | 'level'>>;
  readonly levels?: Entries<Omit<ConformanceLevel, 'id'>>;
  readonly resources?: Entries<ResourceEntry>;
  /** What stands in fixed parameters, by name. */
  readonly values?: Entries<string>;
  /** Operations of the API that no case can be made for, by operation id. */
  readonly unsupported?: Entries<{ readonly method: string; readonly path: string; readonly why: string }>;
  readonly operations: Entries<OperationEntry>;
  readonly mcp?: Omit<McpContract, 'operations' | 'recognisedBy'> & {
    readonly recognisedBy?: McpContract['recognisedBy'];
    readonly operations: Entries<McpOperationEntry>;
  };
}
