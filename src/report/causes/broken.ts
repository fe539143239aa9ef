/** What a case has found broken: each fact once, and of its findings those that do not come of another one of them. */
import type { CaseResult, Finding } from '../../results/types.ts';
import { groupBy } from '../group-by.ts';

/** One fact that a case found broken. */
export interface Broken {
  readonly fact: string;
  /** The codes of the findings that say so, each once. */
  readonly codes: readonly string[];
  /** The first of them. */
  readonly finding: Finding;
}

/** A case with what it found broken. */
export interface Failure {
  readonly result: CaseResult;
  readonly broken: readonly Broken[];
}

const wholeText = 'text-whole';
const errorShape = 'error-shape';

/** What a request did beyond its answer: where the answer is wrong as well, that is why. */
const effects: ReadonlySet<string> = new Set(['effect', 'missing']);

/**
 * The cases with findings that count, and the facts that these say are broken. One answer tests several facts, and a
 * finding names the first of them; where the other cases of the run tell that it is another one, that one is given.
 * @param judged all cases that were judged
 * @param counts which findings count (violations, or advisories)
 */
export function failuresOf(
  judged: readonly CaseResult[],
  counts: (finding: Finding) => boolean,
): readonly Failure[] {
  const run = lookAround(judged);
  return judged.flatMap((result) => {
    const found = result.findings.filter(counts);
    if (found.length === 0) return [];
    const wrongAnswer = found.some(({ code }) => code === 'status');
    const telling = withoutEchoes(found).filter(({ code }) => !(wrongAnswer && effects.has(code)));
    const facts = groupBy(telling, (finding) => factOf(result, finding, run));
    const broken = [...facts].flatMap(([fact, findings]) =>
      findings.slice(0, 1).map((finding): Broken => ({
        fact,
        codes: [...new Set(findings.map(({ code }) => code))],
        finding,
      })),
    );
    return [{ result, broken }];
  });
}

function seen({ code, actual = '' }: Finding): string {
  return `${code} ${actual}`;
}

/** One thing that was seen may break two facts: what an error is to look like is then what tells. */
function withoutEchoes(findings: readonly Finding[]): readonly Finding[] {
  const shapes = new Set(findings.filter(({ fact }) => fact === errorShape).map(seen));
  return findings.filter((one) => one.fact === errorShape || !shapes.has(seen(one)));
}

/** The fact that says which roles may do an operation. */
export function rolesFact(operation: string): string {
  return `${operation}/roles`;
}

/** The status that a finding of a wrong status received: `403` of `403 forbidden_role`; empty where it is none. */
export function receivedStatus({ actual = '' }: Pick<Finding, 'actual'>): string {
  return /^\d{3}/.exec(actual)?.[0] ?? '';
}

/** What the other cases of a run say of one. */
interface Around {
  /** Operations that some role could do. */
  readonly done: ReadonlySet<string>;
  /** By operation and bad credential, the facts of the cases that passed. */
  readonly shown: ReadonlyMap<string, ReadonlySet<string>>;
  /** By operation and bad credential, the facts that findings name. */
  readonly named: ReadonlyMap<string, ReadonlySet<string>>;
}

function lookAround(judged: readonly CaseResult[]): Around {
  const clean = judged.filter(({ findings }) => findings.length === 0);
  const refusals = judged.filter(({ family }) => family === 'authentication');
  return {
    done: new Set(clean.flatMap(({ family, operation }) => (family === 'access' ? [operation] : []))),
    shown: factsBy(refusals, ({ findings, facts }) => (findings.length === 0 ? facts : [])),
    named: factsBy(refusals, ({ findings }) => findings.flatMap(({ fact }) => fact ?? [])),
  };
}

function factsBy(
  cases: readonly CaseResult[],
  factsIn: (result: CaseResult) => readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const groups = groupBy(cases, operationAndCredential);
  return new Map([...groups].map(([key, group]) => [key, new Set(group.flatMap(factsIn))]));
}

function operationAndCredential({ operation, credential }: CaseResult): string {
  return `${operation} ${credential}`;
}

function factOf(result: CaseResult, finding: Finding, run: Around): string {
  const named = finding.fact ?? finding.code;
  switch (finding.code) {
    case 'schema':
      return successFact(result, finding) ?? named;
    case 'status':
      return result.family === 'authentication'
        ? refusalFact(result, named, run)
        : accessFact(result, finding, named, run);
    case 'effect':
    case 'text':
      return isAltered(finding) && result.facts.includes(wholeText) ? wholeText : named;
    default:
      return named;
  }
}

/** A success with a wrong body breaks what the success is to be, whatever it was asked for. */
function successFact({ exchanges = [], operation }: CaseResult, finding: Finding): string | undefined {
  if (finding.fact === errorShape) return undefined;
  const exchange = exchanges[finding.exchange ?? 0];
  return `${exchange?.operation ?? operation}/success`;
}

/** A role that is refused where it may: who may is what is wrong, unless nobody can do the operation. */
function accessFact(
  { family, operation, cell, facts }: CaseResult,
  finding: Finding,
  named: string,
  run: Around,
): string {
  const roles = rolesFact(operation);
  const isRole = cell?.decision === 'allowed' && facts.includes(roles) && receivedStatus(finding) === '403';
  const isDone = run.done.has(operation);
  if (isRole && isDone) return roles;
  // What succeeds when it is plainly asked for, and not here, is what this case asks for beyond that.
  const [first = named] = facts;
  return family !== 'access' && isDone && named === `${operation}/success` ? first : named;
}

/** A bad credential that is refused where nothing else is wrong with the request: another fault came before it. */
function refusalFact(result: CaseResult, named: string, { shown, named: found }: Around): string {
  const key = operationAndCredential(result);
  if (shown.get(key)?.has(named) !== true) return named;
  return result.facts.find((fact) => fact !== named && found.get(key)?.has(fact)) ?? named;
}

/** Whether a text came back, and not as it was: the longest word of what was sent, which holds a mark, is in it. */
function isAltered({ expected = '', actual = '' }: Finding): boolean {
  const [longest = ''] = expected.split(/[\s"\\]+/).toSorted((a, b) => b.length - a.length);
  return longest.length >= leastMark && expected !== actual && actual.includes(longest);
}

/** A word this long does not stand in two texts by chance. */
const leastMark = 12;
