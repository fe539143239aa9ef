/** What one case has at hand: sending, judging, and keeping the evidence. */
import { randomUUID } from 'node:crypto';
import type { Outcome } from '../check/answer.ts';
import { checkExpectation, type Expected } from '../check/expectation.ts';
import { findingAgainst, type FindingCode, type FindingDetail } from '../check/finding.ts';
import { gatewayFinding } from '../check/gateway.ts';
import { checkAnyAnswer, checkHygiene } from '../check/hygiene.ts';
import type { Operation } from '../contract/types.ts';
import { effectOf, type PromisedEffect } from '../plan/promise.ts';
import type { Shown } from '../plan/credential-parts.ts';
import type { LawfulAnswer } from '../oracle/answer.ts';
import { lawfulAnswers, successesAs } from '../oracle/lawful.ts';
import { isSuccessOf } from '../oracle/proof.ts';
import { situationOf, type SituationHints } from '../plan/situation-of.ts';
import type { Case, RequestPlan } from '../plan/types.ts';
import type { CellProof, Finding } from '../results/types.ts';
import { aimsOf } from './aim.ts';
import type { Connection, HttpClient, WireRequest } from './client.ts';
import { clearToSend, takeEffect } from './conduct.ts';
import { bodyOf, described, statusOf, succeeded, toExchange, type Sent } from './evidence.ts';
import { sendPolitely, type PoliteSent, type RequestKind } from './polite-send.ts';
import { isRateLimited } from './rate-limit.ts';
import { toWire } from './request-builder.ts';
import type { Run } from './run.ts';
import { GatewayAnswered, Inconclusive, NotApplicable } from './stop.ts';
import { resolveToken } from './tokens.ts';

export interface SendOptions {
  readonly connection?: Connection;
  /** Ids for `{{made:R}}`, by resource; what is not given is taken from the slot of the case. */
  readonly made?: Readonly<Record<string, string>>;
  /** The text for `{{marker}}`; by default the case's own. */
  readonly marker?: string;
  /** The credential whose lists `{{listed:R}}` is taken from, where it is not one of the role keys. */
  readonly listedBy?: string;
  /** Whether it can be sent again where a gateway answered for the API; by default where it does little harm. */
  readonly repeatable?: boolean;
  /** Whether what the request changes and the run did not make is given back by the caller, and not at once. */
  readonly givesBack?: boolean;
}

/** A request that a protocol other than REST's has put together. */
export interface MadeRequest {
  /** The operation that it is counted under. */
  readonly operation: string;
  readonly credential: string;
  readonly form: string;
  readonly effect: PromisedEffect | 'read';
  /** Where it goes. */
  readonly origin: string;
  readonly client: HttpClient;
  /** Makes it under its id. */
  readonly make: (requestId: string) => WireRequest;
  readonly repeatable: boolean;
}

export class CaseContext {
  readonly run: Run;
  readonly id: string;
  readonly slot: string;
  readonly marker: string;
  readonly findings: Finding[] = [];
  readonly notes: string[] = [];
  /** What its answer says of the cell that it is about, if it is about one. */
  cell: CellProof | undefined;
  /** What else explains its lawful answer, where it is about no cell. */
  provesNothing: string | undefined;
  /** Whether its requests go before the first ones of other cases: others may be waiting for what it does. */
  begun = false;
  /** Whether exchanges are kept as evidence. */
  keepsEvidence = true;
  /** The ids of things that were listed, and not made by the run, by resource. */
  readonly aimedAt = new Map<string, string>();
  private readonly sent: Sent[] = [];
  private sendCount = 0;

  private readonly kind: RequestKind;

  /**
   * @param slot the name under which the case keeps what it needs made
   * @param kind `tidying` for what removes what the run made: it goes on when the run is halted; `look` for what is
   *   there to be seen: whatever comes is given, and nothing is judged
   */
  constructor(run: Run, id: string, slot: string = id, kind: RequestKind = 'case') {
    this.kind = kind;
    this.run = run;
    this.id = id;
    this.slot = slot;
    this.marker = run.nextMarker();
  }

