/** Freedoms of refusals: which comes first, under which code, in which body, and where the contract allows several. */
import type { Situation } from '../oracle/situation.ts';
import { lawfulAnswers } from '../oracle/lawful.ts';
import type { Case } from '../plan/types.ts';
import {
  answeredBy,
  errorCodeOf,
  isSuccess,
  shapeOfAnswer,
  type Answered,
} from '../results/exchange-facts.ts';
import type { CaseResult } from '../results/types.ts';
import type { Sighting } from './fingerprint.ts';
import { answeredExchanges, judgedCases, type Observed, type Reader } from './observed.ts';

/** The probes of what competes, and the cases of the plan whose request is wrong in two ways. */
export const orderOfChecks: Reader = (observed) =>
  judgedCases(observed).flatMap(([planned, result]): Sighting[] => {
    const keyless = observed.contract.operations.find(({ id }) => id === planned.operation)?.keyless;
    const subject = keyless === true ? undefined : orderSubject(planned);
    const answer = subject === undefined ? undefined : answerTo(planned, result);
    if (subject === undefined || answer === undefined) return [];
    return [{ section: 'order', subject, operation: planned.operation, value: checkOf(answer, observed) }];
  });

function orderSubject({ id, family }: Case): string | undefined {
  const what = id.split('/').slice(3).join('/');
  if (family === 'robustness' && what.startsWith('order/')) return what.slice('order/'.length);
  if (family === 'feature' && what.endsWith('/unknown-id')) return 'feature-existence';
  if (family === 'feature' && what.endsWith('/id-of-another')) return 'feature-existence-of-another';
  if (family === 'method' && what.endsWith('/no-key')) return 'key-method';
  return undefined;
}

/** The check that a refusal speaks of. */
function checkOf(answer: Answered, { contract }: Observed): string {
  const code = errorCodeOf(answer);
  const { status } = answer;
  const documented = Object.values(contract.errors).find(
    (one) => one.status === status && (one.code === undefined || one.code === code),
  );
  return documented?.id ?? String(status);
}

/** Where the plan allows more than one status, the one that came. */
export const choices: Reader = (observed) =>
  judgedCases(observed).flatMap(([planned, result]): Sighting[] => {
    if (planned.check.kind !== 'exchange' || !isOpen(planned.check.situation, observed)) return [];
    if (orderSubject(planned) !== undefined) return [];
    const answer = answerTo(planned, result);
    if (answer === undefined) return [];
    const { subject, of } = subjectOf(planned);
    const operation = of === '' ? planned.operation : `${planned.operation} ${of}`;
    // Which 2xx it is follows from the operation.
    const value = isSuccess(answer) ? 'accepted' : String(answer.status);
    return [{ section: 'choices', subject, operation, value }];
  });

function isOpen(situation: Situation, { contract }: Observed): boolean {
  const statuses = new Set(lawfulAnswers(contract, situation).map(({ status }) => status));
  return statuses.size > 1 || [...statuses].some((status) => typeof status === 'string');
}

/** `robustness/query/range/unknown` of listRuns is the subject `query unknown`, of `range`. */
function subjectOf({ id, family }: Case): { readonly subject: string; readonly of: string } {
  const parts = id.split('/').slice(3);
  const [kind = '', name = '', ...rest] = parts;
  if (family === 'robustness' && rest.length > 0) return { subject: `${kind} ${rest.join('/')}`, of: name };
  if (family === 'method') return { subject: 'undocumented method', of: kind };
  if (family === 'robustness') return { subject: parts.join(' '), of: '' };
  return { subject: `${family} ${parts.join('/')}`, of: '' };
}

/** The answer to the request that a case is about; its proofs and controls are others. */
function answerTo({ check }: Case, { exchanges = [] }: CaseResult): Answered | undefined {
  if (check.kind !== 'exchange') return undefined;
  const { operation, method, presented } = check.request;
  const found = exchanges.find(
    (one) =>
      one.operation === operation &&
      one.request.method === method &&
      one.credential === presented.credential &&
      one.form === presented.form,
  );
  return found === undefined ? undefined : answeredBy(found);
}

/** Codes by status, and what else error bodies hold. */
export const errorBodies: Reader = (observed) =>
  answeredExchanges(observed).flatMap(({ operation, exchange, answer }): Sighting[] => {
    if (answer.status < 400 || exchange.request.method !== operation.method) return [];
    const subject = String(answer.status);
    const code = errorCodeOf(answer);
    const members = Object.entries(shapeOfAnswer(answer) ?? {})
      .filter(([pointer]) => /^(\/error)?\/[^/*]+$/.test(pointer))
      .map(([pointer, types]) => `${pointer} ${types.replace(/\?$/, '')}`);
    return [
      ...(code === undefined ? [] : [{ section: 'codes' as const, subject, operation: 'any', value: code }]),
      ...members.map((value) => ({ section: 'errors' as const, subject, operation: 'any', value })),
    ];
  });
