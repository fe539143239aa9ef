import type { Results } from './types.ts';

/**
 * Results as text: members sorted by name and cases in the order given (that of the plan), so that two runs of one
 * plan differ only in what was found.
 */
export function serializeResults(results: Results): string {
  return [...piecesOf(results)].join('');
}

/** The same text in pieces, a case each: as one text, the results of a large plan are held twice. */
export function* piecesOf(results: Results): Generator<string> {
  const [head = '', tail = ''] = sortedJson({ ...results, cases: [casesMark] }).split(
    JSON.stringify(casesMark),
  );
  if (results.cases.length === 0) {
    yield sortedJson(results);
    return;
  }
  yield head;
  let comma = '';
  for (const one of results.cases) {
    yield `${comma}${sortedJson(one).trimEnd().replaceAll('\n', `\n${caseIndent}`)}`;
    comma = `,\n${caseIndent}`;
  }
  yield tail;
}

/** Stands for the cases while the rest is made into text; no text of the results is this one. */
const casesMark = 'the cases\u0000stand here';
const caseIndent = '    ';

/** A value as JSON with the members of every object sorted by name, whatever order they came in. */
export function sortedJson(value: unknown): string {
  return `${JSON.stringify(value, sortMembers, 2)}\n`;
}

function sortMembers(_name: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