  /** Whether it removes or gives back what the run made and changed: it goes on when the run is halted. */
  get tidies(): boolean {
    return this.kind === 'tidying';
  }

  /** The operation of an id. */
  operation(id: string): Operation {
    return this.run.operation(id);
  }

  /**
   * Sends a planned request and keeps the exchange; what is wrong with any answer (5xx, broken JSON, an echoed
   * secret …) becomes a finding at once. Throws NotApplicable where the key does not allow the form, Inconclusive
   * where the target limits the rate all the time, where a gateway may have answered for the API to what cannot be
   * repeated, or where the run is halted.
   */
  async send(plan: RequestPlan, options: SendOptions = {}): Promise<Sent> {
    const shown = this.run.keyring.show(plan.presented);
    if (shown === undefined) {
      throw new NotApplicable(
        `the key of ${plan.presented.credential} does not allow the form "${plan.presented.form}"`,
      );
    }
    // The target must not learn from it which case asks, and so which answer is wanted.
    const requestId = randomUUID();
    const number = this.sendCount;
    this.sendCount++;
    const { request, filled } = await this.toWire(plan, options, shown, requestId);
    const operation = this.run.findOperation(plan.operation);
    const aims = operation === undefined ? [] : aimsOf(operation, plan, filled);
    const write = operation === undefined ? undefined : { operation, plan, aims };
    if (write !== undefined && !this.tidies) await clearToSend(this, write, request.body);
    const startedAt = new Date().toISOString();
    const { outcome, notes, passing, unsure } = await this.sendOut(
      operation,
      effectOf(operation, plan),
      request,
      options,
    );
    this.notes.push(...notes.map((note) => this.run.keyring.mask(note)));
    const sent: Sent = {
      requestId,
      number,
      operation: plan.operation,
      credential: plan.presented.credential,
      form: plan.presented.form,
      startedAt,
      origin: this.run.origin,
      request,
      outcome,
    };
    for (const one of passing) this.keepGateways({ ...sent, outcome: one });
    if (unsure) {
      this.keepGateways(sent);
      if (this.kind === 'case') throw gatewayAnswered(sent);
      return sent;
    }
    const objection =
      this.kind === 'case' ? await this.run.planOfOrganization.objection(sent, plan) : undefined;
    this.keep(sent, plan, objection === undefined);
    if (write !== undefined) await takeEffect(this, write, sent, options.givesBack === true);
    if (objection !== undefined) throw objection;
    if (isRateLimited(outcome) && this.kind === 'case') throw stillLimited(sent);
    return sent;
  }

  private async sendOut(
    operation: Operation | undefined,
    effect: PromisedEffect | 'read',
    request: WireRequest,
    {
      connection,
      repeatable,
      client,
    }: Pick<SendOptions, 'connection' | 'repeatable'> & {
      readonly client?: HttpClient;
    },
  ): Promise<PoliteSent> {
    const tidying = this.tidies;
    const goesOn = this.begun;
    this.begun = true;
    try {
      this.run.meter.spend(effect, tidying);
      if (!tidying) this.run.requireGoing();
      return await sendPolitely(this.run, request, {
        caseId: this.id,
        kind: this.kind,
        goesOn,
        repeatable: repeatable ?? mayRepeat(this.run, operation, effect),
        onRepeat: () => {
          this.run.meter.excuse(effect, 1);
          this.run.meter.spend(effect, tidying);
        },
        bookRepeat: () => this.run.meter.repeat(effect, tidying),
        ...(connection === undefined ? {} : { connection }),
        ...(client === undefined ? {} : { client }),
      });
    } catch (error) {
      // It was not sent after all.
      if (operation !== undefined) this.run.ledger.retract(operation, request.body);
      throw error;
    }
  }

  private async toWire(
    plan: RequestPlan,
    options: SendOptions,
    shown: Shown,
    requestId: string,
  ): Promise<{ request: WireRequest; filled: ReadonlyMap<string, string> }> {
    const filled = new Map<string, string>();
    const resolve = async (token: string): Promise<string> => {
      const value = await resolveToken(this, token, options);
      filled.set(token, value);
      return value;
    };
    const { basePath, config } = this.run;
    const request = await toWire(plan, resolve, {
      basePath,
      shown,
      requestId,
      userAgent: config.userAgent,
      ...(config.headers === undefined ? {} : { headers: config.headers }),
    });
    return { request, filled };
  }

