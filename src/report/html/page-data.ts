/** What the script of report.html works with: the cases of a run, as compact as 20,000 of them need. */
import { badKeyColumn, credentialColumns } from '../../results/credential-columns.ts';
import type { CaseResult, Results } from '../../results/types.ts';
import { causesOfRun } from '../causes/causes-of-run.ts';
import { failureContext, failureLines, type FailureLine } from '../failure.ts';
import { nothingWords, stateOf, type CaseState } from '../case-state.ts';
import { rootCauseSentence } from '../causes/words.ts';
import type { RootCause } from '../causes/root-causes.ts';

export type PageState = CaseState;

/** Failures come first, so the states stand in the order in which a reader wants them. */
export const pageStates: readonly PageState[] = [
  'violations',
  'known',
  'inconclusive',
  'advisories',
  'proves-nothing',
  'passed',
  'skipped',
];

/** A case as a row of numbers that point into the lists beside it. */
export type PageCase = readonly [
  id: string,
  title: string,
  operation: number,
  family: number,
  credential: number,
  state: number,
  /** Of a finding, why it was left out, or why it proves nothing; -1 for none. */
  note: number,
];

export interface PageCause {
  readonly sentence: string;
  readonly kind: 'violations' | 'advisories';
  /** Indexes of cases; the first is the worked example. */
  readonly cases: readonly number[];
  /** Indexes of the cases that fail because these do. */
  readonly follows: readonly number[];
}

export interface PageData {
  readonly states: readonly PageState[];
  readonly operations: readonly { readonly name: string; readonly surface: string }[];
  readonly families: readonly string[];
  readonly credentials: readonly { readonly name: string; readonly column: string }[];
  readonly notes: readonly string[];
  readonly cases: readonly PageCase[];
  readonly causes: readonly PageCause[];
  /** All there is to say of a case with findings, by its index. */
  readonly details: Readonly<Record<number, readonly FailureLine[]>>;
  /** How many cases with findings have no details here, for the size of the page. */
  readonly withoutDetails: number;
}

/** What the details of a page may weigh, in characters: opening it stays under two seconds. */
const detailBudget = 6_000_000;
/** The most of a body that the page shows, in characters: all that results.json holds. */
const shownBody = 4_000;

/** The data of the page, from the results alone; `budget` is what the details may weigh, in characters. */
export function pageData(results: Results, budget: number = detailBudget): PageData {
  const columns = credentialColumns(results.cases);
  const operations = createIndex();
  const surfaces = new Map<string, string>();
  const families = createIndex();
  const credentials = createIndex();
  const notes = createIndex();
  const cases = results.cases.map((one): PageCase => {
    surfaces.set(one.operation, one.surface);
    const note = one.findings[0]?.message ?? one.reason ?? nothingWords(one);
    return [
      one.id,
      one.title,
      operations.of(one.operation),
      families.of(one.family),
      credentials.of(one.credential),
      pageStates.findIndex((state) => state === stateOf(one, results.strict)),
      note === undefined ? -1 : notes.of(note),
    ];
  });
  const causes = causesOf(results);
  return {
    states: pageStates,
    operations: operations.names().map((name) => ({ name, surface: surfaces.get(name) ?? '' })),
    families: families.names(),
    credentials: credentials.names().map((name) => ({ name, column: columns.get(name) ?? badKeyColumn })),
    notes: notes.names(),
    cases,
    causes,
    ...detailsOf(results, causes, budget),
  };
}

function causesOf(results: Results): readonly PageCause[] {
  const { violations, advisories } = causesOfRun(results);
  const indexes = new Map(results.cases.map(({ id }, index) => [id, index]));
  const toPage =
    (kind: PageCause['kind']) =>
    (cause: RootCause): PageCause => ({
      sentence: rootCauseSentence(cause),
      kind,
      cases: cause.cases.flatMap(({ id }) => indexes.get(id) ?? []),
      follows: cause.follows.flatMap(({ id }) => indexes.get(id) ?? []),
    });
  return [...violations.map(toPage('violations')), ...advisories.map(toPage('advisories'))];
}

/** All worked examples, then the failed cases and the others with findings for as long as there is room. */
function detailsOf(
  results: Results,
  causes: readonly PageCause[],
  budget: number,
): Pick<PageData, 'details' | 'withoutDetails'> {
  const context = failureContext(results, shownBody);
  const found = results.cases.flatMap(({ findings }, index) => (findings.length > 0 ? [index] : []));
  const failed = found.filter((index) => results.cases[index]?.status === 'failed');
  const examples = new Set(causes.flatMap(({ cases }) => cases.slice(0, 1)));
  const details: Record<number, readonly FailureLine[]> = {};
  let size = 0;
  for (const index of new Set([...examples, ...failed, ...found])) {
    const one: CaseResult | undefined = results.cases[index];
    if (one === undefined) continue;
    const lines = failureLines(one, context);
    size += JSON.stringify(lines).length;
    if (size > budget && !examples.has(index)) break;
    details[index] = lines;
  }
  return { details, withoutDetails: found.length - Object.keys(details).length };
}

/** Names by their number, in the order in which they first occur. */
function createIndex(): { of(name: string): number; names(): readonly string[] } {
  const known = new Map<string, number>();
  return {
    of(name) {
      const index = known.get(name) ?? known.size;
      known.set(name, index);
      return index;
    },
    names: () => [...known.keys()],
  };
}
