/** What one case has at hand: sending, judging, and keeping the evidence. */
import { describeOutcome, hasStatus, isSuccess, type Outcome } from '../check/answer.ts';
import { checkExpectation, type Expected } from '../check/expectation.ts';
import { findingAgainst, type FindingCode, type FindingDetail } from '../check/finding.ts';
import { checkHygiene } from '../check/hygiene.ts';
import type { Operation } from '../contract/types.ts';
import { effectOf } from '../plan/promise.ts';
import { successesOf } from '../plan/request.ts';
import type { RequestPlan } from '../plan/types.ts';
import type { Finding } from '../results/types.ts';
import type { Connection } from './client.ts';
import { toExchange, type Sent } from './evidence.ts';
import { answeredInPlace } from './gateways.ts';
import { notToBeJudged } from './not-to-be-judged.ts';
import { sendPolitely, type RequestKind } from './polite-send.ts';
import { toWire } from './request-builder.ts';
import type { Run } from './run.ts';
import { NotApplicable } from './stop.ts';
import { resolveToken } from './tokens.ts';

export interface SendOptions {
  readonly connection?: Connection;
  /** Ids for `{{made:R}}`, by resource; what is not given is taken from the slot of the case. */
  readonly made?: Readonly<Record<string, string>>;
  /** The text for `{{marker}}`; by default the case's own. */
  readonly marker?: string;
  /** The credential whose lists `{{listed:R}}` is taken from, where it is not one of the role keys. */
  readonly listedBy?: string;
}

export class CaseContext {
  readonly run: Run;
  readonly id: string;
  readonly slot: string;
  readonly marker: string;
  readonly findings: Finding[] = [];
  readonly notes: string[] = [];
  /** Whether its requests go before the first ones of other cases: others may be waiting for what it does. */
  begun = false;
  /** Whether exchanges are kept as evidence. */
  keepsEvidence = true;
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

  /** The operation of an id. */
  operation(id: string): Operation {
    return this.run.operation(id);
  }

  /**
   * Sends a planned request and keeps the exchange; what is wrong with any answer (5xx, broken JSON, an echoed
   * secret …) becomes a finding at once. Throws NotApplicable where the key does not allow the form, Inconclusive
   * where the run is halted and, in a case, where what came says nothing of the API.
   */
  async send(plan: RequestPlan, options: SendOptions = {}): Promise<Sent> {
    const shown = this.run.keyring.show(plan.presented);
    if (shown === undefined) {
      throw new NotApplicable(
        `the key of ${plan.presented.credential} does not allow the form "${plan.presented.form}"`,
      );
    }
    const requestId = `${this.run.config.runId}/${this.id}${this.sendCount === 0 ? '' : `/${this.sendCount}`}`;
    this.sendCount++;
    const request = await toWire(plan, (token) => resolveToken(this, token, options), {
      basePath: this.run.basePath,
      shown,
      requestId,
      userAgent: this.run.config.userAgent,
      ...(this.run.config.headers === undefined ? {} : { headers: this.run.config.headers }),
    });
    const goesOn = this.begun;
    this.begun = true;
    const startedAt = new Date().toISOString();
    const operation = this.run.findOperation(plan.operation);
    this.run.meter.spend(effectOf(operation, plan), this.kind === 'tidying');
    if (this.kind !== 'tidying') this.run.requireGoing();
    if (operation?.method === plan.method) {
      this.run.ledger.intend(operation, request.body, plan.presented.credential);
    }
    const { outcome, notes, instead } = await sendPolitely(this.run, request, {
      caseId: this.id,
      operation: plan.operation,
      kind: this.kind,
      goesOn,
      ...(options.connection === undefined ? {} : { connection: options.connection }),
    });
    this.notes.push(...notes.map((note) => this.run.keyring.mask(note)));
    const sent: Sent = {
      requestId,
      operation: plan.operation,
      credential: plan.presented.credential,
      form: plan.presented.form,
      startedAt,
      origin: this.run.origin,
      request,
      outcome,
    };
    if (this.keepsEvidence) this.sent.push(sent);
    const objection = this.kind === 'case' ? await notToBeJudged(this.run, sent, plan) : undefined;
    this.run.account(sent, plan, objection === undefined);
    if (this.kind !== 'case') return sent;
    if (objection !== undefined) throw objection;
    if (instead !== undefined) this.add(answeredInPlace(this.run, instead), sent);
    for (const finding of checkHygiene(this.run.hygiene, operation, outcome)) this.add(finding, sent);
    return sent;
  }

  /** Adds the findings of an answer against what is lawful; gives them too. */
  expect(sent: Sent, expected: Expected): readonly Finding[] {
    const findings = checkExpectation(this.run.contract, this.run.validate, sent.outcome, expected);
    for (const finding of findings) this.add(finding, sent);
    return findings;
  }

  /** True where the answer is the documented success of the operation; else the finding is made. */
  expectSuccess(sent: Sent, operation: Operation, fact: string, says?: string): boolean {
    const { status } = operation.success;
    const answers = successesOf(operation);
    const items = this.run.itemNames(operation);
    this.expect(sent, {
      answers,
      fact,
      says: says ?? `${operation.method} ${operation.path} answers ${status}.`,
      items,
    });
    return answers.some(
      (answer) => typeof answer.status === 'number' && hasStatus(sent.outcome, answer.status),
    );
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

function maskFinding(finding: Finding, mask: (text: string) => string): Finding {
  return {
    ...finding,
    message: mask(finding.message),
    ...(finding.actual === undefined ? {} : { actual: mask(finding.actual) }),
    ...(finding.expected === undefined ? {} : { expected: mask(finding.expected) }),
    ...(finding.pointer === undefined ? {} : { pointer: mask(finding.pointer) }),
  };
}

/** The JSON value of an answer, or undefined. */
export function bodyOf(sent: Sent): unknown {
  return sent.outcome.kind === 'answered' && sent.outcome.body.kind === 'json'
    ? sent.outcome.body.value
    : undefined;
}

/** The status of an answer, 0 for none. */
export function statusOf(sent: Sent): number {
  return sent.outcome.kind === 'answered' ? sent.outcome.status : 0;
}

/** True for a 2xx. */
export function succeeded(sent: Sent): boolean {
  return isSuccess(sent.outcome);
}

/** The answer in a few words. */
export function described(sent: Sent): string {
  return describeOutcome(sent.outcome);
}

export type { Outcome, Sent };
