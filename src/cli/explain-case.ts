/** One case for people: what it sends, what is lawful to come back, where the contract says so. */
import { describeAnswers } from '../check/expectation.ts';
import type { Contract } from '../contract/types.ts';
import { createKeyring } from '../execute/keyring.ts';
import { toWire } from '../execute/request-builder.ts';
import { causeWords, type Cause, type LawfulAnswer } from '../oracle/answer.ts';
import { lawfulAnswers } from '../oracle/lawful.ts';
import { badForm } from '../plan/credential-forms.ts';
import type { Case, Check, RequestPlan } from '../plan/types.ts';
import { curlLine } from '../report/curl.ts';
import { maskKey } from '../secrets.ts';

export interface ExplainOptions {
  readonly baseUrl: string;
  readonly seed: number;
}

type Row = readonly [label: string, text: string];

/** The explanation as text that ends with a line break; ids that only a run knows stand in it in capitals. */
export async function explainCase(
  planned: Case,
  contract: Contract,
  options: ExplainOptions,
): Promise<string> {
  const { check } = planned;
  const rows: readonly Row[] = [
    ['case', planned.id],
    ['title', planned.title],
    ['family', `${planned.family}, level ${planned.level}`],
    ['sent by', `the profile ${planned.profile} and those above it`],
    ...keyRows(planned, contract),
    ['says', check.says],
    ...factRows(planned, contract),
    ['reference', contract.references[planned.reference] ?? planned.reference],
    ...matrixRow(planned, contract),
    ...footprintRow(planned),
  ];
  const parts = [
    rows.map(([label, text]) => `${label.padEnd(10)} ${text}`).join('\n'),
    check.kind === 'exchange'
      ? await exchangeText(check, contract, options)
      : ['what it does', ...check.steps.map((step, index) => `  ${index + 1}. ${step}`)].join('\n'),
  ];
  return `${parts.join('\n\n')}\n`;
}

function keyRows({ keys }: Case, { credentials }: Contract): readonly Row[] {
  if (keys.length === 0) return [['keys', 'none']];
  return keys.map((id) => ['key', `${credentials[id]?.about ?? id}: ${credentials[id]?.env ?? id}`]);
}

function factRows({ facts }: Case, contract: Contract): readonly Row[] {
  return facts.map((id) => {
    const statement = contract.facts[id]?.statement;
    return ['fact', statement === undefined ? id : `${id}: ${statement}`];
  });
}

function matrixRow({ operation }: Case, { operations }: Contract): readonly Row[] {
  const position = operations.find(({ id }) => id === operation)?.position;
  return position === undefined ? [] : [['matrix', `${position.file}:${position.line}:${position.column}`]];
}

function footprintRow({ footprint }: Case): readonly Row[] {
  const effects = Object.entries(footprint).map(([effect, count]) => `${effect} ${count}`);
  return effects.length === 0 ? [] : [['effects', `at most: ${effects.join(', ')}`]];
}

async function exchangeText(
  check: Extract<Check, { kind: 'exchange' }>,
  contract: Contract,
  options: ExplainOptions,
): Promise<string> {
  const { request, situation, about, control, proof } = check;
  const expect = lawfulAnswers(contract, situation);
  const schemas = new Set(expect.flatMap(({ schema }) => (schema === undefined ? [] : [`specs/${schema}`])));
  const lines = [
    'request',
    `  ${request.method} ${request.path}`,
    `  shown as: ${formText(request)}`,
    'lawful answers',
    `  ${describeAnswers(expect)}`,
    ...[...schemas].map((schema) => `  body by ${schema}`),
    ...(about === undefined ? [] : provingLines(expect, about)),
  ];
  if (control !== undefined) lines.push('counts only when', `  ${controls[control]}`);
  if (proof !== undefined) lines.push('and then', `  ${proofs[proof.kind]} (${proof.resource})`);
  return [...lines, ...(await curlLines(request, contract, options))].join('\n');
}

