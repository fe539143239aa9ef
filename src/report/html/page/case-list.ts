/** The list of cases: a page of rows at a time, so that 20,000 cases open as fast as 20. */
import type { CaseView } from './cases.ts';
import { byId, create } from './dom.ts';

const rowsAPage = 100;

const symbols: Readonly<Record<CaseView['state'], string>> = {
  violations: '✗ violation',
  inconclusive: '? not judged',
  known: '≈ known to fail',
  advisories: '! advisory',
  'proves-nothing': '✓ passed, proves nothing',
  passed: '✓ passed',
  skipped: '· not sent',
};

export interface CaseList {
  /** Shows these cases from the first page on. */
  show(cases: readonly CaseView[]): void;
}

/** The list in the element `#case-rows`, with its buttons to turn the page. */
export function createCaseList(): CaseList {
  const [rows, count] = [byId('case-rows'), byId('case-count')];
  const [previous, next] = [byId('page-previous'), byId('page-next')];
  let cases: readonly CaseView[] = [];
  let page = 0;
  const render = (): void => {
    const first = page * rowsAPage;
    const shown = cases.slice(first, first + rowsAPage);
    rows.replaceChildren(...shown.map(rowOf));
    const range = shown.length === 0 ? 'none' : `${first + 1} to ${first + shown.length}`;
    count.textContent = `${cases.length} ${cases.length === 1 ? 'case' : 'cases'}, shown: ${range}`;
    previous.toggleAttribute('disabled', page === 0);
    next.toggleAttribute('disabled', first + rowsAPage >= cases.length);
  };
  const turn = (by: number): void => {
    page += by;
    render();
    byId('cases').scrollIntoView();
  };
  previous.addEventListener('click', () => turn(-1));
  next.addEventListener('click', () => turn(1));
  return {
    show(given) {
      cases = given;
      page = 0;
      render();
    },
  };
}

function rowOf(one: CaseView): HTMLElement {
  const link = create('a', { href: `#case=${encodeURIComponent(one.id)}` }, one.id);
  return create(
    'tr',
    {},
    create('td', { class: one.state }, symbols[one.state]),
    create('td', {}, link, create('span', { class: 'title' }, one.title)),
    create('td', {}, one.family),
    create('td', {}, one.credential),
  );
}
