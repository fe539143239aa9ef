import type { Level } from '../../src/contract/types.ts';
import type { Tenant } from '../data/model.ts';
import type { Arrival, Call, EnteredCall } from '../deployment/call.ts';
import type { Deployment } from '../deployment/deployment.ts';
import type { Answer, Outcome } from '../deployment/outcome.ts';
import type { Check } from '../dialects/dialect.ts';
import type { KeyRecord } from '../keys/mint.ts';
import type { McpHooks } from '../mcp/hooks.ts';
import type { Packet } from '../server/packet.ts';
import type { Hiding } from './unseen-where.ts';

export interface DefectInfo {
  readonly id: string;
  /** The fact that it breaks: the id of a fact of the matrix, or a place such as `getOrg/success` or `listRuns?status`. */
  readonly fact: string;
  /** The operation, or the part of the API, that shows it. */
  readonly where: string;
  readonly description: string;
  /** `must` where the break is a violation, `should` where it is an advisory. */
  readonly level: Level;
  /** True where it breaks now this request, now that (by count, connection or load): cases of any family may meet it. */
  readonly erratic?: true;
  /**
   * Where it cannot be seen: points of the space of axes by the values that hide it, of which all hold at once. What is
   * hidden there is lawful there, or there is nothing that it could change.
   */
  readonly unseenWhere?: readonly Hiding[];
}

/** What is known where a key is looked up. */
export interface Attempt {
  readonly arrival: Arrival;
  /** The key as the documentation has it read; undefined where there is none. */
  readonly presented: string | undefined;
  /** The record of a key that counts: known, and not revoked. */
  readonly find: (key: string | undefined) => KeyRecord | undefined;
  readonly deployment: Deployment;
}

/**
 * The places where a defect takes hold. Each hook is given what the deployment would do, and may do something else;
 * a hook that is not there leaves the conformant way as it is.
 */
export interface Hooks {
  /** Whether other spellings of a path lead to its operation, whatever the dialect. */
  readonly routesOtherSpellings?: true;
  /** Whose key it is. */
  readonly authenticate?: (attempt: Attempt) => KeyRecord | undefined;
  /** The organization that the request works in. */
  readonly enter?: (call: Call, actor: KeyRecord, tenant: Tenant, deployment: Deployment) => Tenant;
  /** A check, which throws what it refuses. */
  readonly check?: (check: Check, call: EnteredCall, run: () => void, deployment: Deployment) => void;
  /** The operation itself; `run` takes the call as it is, or a changed one. */
  readonly perform?: (
    call: EnteredCall,
    run: (call: EnteredCall) => Outcome,
    deployment: Deployment,
  ) => Outcome;
  /** The whole way from call to answer, refusals included. */
  readonly answer?: (call: Call, run: (call: Call) => Answer, deployment: Deployment) => Answer;
  /** An answer to a request that is none of an operation: another method, another path. */
  readonly stray?: (arrival: Arrival, run: () => Answer) => Answer;
  /** The bytes on the wire. */
  readonly packet?: (call: Call, packet: Packet) => Packet | Promise<Packet>;
  /** The second door. */
  readonly mcp?: McpHooks;
}

export interface Defect extends DefectInfo {
  /** Makes the hooks of one deployment: what a defect remembers, it remembers there. */
  readonly hooks: () => Hooks;
}
