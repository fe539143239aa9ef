/**
 * The contract as plain data: what `matrix.yaml` and `specs/` say, parsed and trusted.
 * Every other part of the suite reads these types; none reads YAML.
 */

export type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
export type Effect = 'read' | 'create' | 'update' | 'archive' | 'dispatch';
/** Which effects a run may have on the target; each holds the ones before it. */
export type Profile = 'smoke' | 'read' | 'guarded' | 'full';
export type Level = 'must' | 'should';
export type Standing = 'documented' | 'client' | 'rfc';
/** `documented` and `client` facts are musts, `rfc` facts are shoulds. */
export type Decision = 'allowed' | 'denied';

/** Where in the matrix a statement stands; lines and columns count from 1. */
export interface SourcePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export type CredentialKind = 'role' | 'revoked' | 'feature-disabled' | 'other-org';

export interface Credential {
  readonly id: string;
  readonly kind: CredentialKind;
  /** The role of the key; only for kind `role`. */
  readonly role?: string;
  readonly env: string;
  readonly key: string;
  readonly about: string;
}

export interface DocumentedError {
  readonly id: string;
  readonly status: number;
  /** The code that the documentation pins; absent where it is left open. */
  readonly code?: string;
  readonly about: string;
}

export interface Fact {
  readonly id: string;
  readonly statement: string;
  readonly standing: Standing;
  readonly level: Level;
  /** The id of the reference, and its text. */
  readonly reference: string;
}

export type QueryFilter =
  | { readonly kind: 'equals'; readonly member: readonly string[] }
  | { readonly kind: 'finds'; readonly member: readonly string[] }
  | { readonly kind: 'contains'; readonly member: readonly string[] }
  | { readonly kind: 'any-of'; readonly member: readonly string[] }
  | { readonly kind: 'limit' }
  | { readonly kind: 'page'; readonly size: string }
  | { readonly kind: 'text' }
  | { readonly kind: 'window' };

/** A segment of the path that holds the id of a resource. */
export interface PathParameter {
  readonly in: 'path';
  readonly name: string;
  readonly resource: string;
  /** The state that the resource must be in for the operation to make sense. */
  readonly state?: 'terminal';
}

export interface QueryParameter {
  readonly in: 'query';
  readonly name: string;
  readonly about?: string;
  /** The documented values: each is accepted. */
  readonly values?: readonly string[];
  readonly default?: string;
  /** The values are ids of this resource. */
  readonly resource?: string;
  readonly filter?: QueryFilter;
}

/** A parameter that every request of the operation has, with the same value: what the target needs to be told. */
export interface FixedParameter {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  /** The value itself, looked up among the values of the matrix. */
  readonly value: string;
}

export type Parameter = PathParameter | QueryParameter;

export interface Operation {
  readonly id: string;
  readonly surface: string;
  readonly summary: string;
  readonly method: Method;
  /** Path template below the base path, with parameters in braces. */
  readonly path: string;
  readonly effect: Effect;
  /** True where the operation needs no key. */
  readonly keyless: boolean;
  readonly feature?: string;
  readonly roles: Readonly<Record<string, Decision>>;
  /** The parameters that cases vary. */
  readonly parameters: readonly Parameter[];
  /** What every request has besides. */
  readonly fixed: readonly FixedParameter[];
  /** File name of the request schema in the specs folder. */
  readonly request?: string;
  /** The media type of the request body, where it is another kind of JSON than application/json. */
  readonly requestMedia?: string;
  readonly success: {
    readonly status: number;
    /** File name of the schema of the body; absent where there is no body, or none that is looked at. */
    readonly schema?: string;
    /** Other statuses that are a success as well; their bodies are not looked at. */
    readonly also?: readonly number[];
    /** True where no status is documented but a class: any 2xx with the same body. */
    readonly anyStatus?: boolean;
    /** Where `rfc`, only an RFC names the status: another 2xx with the same body is an advisory. Else documented. */
    readonly statusStanding?: 'documented' | 'rfc';
    /** The media type of the body where it is not application/json; it is looked at where it is a kind of JSON. */
    readonly media?: string;
    /** File name of the schema that every item of the list keeps. */
    readonly item?: string;
  };
  readonly errors: readonly string[];
  /** The errors for which it documents no status of their own: any 4xx will do. */
  readonly anyRefusal?: readonly string[];
  /** Where the answer names the role, the actor and the organization of the key. */
  readonly identity?: { readonly role: string; readonly actor: string; readonly organization: string };
  readonly idempotency?: {
    readonly key: string;
    readonly force: string;
    readonly replayStatuses: readonly number[];
  };
  readonly level: Level;
  readonly reference: string;
  readonly position: SourcePosition;
}

