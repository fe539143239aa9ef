/** The script of report.html: the filter, the list, the grid as a map, and links to a case. */
import type { PageData } from '../page-data.ts';
import { caseDetail } from './case-detail.ts';
import { createCaseList } from './case-list.ts';
import { caseViews, everything, filterCases, type CaseFilter } from './cases.ts';
import { byId, control, create } from './dom.ts';

const data: PageData = JSON.parse(byId('data').textContent ?? '');
const views = caseViews(data);
const byCaseId = new Map(views.map((one) => [one.id, one]));
const list = createCaseList();

/** The members of the filter that have a control; each control has the id `filter-<member>`. */
const members = ['surface', 'operation', 'column', 'family', 'state', 'text', 'cause'] as const;

function currentFilter(): CaseFilter {
  const filter = Object.fromEntries(members.map((member) => [member, control(`filter-${member}`).value]));
  return { ...everything, ...filter };
}

function applyFilter(): void {
  list.show(filterCases(views, currentFilter(), data));
}

/** Puts the filter into the address, so that a link to what is shown can be passed on. */
function rememberFilter(): void {
  const chosen = members.flatMap((member) => {
    const { value } = control(`filter-${member}`);
    return value === '' ? [] : [`${member}=${encodeURIComponent(value)}`];
  });
  const plain = location.pathname + location.search;
  history.replaceState(null, '', chosen.length === 0 ? plain : `#${chosen.join('&')}`);
}

/** Sets the filter that the address holds; false where it holds none. */
function takeFilter(): boolean {
  const pairs = location.hash
    .slice(1)
    .split('&')
    .map((pair) => pair.split('='));
  const given = new Map(pairs.map(([name = '', value = '']) => [name, decoded(value)]));
  const known = members.filter((member) => given.has(member));
  if (known.length === 0) return false;
  for (const member of members) control(`filter-${member}`).value = given.get(member) ?? '';
  applyFilter();
  return true;
}

/** Sets the whole filter, shows the cases and moves there. */
function look(filter: Partial<CaseFilter>): void {
  for (const member of members) control(`filter-${member}`).value = filter[member] ?? '';
  applyFilter();
  rememberFilter();
  byId('cases').scrollIntoView();
  byId('case-count').focus({ preventScroll: true });
}

function fill(
  member: (typeof members)[number],
  values: readonly (readonly [value: string, text: string])[],
): void {
  control(`filter-${member}`).append(
    create('option', { value: '' }, 'all'),
    ...values.map(([value, text]) => create('option', { value }, text)),
  );
}

/** Each value once, told as it is. */
function same(values: Iterable<string>): (readonly [value: string, text: string])[] {
  return [...new Set(values)].map((value) => [value, value]);
}

function fillFilter(): void {
  fill('surface', same(data.operations.map(({ surface }) => surface)));
  fill('operation', same(data.operations.map(({ name }) => name)));
  fill('column', same(data.credentials.map(({ column }) => column)));
  fill('family', same(data.families));
  fill('state', same(new Set(views.map(({ state }) => state))));
  fill(
    'cause',
    data.causes.map(({ sentence }, index) => [String(index), `${index + 1}. ${sentence}`]),
  );
}

/** Shows the case that the address names, or none. */
function followAddress(): void {
  const panel = byId('case');
  const id = /^#case=(.*)$/s.exec(location.hash)?.[1];
  if (id === undefined) {
    panel.hidden = true;
    return;
  }
  const one = byCaseId.get(decoded(id));
  byId('case-title').textContent = one?.title ?? 'No such case in this report';
  byId('case-facts').replaceChildren(one === undefined ? decoded(id) : caseDetail(one, data));
  panel.hidden = false;
  panel.scrollIntoView();
  byId('case-title').focus({ preventScroll: true });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function closeCase(): void {
  const id = decoded(location.hash.replace('#case=', ''));
  rememberFilter();
  followAddress();
  const link = [...document.querySelectorAll<HTMLAnchorElement>('#case-rows a')].find(
    (one) => one.textContent === id,
  );
  (link ?? byId('case-count')).focus();
}

/** The worked example of a root cause is built when it is opened. */
function openCause(details: HTMLDetailsElement): void {
  const body = details.querySelector('.cause-body');
  const cause = data.causes[Number(details.dataset['cause'])];
  if (!details.open || body === null || cause === undefined || body.childNodes.length > 0) return;
  const [first, ...others] = cause.cases.flatMap((index) => data.cases[index]?.[0] ?? []);
  const one = byCaseId.get(first ?? '');
  if (one === undefined) return;
  body.append(create('h4', {}, one.title), caseDetail(one, data));
  const follows = cause.follows.flatMap((index) => data.cases[index]?.[0] ?? []);
  body.append(...linksTo('also', others), ...linksTo('follows from it', follows));
  if (others.length + follows.length === 0) return;
  const all = create('button', { type: 'button' }, `show all ${cause.cases.length + follows.length} cases`);
  all.addEventListener('click', () => look({ cause: details.dataset['cause'] ?? '' }));
  body.append(all);
}

/** The most cases that a list under a root cause names. */
const mostLinks = 10;

function linksTo(label: string, ids: readonly string[]): readonly Node[] {
  if (ids.length === 0) return [];
  const links = ids
    .slice(0, mostLinks)
    .map((id) => create('li', {}, create('a', { href: `#case=${encodeURIComponent(id)}` }, id)));
  const more = ids.length > links.length ? ` (${ids.length}, of which the first are)` : '';
  return [create('p', {}, `${label}${more}`), create('ul', {}, ...links)];
}

function start(): void {
  fillFilter();
  byId('filter').addEventListener('input', () => {
    applyFilter();
    rememberFilter();
  });
  byId('filter').addEventListener('submit', (event) => event.preventDefault());
  byId('filter-clear').addEventListener('click', () => look({}));
  byId('case-close').addEventListener('click', closeCase);
  for (const button of document.querySelectorAll<HTMLButtonElement>('button[data-look]')) {
    button.addEventListener('click', () => look(JSON.parse(button.dataset['look'] ?? '{}')));
  }
  for (const details of document.querySelectorAll<HTMLDetailsElement>('details[data-cause]')) {
    details.addEventListener('toggle', () => openCause(details));
    openCause(details);
  }
  addEventListener('hashchange', () => {
    followAddress();
    takeFilter();
  });
  if (takeFilter()) byId('cases').scrollIntoView();
  else applyFilter();
  followAddress();
  document.documentElement.dataset['ready'] = 'true';
}

start();
