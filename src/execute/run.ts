/** One run against one target: the services that its cases share. */
import type { Outcome } from '../check/answer.ts';
import { isGateways } from '../check/gateway.ts';
import type { HygieneContext } from '../check/hygiene.ts';
import type { Contract, Operation, Resource } from '../contract/types.ts';
import { operationOf } from '../plan/request.ts';
import type { FootprintPromise } from '../plan/promise.ts';
import type { RequestPlan } from '../plan/types.ts';
import { createBreaker, isSilence, isUnended, type Breaker, type Look } from './breaker.ts';
import { createAnswerTally, type AnswerTally } from './answer-tally.ts';
import { CaseContext } from './case-context.ts';
import { createConnectionTrust, type ConnectionTrust } from './connection-trust.ts';
import { createControls, type Controls } from './controls.ts';
import type { Masks, Sent } from './evidence.ts';
import { haltReason, type Halt } from './halt.ts';
import { createFootprintMeter, type FootprintMeter } from './footprint-meter.ts';
import { createFixtures, type Fixtures } from './fixtures.ts';
import { createIdentities, type Identities } from './identities.ts';
import { createInventory, type Inventory } from './inventory.ts';
import { createLateLists, type LateLists } from './late-lists.ts';
import { createLedger, type Ledger } from './ledger.ts';
import { createLedgerFile, type LedgerFile } from './ledger-file.ts';
import { createOriginals, type Originals } from './originals.ts';
import { createOrganizationPlan, type OrganizationPlan } from './organization-plan.ts';
import { createOwnership, type Ownership } from './ownership.ts';
import { createPacer, waitUntil, type Pacer } from './pace.ts';
import { casesUnderWay, createPlaces, type Places } from './places.ts';
import type { SeenRecord } from './proofs.ts';
import { ownProcess } from './process-mark.ts';
import { createRefusedWrites, type RefusedWrites } from './refused-writes.ts';
import { createRateLimit, type RateLimit } from './rate-limit.ts';
import { createRunState, type RunConfig, type RunState, type Spent } from './run-state.ts';
import { Inconclusive } from './stop.ts';
import { createWaits, type Waits } from './waits.ts';

export class Run {
  readonly contract: Contract;
  readonly config: RunConfig;
  readonly client: RunState['client'];
  readonly keyring: RunState['keyring'];
  readonly validate: RunState['validate'];
  readonly origin: string;
  readonly basePath: string;
  readonly hygiene: HygieneContext;
  /** How what was sent and what came is kept. */
  readonly masks: Masks;
  readonly answers: AnswerTally;
  readonly ledger: Ledger;
  readonly ledgerFile: LedgerFile;
  readonly ownership: Ownership;
  readonly originals: Originals;
  /** The lists that could not be read when the run tidied up, each with what came instead. */
  unread: readonly string[] = [];
  readonly rateLimit: RateLimit;
  readonly breaker: Breaker;
  readonly trust: ConnectionTrust = createConnectionTrust();
  readonly meter: FootprintMeter;
  readonly planOfOrganization: OrganizationPlan;
  readonly inventory: Inventory;
  readonly fixtures: Fixtures;
  readonly controls: Controls;
  readonly identities: Identities;
  readonly lateLists: LateLists;
  /** The places of cases under way. */
  readonly underWay: Places;
  /** How a resource that a refused write aimed at looked last, by its id. */
  readonly lastSeen = new Map<string, SeenRecord>();
  /** The runs of an owner that a refused dispatch aimed at, as they were last listed, by the owner's id. */
  readonly lastRuns = new Map<string, ReadonlySet<string>>();
  readonly refusedWrites: RefusedWrites = createRefusedWrites();
  /** The numbers of the first pages of lists that have pages, by the id of the list. */
  readonly firstPages = new Map<string, number>();
  /** Successful JSON bodies by operation id, a few each: what the document of the API is held against. */
  readonly samples = new Map<string, Sent[]>();
  /** Clients of other origins that parts of the run opened; closed with it. */
  readonly otherClients: Pick<RunState['client'], 'close'>[] = [];
  private readonly state: RunState;
  private readonly operations: ReadonlyMap<string, Operation>;
  /** Resources by the operation that lists them. */
  private readonly lists: ReadonlyMap<string, Resource>;
  private supporter: CaseContext | undefined;
  private readonly pacer: Pacer;
  private halted: Halt | undefined;
  private readonly waits: Waits = createWaits();

