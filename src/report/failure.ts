/**
 * A case with findings as structured lines: the one layout of a failure, whatever shows it. The texts come from the
 * target as they are; whoever shows them escapes what their medium needs.
 */
import type { SourcePosition } from '../contract/types.ts';
import type { CaseResult, CredentialFacts, Exchange, Finding, Header, Results } from '../results/types.ts';
import { breaks } from '../results/verdict.ts';
import { rpcLine } from './json-rpc.ts';
import { curlLine } from './curl.ts';
import { rerunCommand, type RunIdentity } from './rerun.ts';

/** `known` where an entry of the known failures names it. */
export type FindingSeverity = 'violation' | 'known' | 'advisory';

export type FailureLine =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'field'; readonly label: string; readonly text: string }
  | { readonly kind: 'finding'; readonly severity: FindingSeverity; readonly text: string }
  | { readonly kind: 'expected' | 'received'; readonly text: string }
  /** Text as it went over the wire, a line each. */
  | {
      readonly kind: 'wire';
      readonly label: string;
      /** The head, and behind an empty line the body. */
      readonly lines: readonly string[];
      /** JSON pointers into the body, to what is wrong with it. */
      readonly pointers?: readonly string[];
    }
  /** A command to paste. */
  | { readonly kind: 'command'; readonly label: string; readonly text: string };

export interface FailureContext {
  readonly run: RunIdentity;
  /** By id: what a credential is and which environment variable holds its key. */
  readonly credentials: ReadonlyMap<string, CredentialFacts>;
  /** Where the matrix states an operation, by its id. */
  readonly positions: ReadonlyMap<string, SourcePosition>;
  /** The most of a body that is shown, in characters; results.json may hold more. */
  readonly shownBody: number;
}

/** The most of a body that a report in plain text shows, in characters. */
const shownBody = 1200;
/** The most exchanges that are shown of one case. */
const shownExchanges = 2;

/** What the failures of a run are told with; `bodies` is how many characters of a body are shown. */
export function failureContext(results: Results, bodies: number = shownBody): FailureContext {
  return {
    run: results,
    credentials: new Map(results.credentials.map((one) => [one.id, one])),
    positions: new Map(results.operations.map(({ operation, position }) => [operation, position])),
    shownBody: bodies,
  };
}

/** Every line there is to say about a case with findings, in the order in which a reader wants them. */
export function failureLines(result: CaseResult, context: FailureContext): readonly FailureLine[] {
  return [
    { kind: 'title', text: result.title },
    { kind: 'field', label: 'case', text: result.id },
    { kind: 'field', label: 'level', text: `${result.level}, family ${result.family}` },
    { kind: 'field', label: 'credential', text: credentialText(result, context) },
    ...result.findings.flatMap((finding) => findingLines(finding, context.run.strict)),
    ...contractLines(result, context),
    ...exchangesOf(result).flatMap((exchange) =>
      exchangeLines(exchange, pointersInto(exchange, result), context),
    ),
    ...(result.notes ?? []).map((text) => ({ kind: 'field', label: 'note', text }) as const),
    { kind: 'command', label: 'run again', text: rerunCommand(result.id, context.run) },
  ];
}

function credentialText({ credential }: CaseResult, { credentials }: FailureContext): string {
  const about = credentials.get(credential)?.about;
  return about === undefined ? credential : `${credential} (${about})`;
}

function severityOf(finding: Finding, strict: boolean): FindingSeverity {
  if (finding.known !== undefined) return 'known';
  return breaks(finding, strict) ? 'violation' : 'advisory';
}

function findingLines(finding: Finding, strict: boolean): readonly FailureLine[] {
  const { code, message, expected, actual, pointer, schema, steadiness, known } = finding;
  const lines: FailureLine[] = [
    {
      kind: 'finding',
      severity: severityOf(finding, strict),
      text: `${code}: ${message}`,
    },
  ];
  if (expected !== undefined) lines.push({ kind: 'expected', text: expected });
  if (actual !== undefined) lines.push({ kind: 'received', text: actual });
  if (pointer !== undefined) {
    lines.push({ kind: 'field', label: 'in the body', text: pointer === '' ? 'the whole' : pointer });
  }
  if (schema !== undefined) lines.push({ kind: 'field', label: 'schema', text: `specs/${schema}` });
  if (steadiness !== undefined) lines.push({ kind: 'field', label: 'repeated', text: steadiness });
  if (known !== undefined) lines.push({ kind: 'field', label: 'known', text: known });
  return lines;
}

