/** Where a seeded defect of the second door takes hold; each is given what the deployment would do. */
import type { JsonObject, Tenant } from '../data/model.ts';
import type { KeyRecord } from '../keys/mint.ts';
import type { Deployment } from '../deployment/deployment.ts';

/** One call of a tool, read of a resource or fetch of a prompt, by a key. */
export interface McpCall {
  /** The operation of the contract; the name or URI that was asked for where it is none. */
  readonly operation: string;
  readonly kind: 'tool' | 'resource' | 'prompt';
  readonly asked: string;
  readonly arguments: JsonObject;
  readonly actor: KeyRecord;
  readonly tenant: Tenant;
}

/** One request as it came in. */
export interface McpArrival {
  readonly httpMethod: string;
  /** The method of the JSON-RPC message; undefined where the body is none. */
  readonly method: string | undefined;
  readonly message: unknown;
  readonly headers: Headers;
}

export interface McpHooks {
  /** Whose key it is; undefined for nobody's. */
  readonly authenticate?: (
    arrival: McpArrival,
    actor: KeyRecord | undefined,
    deployment: Deployment,
  ) => KeyRecord | undefined;
  readonly enter?: (actor: KeyRecord, own: Tenant, deployment: Deployment) => Tenant;
  /** Whether the role of a key may do an operation. */
  readonly allows?: (operation: string, role: string, allowed: boolean) => boolean;
  /** What is done and given; `run` takes the call as it is, or a changed one. */
  readonly perform?: (
    call: McpCall,
    run: (call: McpCall) => JsonObject,
    deployment: Deployment,
  ) => JsonObject;
  /** What is done in spite of a refusal of the role. */
  readonly refused?: (call: McpCall, run: (call: McpCall) => JsonObject) => void;
  /** The items of a list before it is cut into pages. */
  readonly list?: (method: string, items: readonly JsonObject[], actor: KeyRecord) => readonly JsonObject[];
  /** The result of a call as the protocol has it, failures included. */
  readonly result?: (call: McpCall, result: JsonObject) => JsonObject;
  /** The code of a failure. */
  readonly code?: (call: McpCall, code: string) => string;
  /** The answer over HTTP. */
  readonly response?: (arrival: McpArrival, response: Response) => Response | Promise<Response>;
}