  /** @param promise what the run may send at most; a run without one is not held to any */
  constructor(contract: Contract, config: RunConfig, promise?: FootprintPromise, signal?: AbortSignal) {
    this.state = createRunState(contract, config, signal);
    this.contract = contract;
    this.config = config;
    this.client = this.state.client;
    this.keyring = this.state.keyring;
    this.validate = this.state.validate;
    this.origin = this.state.origin;
    this.basePath = this.state.basePath;
    this.operations = new Map(contract.operations.map((operation) => [operation.id, operation]));
    this.lists = new Map(
      Object.values(contract.resources).flatMap((resource) =>
        resource.list === undefined ? [] : [[resource.list, resource] as const],
      ),
    );
    const { findSecret, holdsKey, mask, maskOwn } = this.keyring;
    const added = new Set(Object.keys(config.headers ?? {}).map((name) => name.toLowerCase()));
    this.masks = { mask, maskOwn, added };
    this.hygiene = { contract, validate: this.validate, findSecret, holdsKey };
    this.answers = createAnswerTally(contract);
    this.ledgerFile = createLedgerFile(config.ledgerFile, () => ({
      kind: 'run',
      runId: config.runId,
      baseUrl: config.baseUrl,
      startedAt: new Date().toISOString(),
      ...ownProcess(),
    }));
    this.ledger = createLedger(contract, this.ledgerFile);
    this.ownership = createOwnership(this);
    this.originals = createOriginals(this);
    this.underWay = createPlaces(casesUnderWay(config.concurrency));
    this.pacer = createPacer(config.rate);
    this.rateLimit = createRateLimit(config.maxWaitMs, config.spent);
    this.breaker = createBreaker(
      (outcome) => this.lookAt(outcome),
      () => this.lookAround(),
      (halt) => this.halt(halt),
    );
    this.meter = createFootprintMeter(promise, (halt) => this.halt(halt));
    this.planOfOrganization = createOrganizationPlan(this);
    this.inventory = createInventory(this);
    this.fixtures = createFixtures(this);
    this.controls = createControls(this);
    this.identities = createIdentities(this);
    this.lateLists = createLateLists(this);
  }

  /** The context of the requests that serve the cases; what is wrong with them is told by a case of its own. */
  get support(): CaseContext {
    if (this.supporter === undefined) {
      this.supporter = new CaseContext(this, 'support');
      this.supporter.begun = true;
      // It lives as long as the run: what it keeps would grow with the plan, and only its findings are told.
      this.supporter.keepsEvidence = false;
    }
    return this.supporter;
  }

  /** Why the run ends early; undefined as long as it goes on. */
  get haltedBy(): Halt | undefined {
    return this.halted;
  }

  /** Ends the run: no further request of a case goes out, what is in flight is finished. The first reason counts. */
  halt(halt: Halt): void {
    this.halted ??= halt;
    this.waits.end();
  }

  /**
   * Settles when a request may go out: after a pause that the target asked for, and at the rate of the run.
   * Throws Inconclusive for a request of a case once the run is halted.
   * @param tidying whether it removes what the run made, which a halted run still does
   */
  async admit(tidying: boolean): Promise<void> {
    if (!tidying) this.requireGoing();
    for (const wait of [() => this.rateLimit.ready(), () => this.pacer.turn()]) {
      const due = wait();
      if (due !== undefined) await (tidying ? due : this.waits.orEnded(due));
    }
    if (!tidying) this.requireGoing();
  }

  /** Waits for some ms, or until the run is halted. */
  rest(ms: number): Promise<void> {
    return this.waits.orEnded(waitUntil(performance.now() + ms));
  }

  /** The target limited the rate: where it does so often, requests go out more slowly from now on. */
  limited(): void {
    this.pacer.limited();
  }

  /** Throws Inconclusive once the run is halted. */
  requireGoing(): void {
    if (this.halted === undefined) return;
    const { reason, remedy } = haltReason(this.halted);
    throw new Inconclusive(reason, remedy);
  }