  /**
   * Sends a request that another protocol has made, and keeps the exchange; what is wrong with an answer of any protocol
   * becomes a finding at once. Throws as `send` does.
   */
  async sendMade(made: MadeRequest): Promise<Sent> {
    const requestId = randomUUID();
    const number = this.sendCount;
    this.sendCount++;
    const request = made.make(requestId);
    const startedAt = new Date().toISOString();
    const { outcome, notes, passing, unsure } = await this.sendOut(undefined, made.effect, request, {
      repeatable: made.repeatable,
      client: made.client,
    });
    this.notes.push(...notes.map((note) => this.run.keyring.mask(note)));
    const { operation, credential, form, origin } = made;
    const sent: Sent = {
      requestId,
      number,
      operation,
      credential,
      form,
      startedAt,
      origin,
      request,
      outcome,
    };
    for (const one of passing) this.keepGateways({ ...sent, outcome: one });
    if (unsure && this.kind === 'case') {
      this.keepGateways(sent);
      throw gatewayAnswered(sent);
    }
    if (this.keepsEvidence) this.sent.push(sent);
    this.run.time(sent);
    if (this.kind === 'look') return sent;
    if (isRateLimited(outcome)) throw stillLimited(sent);
    for (const finding of checkAnyAnswer(this.run.hygiene, outcome)) this.add(finding, sent);
    return sent;
  }

  /** Keeps what a gateway answered in the API's place: an advisory, once a case. */
  private keepGateways(sent: Sent): void {
    if (this.kind === 'look') return;
    if (this.keepsEvidence) this.sent.push(sent);
    const finding = gatewayFinding(this.run.contract, sent.outcome);
    if (!this.findings.some(({ code }) => code === finding.code)) this.add(finding, sent);
  }

  /** Notes that the case relies on a thing that is there, and that others may remove. Gives its id. */
  aimAt(resource: string, id: string): string {
    this.aimedAt.set(resource, id);
    return id;
  }

  /** @param telling whether the answer says anything of the API */
  private keep(sent: Sent, plan: RequestPlan, telling: boolean): void {
    if (this.keepsEvidence) this.sent.push(sent);
    this.run.account(sent, plan, telling);
    if (!telling || this.kind === 'look' || isRateLimited(sent.outcome)) return;
    const operation = this.run.findOperation(plan.operation);
    for (const finding of checkHygiene(this.run.hygiene, operation, sent.outcome)) this.add(finding, sent);
  }

  /** Adds the findings of an answer against what is lawful; gives them too. */
  expect(sent: Sent, expected: Expected): readonly Finding[] {
    const findings = checkExpectation(this.run.contract, this.run.validate, sent.outcome, expected);
    for (const finding of findings) this.add(finding, sent);
    return findings;
  }

  /** What is lawful to come back to a request that a scenario made itself; the target tells what the plan cannot. */
  async lawfulFor(plan: RequestPlan, hints: SituationHints = {}): Promise<readonly LawfulAnswer[]> {
    const { contract, identities } = this.run;
    const situation = situationOf(contract, plan, hints);
    return lawfulAnswers(contract, await identities.resolved(situation, plan.presented.credential));
  }

  /** What is lawful to come back to the request that the plan gives a case. */
  async lawfulOf({ id, check: { situation, request } }: Case): Promise<readonly LawfulAnswer[]> {
    if (situation === undefined || request === undefined) throw new Error(`the plan gives ${id} no request`);
    const { contract, identities } = this.run;
    return lawfulAnswers(contract, await identities.resolved(situation, request.presented.credential));
  }

  /** True where the answer is the documented success of the operation; else the finding is made. */
  expectSuccess(sent: Sent, operation: Operation, fact: string, says?: string): boolean {
    const { status } = operation.success;
    const answers = successesAs(this.run.contract, operation);
    const items = this.run.itemNames(operation);
    this.expect(sent, {
      answers,
      fact,
      says: says ?? `${operation.method} ${operation.path} answers ${status}.`,
      items,
    });
    return isSuccessOf(this.run.contract, operation, statusOf(sent));
  }

