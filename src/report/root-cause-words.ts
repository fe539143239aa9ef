import type { RootCause, Scope } from './root-causes.ts';

/**
 * A root cause as a sentence: `no operation refuses a revoked key: 23 cases`. Where some case in its scope passed,
 * the count is `22 of 23 cases`. The words come from the titles of the cases where these agree.
 */
export function rootCauseSentence(cause: RootCause): string {
  const { cases, judged } = cause;
  const whole = cases.length >= judged;
  const count = whole ? `${cases.length}` : `${cases.length} of ${judged}`;
  return `${statement(cause, whole)}: ${count} ${count === '1' ? 'case' : 'cases'}`;
}

function statement(cause: RootCause, whole: boolean): string {
  const { codes, scope } = cause;
  const title = sharedTitle(cause);
  if (codes.includes('unanswered'))
    return `${whole ? 'no request is answered' : 'requests stay unanswered'}${place(scope)}`;
  const refused = title === undefined ? undefined : /^(.*) is refused$/.exec(title)?.[1];
  if (refused !== undefined && codes.includes('status')) return `${refusers(scope, whole)} ${refused}`;
  const what = `${codes.map((code) => words(code)).join(' and ')} wrong${place(scope)}`;
  return title === undefined ? `${what}${input(scope)}` : `${what}, against "${title}"`;
}

/** The title that most of the cases have, less the operation before it; undefined where they differ. */
function sharedTitle({ cases }: RootCause): string | undefined {
  const counts = new Map<string, number>();
  for (const { operation, title } of cases) {
    const own = title.startsWith(`${operation}: `) ? title.slice(operation.length + 2) : title;
    // What else was wrong with the request, or which connection it came on, does not make another cause of it.
    const bare = own.replace(/ is refused [^"]*$/, ' is refused');
    counts.set(bare, (counts.get(bare) ?? 0) + 1);
  }
  const [first] = [...counts].toSorted((a, b) => b[1] - a[1]);
  return first !== undefined && first[1] * 3 >= cases.length ? first[0] : undefined;
}

function refusers({ surface, operation }: Scope, whole: boolean): string {
  if (operation !== undefined) return `${operation} does not refuse`;
  const where = surface === undefined ? '' : ` of ${surface}`;
  return whole ? `no operation${where} refuses` : `operations${where} do not refuse`;
}

function place({ surface, operation }: Scope): string {
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
