import type { Problem } from './check.ts';
import type { Exchange, Reply } from './exchange.ts';
import type { ApiKey, Run } from './model.ts';

/** Where a seeded defect can step in. Each one is optional; a sound deployment has none. */
export interface Hooks {
  /** Answers before anything is looked at. */
  early?(x: Exchange): Reply | undefined;
  /** Decides again whom a credential belongs to. */
  key?(x: Exchange, found: ApiKey | undefined): ApiKey | undefined;
  role?(x: Exchange, allowed: boolean): boolean;
  feature?(x: Exchange, enabled: boolean): boolean;
  visible?(x: Exchange, orgId: string, visible: boolean): boolean;
  problems?(x: Exchange, found: readonly Problem[]): readonly Problem[];
  /** Whether a query parameter is overlooked. */
  overlooks?(x: Exchange, parameter: string): boolean;
  /** Changes one record before it is wrapped. */
  record?(x: Exchange, kind: string, record: Readonly<Record<string, unknown>>, index: number): unknown;
  /** Changes the items of a list before they are wrapped. */
  list?(x: Exchange, kind: string, items: readonly unknown[]): readonly unknown[];
  /** Told of each refusal. */
  refused?(x: Exchange, reply: Reply): void;
  runStatus?(x: Exchange, run: Run, status: string, age: number): string;
  reply?(x: Exchange, reply: Reply): Reply | Promise<Reply>;
  /** Changes the bytes of a JSON body. */
  bytes?(x: Exchange, bytes: Buffer, reply: Reply): Buffer;
}

export interface Defect {
  readonly id: string;
  readonly fact: string;
  readonly where: string;
}

/** A defect with what it does; one without hooks is looked for by its id in the handlers. */
export interface Seeded extends Defect {
  readonly hooks?: Hooks;
}