  /** Adds a finding against a fact of the matrix. */
  fail(fact: string, code: FindingCode, message: string, detail: FindingDetail = {}, sent?: Sent): void {
    this.add(findingAgainst(this.run.contract, fact, code, message, detail), sent);
  }

  add(finding: Finding, sent?: Sent): void {
    const index = sent === undefined ? -1 : this.sent.indexOf(sent);
    const masked = maskFinding(finding, this.run.keyring.mask);
    this.findings.push(index < 0 ? masked : { ...masked, exchange: index });
  }

  /** A note about something worth knowing that breaks nothing. */
  note(text: string): void {
    this.notes.push(this.run.keyring.mask(text));
  }

  /**
   * The evidence: the exchanges that findings point at, or the last one; none without a finding, and all of them where
   * the run keeps all. The findings' pointers follow.
   */
  evidence(): { findings: readonly Finding[]; exchanges: ReturnType<typeof toExchange>[] } {
    const whole = this.run.config.evidence === 'all';
    const pointed = this.findings.flatMap(({ exchange }) => (exchange === undefined ? [] : [exchange]));
    const wanted = whole
      ? [...pointed, ...this.sent.keys()]
      : pointed.length > 0
        ? pointed
        : this.findings.length > 0
          ? [this.sent.length - 1]
          : [];
    const indexes = [...new Set(wanted)]
      .filter((index) => index >= 0)
      .slice(0, whole ? mostExchangesOfAll : mostExchanges)
      .toSorted((a, b) => (whole ? a - b : 0));
    const exchanges = indexes.flatMap((index) => {
      const sent = this.sent[index];
      return sent === undefined ? [] : [toExchange(sent, this.run.masks, whole)];
    });
    const findings = this.findings.map((finding) => {
      const { exchange, ...rest } = finding;
      const place = exchange === undefined ? -1 : indexes.indexOf(exchange);
      return place < 0 ? rest : { ...rest, exchange: place };
    });
    return { findings, exchanges };
  }

  /** Lets go of exchanges that no finding points at: a case of many requests keeps little. */
  forget(): void {
    if (this.findings.length === 0) this.sent.length = 0;
  }

  get sentCount(): number {
    return this.sendCount;
  }
}

const mostExchanges = 8;
/** A case that walks through a long list sends many requests of one kind. */
const mostExchangesOfAll = 64;

function stillLimited(sent: Sent): Inconclusive {
  return new Inconclusive(
    `the target kept on limiting the rate: ${sent.request.method} ${sent.request.path} got ${described(sent)}`,
    'Lower --rate or --concurrency, or raise --max-wait.',
  );
}

function gatewayAnswered(sent: Sent): GatewayAnswered {
  return new GatewayAnswered(
    `a gateway may have answered in place of the API: ${sent.request.method} ${sent.request.path} got ${described(sent)}`,
    'Run it again; see the gateway in front of the target where it stays.',
  );
}

/**
 * Whether a request may be sent twice: what reads, what sets the same again, and what makes a thing that is archived
 * with the rest. An archive is not: its second answer is left open.
 */
function mayRepeat(
  { contract }: Run,
  operation: Operation | undefined,
  effect: ReturnType<typeof effectOf>,
): boolean {
  if (effect === 'read' || effect === 'update') return true;
  if (effect !== 'create') return false;
  const made = Object.values(contract.resources).find(({ create }) => create === operation?.id);
  return made?.cleanup === 'archive';
}

function maskFinding(finding: Finding, mask: (text: string) => string): Finding {
  return {
    ...finding,
    message: mask(finding.message),
    ...(finding.actual === undefined ? {} : { actual: mask(finding.actual) }),
    ...(finding.expected === undefined ? {} : { expected: mask(finding.expected) }),
    ...(finding.pointer === undefined ? {} : { pointer: mask(finding.pointer) }),
  };
}

export { bodyOf, described, statusOf, succeeded };
export type { Outcome, Sent };