export interface Resource {
  readonly id: string;
  readonly surface: string;
  /** Operation ids. */
  readonly list?: string;
  readonly read?: string;
  readonly create?: string;
  readonly update?: string;
  readonly archive?: string;
  readonly dispatch?: string;
  /** Dotted paths where the id may stand in an answer to a create, likeliest first. */
  readonly idPaths: readonly string[];
  /** Where the id stands in an item of the list, where that is not where a create answers it. */
  readonly itemId?: readonly string[];
  /** Members that may hold the items of a list, likeliest first. */
  readonly items: readonly string[];
  /** The member that holds the name. */
  readonly name?: string;
  readonly version?: string;
  readonly schedule?: string;
  readonly belongsTo?: {
    readonly resource: string;
    readonly member: readonly string[];
    /** The query parameter of the list that asks for one owner. */
    readonly parameter: string;
  };
  readonly states?: {
    readonly member: string;
    readonly pending: readonly string[];
    readonly terminal: readonly string[];
  };
  /** Members of its details that say what a member of its row says, by the member of the detail. */
  readonly repeats?: Readonly<Record<string, string>>;
  /** A body of the update that leaves a listed resource as it is. */
  readonly unchanging?: Readonly<Record<string, unknown>>;
  readonly cleanup: 'archive' | 'never';
}

export interface Feature {
  readonly id: string;
  readonly credential: string;
  readonly error: string;
}

/** A level of conformance: what a deployment can claim that serves only a part of the API. */
export interface ConformanceLevel {
  readonly id: string;
  readonly about: string;
  readonly surfaces: readonly string[];
  /** Effects of operations; all of them where it is absent. */
  readonly effects?: readonly Effect[];
  /** The profile that sends all of its cases. */
  readonly profile: Profile;
  /** The credentials whose keys show it; any where it is absent. */
  readonly credentials?: readonly string[];
}

/** What stands in an argument of a call over MCP. */
export type McpContent =
  | 'run'
  | 'other-run'
  | 'failed-run'
  | 'workflow'
  | 'version'
  | 'proposal'
  | 'mcp-server'
  | 'text'
  | 'changes'
  | 'key'
  | 'status'
  | 'limit'
  | 'before'
  | 'after';

export interface McpArgument {
  readonly is: McpContent;
  /** Its documented name. */
  readonly name?: string;
  /** Words of its name, where no page gives it. */
  readonly find?: readonly string[];
  readonly optional?: true;
}

/** A tool, a resource or a prompt; `endpoint` stands for the handshake and the lists. */
export interface McpOperation {
  readonly id: string;
  readonly surface: string;
  readonly kind: 'endpoint' | 'tool' | 'resource' | 'prompt';
  readonly summary: string;
  readonly effect: Effect;
  readonly roles: Readonly<Record<string, Decision>>;
  /** Words of its name or description, where its name is not documented; else its id is its name. */
  readonly find?: readonly string[];
  /** The URI of a resource; `{id}` stands for an id. */
  readonly uri?: string;
  readonly hints?: 'reads' | 'dispatches';
  readonly arguments: Readonly<Record<string, McpArgument>>;
  readonly level: Level;
  readonly reference: string;
  readonly position: SourcePosition;
}

/** The second door to the same data: an MCP endpoint under the same keys and roles. */
export interface McpContract {
  readonly surface: string;
  /** Below the URL that the base path of the API stands below. */
  readonly path: string;
  /** Names of tools by which another generation is known. */
  readonly recognisedBy: Readonly<Record<string, readonly string[]>>;
  /** In the order of the matrix. */
  readonly operations: readonly McpOperation[];
}

/** A JSON Schema document: an object, or a boolean schema inside one. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** The header that shows a key, and what stands before the key in it. */
export interface KeyHeader {
  /** In lower case. */
  readonly header: string;
  readonly scheme?: string;
}

export interface Contract {
  readonly api: {
    readonly title: string;
    readonly version: string;
    readonly basePath: string;
    /** The first part of every key, before its first underscore; absent where keys have no form of their own. */
    readonly keyPrefix?: string;
    /** How a request shows its key; absent for `Authorization: Bearer <key>`. */
    readonly auth?: KeyHeader;
  };
  /** From least to most. */
  readonly roles: readonly string[];
  readonly credentials: Readonly<Record<string, Credential>>;
  readonly references: Readonly<Record<string, string>>;
  readonly errors: Readonly<Record<string, DocumentedError>>;
  readonly errorSchema: string;
  readonly features: Readonly<Record<string, Feature>>;
  readonly facts: Readonly<Record<string, Fact>>;
  /** In the order of the matrix. */
  readonly levels: readonly ConformanceLevel[];
  readonly resources: Readonly<Record<string, Resource>>;
  /** In the order of the matrix. */
  readonly operations: readonly Operation[];
  /** Absent where the API has no second door. */
  readonly mcp?: McpContract;
  /** Schema documents by file name. */
  readonly schemas: Readonly<Record<string, JsonSchema>>;
  /** What members of request bodies are given in place of the examples of their schemas, by name. */
  readonly requestValues?: Readonly<Record<string, string>>;
  /** SHA-256 of matrix and schemas, hex. */
  readonly digest: string;
  /** SHA-256 of each of its files, hex, by name: `matrix.yaml`, `specs/org.response.schema.json`. */
  readonly files: Readonly<Record<string, string>>;
}
