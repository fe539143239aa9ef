/** The cases of the page, and which of them a filter lets through. */
import type { PageData, PageState } from '../page-data.ts';

export interface CaseView {
  readonly index: number;
  readonly id: string;
  readonly title: string;
  readonly surface: string;
  readonly operation: string;
  readonly family: string;
  readonly credential: string;
  /** The column of the grid that the credential is in. */
  readonly column: string;
  readonly state: PageState;
  readonly note: string;
  /** What a text is looked for in, in lower case. */
  readonly text: string;
}

export interface CaseFilter {
  readonly surface: string;
  readonly operation: string;
  readonly column: string;
  readonly family: string;
  readonly state: string;
  /** Every word of it must occur. */
  readonly text: string;
  /** The number of a root cause, or nothing. */
  readonly cause: string;
}

export const everything: CaseFilter = {
  surface: '',
  operation: '',
  column: '',
  family: '',
  state: '',
  text: '',
  cause: '',
};

/** The cases of the data, failures first, else in the order of the plan. */
export function caseViews(data: PageData): readonly CaseView[] {
  const views = data.cases.map(([id, title, operation, family, credential, state, note], index) => {
    const shown = data.operations[operation];
    const key = data.credentials[credential];
    const noteText = data.notes[note] ?? '';
    return {
      index,
      id,
      title,
      surface: shown?.surface ?? '',
      operation: shown?.name ?? '',
      family: data.families[family] ?? '',
      credential: key?.name ?? '',
      column: key?.column ?? '',
      state: data.states[state] ?? 'skipped',
      note: noteText,
      text: `${id}\n${title}\n${noteText}`.toLowerCase(),
    };
  });
  const rank = new Map(data.states.map((state, index) => [state, index]));
  return views.toSorted((a, b) => (rank.get(a.state) ?? 0) - (rank.get(b.state) ?? 0) || a.index - b.index);
}

/** The cases that a filter lets through, in the order given. */
export function filterCases(
  cases: readonly CaseView[],
  filter: CaseFilter,
  data: Pick<PageData, 'causes'>,
): readonly CaseView[] {
  const words = filter.text.toLowerCase().split(/\s+/).filter(Boolean);
  const chosen = filter.cause === '' ? undefined : data.causes[Number(filter.cause)];
  const cause = chosen === undefined ? undefined : new Set([...chosen.cases, ...chosen.follows]);
  return cases.filter(
    (one) =>
      is(filter.surface, one.surface) &&
      is(filter.operation, one.operation) &&
      is(filter.column, one.column) &&
      is(filter.family, one.family) &&
      is(filter.state, one.state) &&
      (cause === undefined || cause.has(one.index)) &&
      words.every((word) => one.text.includes(word)),
  );
}

function is(wanted: string, value: string): boolean {
  return wanted === '' || wanted === value;
}