  /** What an outcome shows of the target: whether it is there, or only something in front of it. */
  private lookAt(outcome: Outcome): Look {
    if (isSilence(outcome) || isUnended(outcome)) return 'silence';
    return isGateways(this.contract, this.validate, outcome) ? 'gateway' : 'answer';
  }

  /** What one of two reads of different operations shows: any answer of the API will do. */
  private async lookAround(): Promise<Look> {
    const reads = this.contract.operations.filter(
      ({ effect, path }) => effect === 'read' && !path.includes('{'),
    );
    const first = await this.lookWith(reads[0]);
    if (first === 'answer') return first;
    const second = await this.lookWith(reads.at(-1));
    return second === 'silence' ? first : second;
  }

  private async lookWith(operation: Operation | undefined): Promise<Look> {
    const outcome = await this.client.send(
      {
        method: 'GET',
        path: `${this.basePath}${operation?.path ?? '/'}`,
        headers: { 'user-agent': this.config.userAgent, ...this.config.headers },
      },
      { kind: 'fresh' },
      () => this.pacer.turn(),
    );
    this.countSent();
    return this.lookAt(outcome);
  }

  nextMarker(): string {
    return this.state.nextMarker();
  }

  operation(id: string): Operation {
    return this.operations.get(id) ?? operationOf(this.contract, id);
  }

  findOperation(id: string): Operation | undefined {
    return this.operations.get(id);
  }

  /** The resource that an operation lists. */
  listedBy(operation: Operation): Resource | undefined {
    return this.lists.get(operation.id);
  }

  /** The members that may hold the items of a list operation, likeliest first. */
  itemNames(operation: Operation): readonly string[] {
    return this.listedBy(operation)?.items ?? [];
  }

  /** The ids of the given credentials of the roles, least first. */
  givenRoles(): readonly string[] {
    return this.contract.roles.flatMap((role) =>
      Object.values(this.contract.credentials).flatMap((credential) =>
        credential.kind === 'role' && credential.role === role && this.keyring.given.has(credential.id)
          ? [credential.id]
          : [],
      ),
    );
  }

  /** The ids of the given credentials that may do the operation, least first. */
  givenFor(operation: Operation): readonly string[] {
    return this.givenRoles().filter(
      (id) => operation.roles[this.contract.credentials[id]?.role ?? ''] === 'allowed',
    );
  }

  /** Books that something went out over the wire. */
  countSent(): void {
    this.state.count++;
  }

  /**
   * Books a request: its time, what it made, what it was answered, and its body as a sample.
   * @param telling whether the answer says anything of the API
   */
  account(sent: Sent, plan: RequestPlan, telling: boolean): void {
    this.time(sent);
    const operation = this.operations.get(plan.operation);
    if (operation === undefined || plan.method !== operation.method) return;
    if (telling) this.answers.record(operation, sent);
    this.ledger.record(operation, sent);
    const samples = this.samples.get(operation.id) ?? [];
    if (
      samples.length < 3 &&
      sent.outcome.kind === 'answered' &&
      sent.outcome.status === operation.success.status
    ) {
      samples.push(sent);
      this.samples.set(operation.id, samples);
    }
  }

  /** Books how long a request took. */
  time({ operation, outcome }: Sent): void {
    const durations = this.state.durations.get(operation) ?? [];
    durations.push(outcome.durationMs);
    this.state.durations.set(operation, durations);
  }

  /** Books that a request was sent again because no answer of the API came. */
  countRepeat(): void {
    this.state.repeats++;
  }

  /** What went over the wire so far, and what was done for the sake of a target under load. */
  get spent(): Spent {
    const { limited: rateLimited, waitedMs } = this.rateLimit;
    return { requests: this.state.count, rateLimited, waitedMs, repeated: this.state.repeats };
  }

  get requestCount(): number {
    return this.state.count;
  }

  get durations(): ReadonlyMap<string, readonly number[]> {
    return this.state.durations;
  }

  async close(): Promise<void> {
    await Promise.all([this.client, ...this.otherClients].map((client) => client.close()));
  }
}