/** Which of the lawful answers proves what the case is about, and what else explains the others. */
function provingLines(lawful: readonly LawfulAnswer[], about: Cause): readonly string[] {
  const others = lawful.filter(({ because }) => because.some((cause) => cause !== about));
  if (others.length === 0) return [];
  return [
    'what they prove',
    ...lawful
      .filter((answer) => !others.includes(answer))
      .map((answer) => `  ${describeAnswers([answer])} proves that it is for ${causeWords[about]}`),
    ...others.map(
      (answer) =>
        `  ${describeAnswers([answer])} is lawful and proves nothing: ${answer.because
          .filter((cause) => cause !== about)
          .map((cause) => causeWords[cause])
          .join(', ')}`,
    ),
  ];
}

const controls = {
  'same-request': 'the same request with a key that may do it gets the documented success',
  'surface-read': 'a read of the same surface with a key that may do it gets the documented success',
} as const;

const proofs = {
  'not-created': 'it is looked up that nothing was made',
  unchanged: 'it is looked up that nothing was changed',
  'not-dispatched': 'it is looked up that no run was queued',
} as const;

function formText({ presented: { credential, form } }: RequestPlan): string {
  if (form === 'none') return 'no credential';
  return form === 'bearer' ? `the key of ${credential}, as Bearer` : (badForm(form)?.title ?? form);
}

/** The request as curl sends it: keys as environment variables, ids that only a run knows as words in capitals. */
async function curlLines(
  request: RequestPlan,
  contract: Contract,
  options: ExplainOptions,
): Promise<readonly string[]> {
  const standIns = standInKeys(contract);
  const shown = createKeyring(contract, standIns, options.seed).show(request.presented);
  if (shown === undefined) return [];
  const url = new URL(options.baseUrl);
  const tokens = new Map<string, string>();
  const resolve = async (token: string): Promise<string> => {
    const word = token.replaceAll(/[^A-Za-z0-9]+/g, '_').toUpperCase();
    tokens.set(word, token);
    return word;
  };
  const wire = await toWire(request, resolve, {
    basePath: url.pathname,
    shown,
    requestId: 'explained',
    userAgent: '',
  });
  const mask = (text: string): string =>
    Object.values(standIns).reduce((masked, key) => masked.replaceAll(key, maskKey(key)), text);
  const variable = contract.credentials[request.presented.credential]?.env;
  const line = curlLine({
    method: wire.method,
    url: mask(`${url.origin}${wire.path}`),
    headers: Object.entries(wire.headers).map(([name, value]) => [name, mask(value)]),
    ...(wire.body === undefined ? {} : { body: wire.body }),
    ...(variable === undefined ? {} : { keyVariable: variable }),
  });
  return [
    'curl',
    `  ${line}`,
    ...standInNote(request),
    ...[...tokens].map(([word, token]) => `  ${word} stands for ${tokenText(token)}`),
  ];
}

/** What an altered or hidden key is made from cannot be told by a variable of the shell. */
function standInNote({ presented: { credential, form } }: RequestPlan): readonly string[] {
  if (form === 'bearer' || form === 'none') return [];
  return [
    `  ${credential}KeyId and ${credential}KeySecret, also encoded, stand for the two parts of the key of ${credential}`,
  ];
}

/** Keys that show in which form a key is sent, without being one. */
function standInKeys({ credentials, api }: Contract): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.keys(credentials).map((id) => [id, `${api.keyPrefix ?? 'key'}_${id}KeyId_${id}KeySecret`]),
  );
}

function tokenText(token: string): string {
  const [kind = '', resource = '', state] = token.split(':');
  const of = `resource ${resource}${state === undefined ? '' : ` that is ${state}`}`;
  const texts: Readonly<Record<string, string>> = {
    marker: 'a name that no other request bears',
    listed: `the id of a ${of} that the target lists`,
    made: `the id of a ${of} that the run made`,
    unknown: `an id of the form of a ${of} that nothing has`,
    foreign: `the id of a ${of} of another organization`,
    organization: `the id of the organization of the key of ${resource}`,
  };
  return `{{${token}}}: ${texts[kind] ?? 'a value that the run fills in'}`;
}
