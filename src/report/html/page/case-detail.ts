/** All there is to say of a case, as elements. */
import type { FailureLine } from '../../failure.ts';
import type { PageData } from '../page-data.ts';
import type { CaseView } from './cases.ts';
import { copyButtons } from './case-copy.ts';
import { create } from './dom.ts';
import { markedJson } from './json-marks.ts';

/** The facts of a case: its findings with the evidence, or why it was left out. */
export function caseDetail(one: CaseView, data: PageData): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const lines = data.details[one.index];
  if (lines === undefined) fragment.append(...plainFacts(one));
  else fragment.append(copyButtons(lines), ...failureElements(lines));
  return fragment;
}

/** What the note of a case is, where it is no reason. */
const noteLabels: Readonly<Partial<Record<CaseView['state'], string>>> = {
  violations: 'finding',
  known: 'finding',
  advisories: 'finding',
  'proves-nothing': 'proves nothing',
};

function plainFacts(one: CaseView): readonly Node[] {
  const facts: (readonly [string, string])[] = [
    ['case', one.id],
    ['family', one.family],
    ['credential', one.credential],
  ];
  if (one.note !== '') facts.push([noteLabels[one.state] ?? 'reason', one.note]);
  const list = create('dl', {});
  for (const [label, text] of facts) list.append(create('dt', {}, label), create('dd', {}, text));
  const failed = ['violations', 'known', 'advisories'].includes(one.state);
  return failed
    ? [list, create('p', {}, 'Its evidence is in results.json: this page holds that of other cases.')]
    : [list];
}

const findingWords = { violation: '✗ violation', known: '≈ known to fail', advisory: '! advisory' } as const;

function failureElements(lines: readonly FailureLine[]): readonly Node[] {
  const nodes: Node[] = [];
  let facts: HTMLDListElement | undefined;
  let exchange: HTMLDivElement | undefined;
  for (const line of lines) {
    if (line.kind !== 'wire') exchange = undefined;
    if (line.kind === 'wire') {
      facts = undefined;
      if (exchange === undefined) nodes.push((exchange = create('div', { class: 'exchange' })));
      exchange.append(wireElement(line));
    } else if (line.kind === 'finding') {
      facts = undefined;
      nodes.push(
        create(
          'p',
          { class: `finding ${line.severity}` },
          create('strong', {}, findingWords[line.severity]),
          ` ${line.text}`,
        ),
      );
    } else if (line.kind === 'command') {
      facts = undefined;
      nodes.push(preformatted(line.label, [line.text]));
    } else if (line.kind !== 'title') {
      if (facts === undefined) nodes.push((facts = create('dl', {})));
      const label = line.kind === 'field' ? line.label : line.kind;
      facts.append(create('dt', {}, label), create('dd', { class: line.kind }, line.text));
    }
  }
  return nodes;
}

function wireElement({ label, lines, pointers }: Extract<FailureLine, { kind: 'wire' }>): HTMLElement {
  const end = lines.indexOf('');
  if (end < 0) return preformatted(label, [lines.join('\n')]);
  const body = markedJson(lines.slice(end + 1).join('\n'), pointers ?? []).map(({ text, marked }) =>
    marked ? create('mark', {}, text) : text,
  );
  return preformatted(label, [`${lines.slice(0, end).join('\n')}\n\n`, ...body]);
}

/** A named text as it stands; it can be scrolled with the keyboard. */
function preformatted(label: string, content: readonly (Node | string)[]): HTMLElement {
  const text = create('pre', { tabindex: '0', role: 'region', 'aria-label': label }, ...content);
  return create('figure', {}, create('figcaption', {}, label), text);
}