/** Where the contract says so: each reference once, then the line of the operation. */
function contractLines(
  { findings, reference, operation }: CaseResult,
  { positions }: FailureContext,
): FailureLine[] {
  const references = new Set(findings.map((finding) => finding.reference));
  if (references.size === 0) references.add(reference);
  const position = positions.get(operation);
  const lines = [...references].map((text) => ({ kind: 'field', label: 'contract', text }) as const);
  if (position === undefined) return lines;
  return [
    ...lines,
    { kind: 'field', label: 'matrix', text: `${position.file}:${position.line}:${position.column}` },
  ];
}

/** The exchanges that the findings point at; where they point at none, the last one. */
function exchangesOf({ findings, exchanges = [] }: CaseResult): readonly Exchange[] {
  const indexes = new Set(findings.flatMap(({ exchange }) => (exchange === undefined ? [] : [exchange])));
  const named = [...indexes].flatMap((index) => exchanges[index] ?? []);
  return (named.length > 0 ? named : exchanges.slice(-1)).slice(0, shownExchanges);
}

function pointersInto(exchange: Exchange, { findings, exchanges = [] }: CaseResult): readonly string[] {
  const index = exchanges.indexOf(exchange);
  return findings.flatMap((one) =>
    one.pointer === undefined || (one.exchange ?? exchanges.length - 1) !== index ? [] : [one.pointer],
  );
}

function exchangeLines(
  exchange: Exchange,
  pointers: readonly string[],
  context: FailureContext,
): readonly FailureLine[] {
  const { request, requestId, outcome, credential, form } = exchange;
  const variable = context.credentials.get(credential)?.env;
  const lines: FailureLine[] = [
    {
      kind: 'wire',
      label: 'request',
      lines: [
        `${request.method} ${request.url}`,
        ...[rpcLine(request.body)].filter((line) => line !== undefined),
        ...request.headers.map(headerLine),
        ...bodyLines(request.body ?? '', request.bodyBytes, context),
      ],
    },
    {
      kind: 'wire',
      label: `response after ${Math.round(exchange.durationMs)} ms`,
      lines: outcomeLines(outcome, context),
      ...(pointers.length === 0 ? {} : { pointers }),
    },
    { kind: 'field', label: 'request id', text: requestIds(requestId, outcome) },
    {
      kind: 'command',
      label: 'curl',
      text: curlLine({ ...request, ...(variable === undefined ? {} : { keyVariable: variable }) }),
    },
  ];
  if (form === 'bearer' || form === 'none') return lines;
  const text = `the run showed the key in the form ${form}; where it was altered, alter it in the curl line too`;
  return [...lines, { kind: 'field', label: 'note', text }];
}

function outcomeLines(outcome: Exchange['outcome'], context: FailureContext): readonly string[] {
  if (outcome.kind === 'unanswered') return [`no answer (${outcome.fault}): ${outcome.message}`];
  const { status, headers, body, bodyBytes } = outcome;
  return [`${status}`, ...headers.map(headerLine), ...bodyLines(body, bodyBytes, context)];
}

function requestIds(own: string, outcome: Exchange['outcome']): string {
  const theirs = outcome.kind === 'answered' ? outcome.targetRequestId : undefined;
  return theirs === undefined ? own : `${own}, the target calls it ${theirs}`;
}

function headerLine([name, value]: Header): string {
  return `${name}: ${value}`;
}

/** A body behind an empty line, its first part where it is long, with how much of it that is. */
function bodyLines(body: string, wholeBytes: number, context: FailureContext): readonly string[] {
  if (wholeBytes === 0 && body === '') return [];
  const shown = body.slice(0, context.shownBody);
  const bytes = Buffer.byteLength(shown);
  // A masked key makes a body shorter without a part of it being left out.
  const whole = shown === body && body.includes('***');
  const cut = bytes < wholeBytes && !whole ? [`… (${bytes} of ${wholeBytes} bytes)`] : [];
  return ['', ...shown.split('\n'), ...cut];
}
