import type { Finding } from '../../results/types.ts';
import { receivedStatus } from './broken.ts';
import type { RootCause } from './root-causes.ts';
import type { Scope } from './statements.ts';

/**
 * A root cause as a sentence that needs no knowledge of the suite: `no operation refuses a revoked key: 23 cases`. Where
 * some case in its scope passed, the count is `22 of 23 cases`; what follows from it is counted behind that. The words
 * come from the titles and findings of the cases where these agree.
 */
export function rootCauseSentence(cause: RootCause): string {
  const { cases, judged, follows } = cause;
  const count = isWhole(cause) ? `${cases.length}` : `${cases.length} of ${judged}`;
  const following = follows.length === 1 ? '1 follows' : `${follows.length} follow`;
  const more = follows.length === 0 ? '' : `; ${following} from it`;
  return `${statement(cause)}: ${count} ${count === '1' ? 'case' : 'cases'}${more}`;
}

/** Whether no case within the scope of the cause is an exception. */
function isWhole({ cases, judged }: RootCause): boolean {
  return cases.length >= judged;
}

function statement(cause: RootCause): string {
  const { codes, scope, facts } = cause;
  if (codes.includes('unanswered'))
    return `${isWhole(cause) ? 'no request is answered' : 'requests stay unanswered'}${inPlace(scope)}`;
  const finding = usualFinding(cause);
  if (finding?.code === 'status') {
    const title = sharedTitle(cause) ?? '';
    const refused = /^(.*) is refused$/.exec(title)?.[1];
    if (refused !== undefined) return refusal(cause, who(refused), finding);
    const allowed = /^(.*) is allowed$/.exec(title)?.[1];
    if (allowed !== undefined && facts.some((fact) => fact.endsWith('/roles')))
      return `${subject(cause)} refuses ${allowed}, who may do it`;
    if (title === '' && cause.says !== undefined)
      return `${subject(cause)} breaks "${cause.says.replace(/\.$/, '')}"`;
    const about = title === '' ? input(scope) : `, against "${title}"`;
    return `${subject(cause)} answers ${finding.actual ?? 'otherwise'} where ${finding.expected ?? 'something else'} is due${about}`;
  }
  const told = finding?.message.replace(/\.$/, '');
  if (told === undefined) return `${codes.map(words).join(' and ')} wrong${inPlace(scope)}${input(scope)}`;
  return observes(finding)
    ? `${subject(cause)}: ${told.charAt(0).toLowerCase()}${told.slice(1)}`
    : `${subject(cause)} breaks "${told}"`;
}

/** Whether the message of a finding says what was seen; the others say what is due. */
function observes(finding: Finding | undefined): boolean {
  return finding?.code !== 'header' && finding?.code !== 'error-code';
}

/** Somebody who is to be refused got through, or at least as far as another fault of the request; or is refused otherwise. */
function refusal(cause: RootCause, refused: string, finding: Finding): string {
  const { scope } = cause;
  const through = /^(2..|400|404)$/.test(receivedStatus(finding)) && !refusesByCode(finding);
  if (!through)
    return `${subject(cause)} answers ${finding.actual ?? 'otherwise'} to ${refused}, not ${finding.expected ?? 'as documented'}`;
  if (scope.operation !== undefined) return `${scope.operation} does not refuse ${refused}`;
  const where = scope.surface === undefined ? '' : ` of ${scope.surface}`;
  return isWhole(cause)
    ? `no operation${where} refuses ${refused}`
    : `operations${where} do not refuse ${refused}`;
}

/** Whether the answer bears the code of the refusal that is due, under another status. */
function refusesByCode({ actual = '', expected = '' }: Finding): boolean {
  const code = actual.split(' ')[1];
  return code !== undefined && expected.split(' ').includes(code);
}

function who(refused: string): string {
  return refused === 'no credential' ? 'a request without a key' : refused;
}

/** What is wrong, by its place: an operation, a surface, or how many operations it is about. */
function subject({ scope, cases }: RootCause): string {
  const operations = [...new Set(cases.map(({ operation }) => operation))];
  const [only] = operations;
  if (scope.operation !== undefined) return scope.operation;
  if (operations.length === 1 && only !== undefined) return only;
  return scope.surface ?? `each of ${operations.length} operations`;
}

/** The title that most of the cases have, less the operation before it; undefined where they differ. */
function sharedTitle({ cases }: RootCause): string | undefined {
  const bare = cases.map(({ operation, title }) => {
    const own = title.startsWith(`${operation}: `) ? title.slice(operation.length + 2) : title;
    // What else was wrong with the request, or which connection it came on, does not make another cause of it.
    return own.replace(/ is refused [^"]*$/, ' is refused');
  });
  return commonOf(bare);
}

/** The finding that most of the cases have, of those that the cause is about. */
function usualFinding({ cases, codes, facts }: RootCause): Finding | undefined {
  const found = cases.flatMap(({ findings }) => {
    const own = findings.filter(({ code }) => codes.includes(code));
    return own.find(({ fact = '' }) => facts.includes(fact)) ?? own[0] ?? [];
  });
  const message = commonOf(found.map((one) => one.message));
  return found.find((one) => one.message === message) ?? found[0];
}

/** The text that a third of the texts are; undefined where there is none. */
function commonOf(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  const [first] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return first !== undefined && first[1] * 3 >= texts.length ? first[0] : undefined;
}

function inPlace({ surface, operation }: Scope): string {
  if (operation !== undefined) return ` in ${operation}`;
  return surface === undefined ? '' : ` in ${surface}`;
}

function input({ family, credential, what }: Scope): string {
  const parts = [
    family === undefined ? undefined : `family ${family}`,
    what === undefined ? undefined : words(what),
    credential === undefined ? undefined : `credential ${credential}`,
  ].filter((part) => part !== undefined);
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`;
}

function words(id: string): string {
  return id.replaceAll(/[-/]/g, ' ');
}
