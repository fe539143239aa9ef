import { createRequire } from 'node:module';
import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostileResults } from '../hostile.ts';
import { failedCase, sampleCase, sampleFinding, sampleResults } from '../sample.ts';
import { chromiumPath, launch, openReport } from './browser.ts';
import { nights, runOf } from './sample-run.ts';

const pointed = failedCase('org/getOrg/access/viewer', {
  title: 'getOrg: viewer is allowed',
  credential: 'viewer',
  findings: [{ ...sampleFinding, code: 'schema', pointer: '/organization/id' }],
});
const revoked = failedCase('org/getOrg/authentication/revoked', {
  title: 'getOrg: a revoked key is refused',
});
const passed = sampleCase('org/getOrg/access/editor', { title: 'getOrg: editor is allowed' });
const skipped = sampleCase('runs/getRun/access/viewer', {
  status: 'skipped',
  reason: 'no key given for viewer',
  remedy: 'set ARMATURE_KEY_VIEWER',
});
const results = sampleResults([passed, pointed, revoked, skipped]);
const history = nights(results, 30);

describe.skipIf(chromiumPath === undefined)('report.html in a browser', { timeout: 60_000 }, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  }, 60_000);
  afterAll(() => browser.close());

  it('opens from disk without a request or a complaint, failures first', async () => {
    const { page, complaints, requests, close } = await openReport(browser, results, { history });
    expect(await page.textContent('h1')).toBe('violations');
    expect(await idsOf(page)).toEqual([pointed.id, revoked.id, passed.id, skipped.id]);
    expect(await page.textContent('#left-out ~ .scroll')).toContain('no key given for viewer');
    expect(await page.locator('svg.trend rect').count()).toBe(30);
    expect(requests).toHaveLength(1);
    expect(complaints).toEqual([]);
    await close();
  });

  it('leads from a cell of the grid to its cases', async () => {
    const { page, close } = await openReport(browser, results);
    await page.click('button[aria-label="getOrg, viewer: violations, 1 case, 1 failed"]');
    expect(await idsOf(page)).toEqual([pointed.id]);
    expect(await page.inputValue('#filter-operation')).toBe('getOrg');
    await page.click('#filter-clear');
    expect(await idsOf(page)).toHaveLength(4);
    await close();
  });

  it('filters by surface, outcome, credential, family and text', async () => {
    const { page, close } = await openReport(browser, results);
    const shown = async (control: string, value: string): Promise<readonly string[]> => {
      await page.selectOption(`#filter-${control}`, value);
      const ids = await idsOf(page);
      await page.selectOption(`#filter-${control}`, '');
      return ids;
    };
    expect(await shown('surface', 'runs')).toEqual([skipped.id]);
    expect(await shown('state', 'violations')).toEqual([pointed.id, revoked.id]);
    expect(await shown('column', 'editor')).toEqual([passed.id]);
    expect(await shown('family', 'authentication')).toEqual([revoked.id]);
    await page.fill('#filter-text', 'REVOKED refused');
    expect(await idsOf(page)).toEqual([revoked.id]);
    expect(await page.textContent('#case-count')).toBe('1 case, shown: 1 to 1');
    await close();
  });

  it('keeps the filter in the address, so that a link shows the same cases', async () => {
    const first = await openReport(browser, results);
    await first.page.selectOption('#filter-state', 'violations');
    await first.page.fill('#filter-text', 'revoked refused');
    const hash = await first.page.evaluate('location.hash');
    expect(hash).toBe('#state=violations&text=revoked%20refused');
    await first.close();
    const { page, close } = await openReport(browser, results, { hash: String(hash) });
    expect(await idsOf(page)).toEqual([revoked.id]);
    expect(await page.inputValue('#filter-state')).toBe('violations');
    await close();
  });

  it('tells first what was tested and why it failed, and its contents lead to every section', async () => {
    const { page, close } = await openReport(browser, results);
    const header = await page.textContent('header');
    expect(header).toContain('at http://127.0.0.1:4010/api/armature/v1');
    expect(header).toContain('getOrg does not refuse a revoked key: 1 case');
    expect(await page.locator('details[data-cause][open]').count()).toBe(1);
    const targets = await page
      .locator('nav.contents a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
    expect(targets).toContain('#causes');
    for (const target of targets) expect(await page.locator(target).count()).toBe(1);
    await close();
  });

  it('copies a case as a ticket', async () => {
    const context = { permissions: ['clipboard-read', 'clipboard-write'] };
    const hash = `#case=${encodeURIComponent(pointed.id)}`;
    const { page, close } = await openReport(browser, results, { hash, context });
    await page.click('#case .copies button:last-child');
    await page.waitForSelector('#case .copies button:has-text("copied")');
    const ticket = String(await page.evaluate('navigator.clipboard.readText()'));
    expect(ticket).toContain(`## ${pointed.title}`);
    expect(ticket).toContain('```\ncurl -sS -i');
    await close();
  });

  it('opens a case by its link, with request, response and the pointer marked', async () => {
    const hash = `#case=${encodeURIComponent(pointed.id)}`;
    const { page, close } = await openReport(browser, results, { hash });
    expect(await page.textContent('#case-title')).toBe(pointed.title);
    expect(await page.textContent('#case mark')).toBe('"id": "org_1"');
    const [request, response] = await page.locator('#case .exchange pre').all();
    expect(await request?.textContent()).toContain('GET http://127.0.0.1:4010/api/armature/v1/org');
    expect(await response?.textContent()).toContain('content-type: application/json');
    expect(await page.textContent('#case')).toContain('curl -sS -i');
    expect(await page.textContent('#case')).toContain('${ARMATURE_KEY_REVOKED}');
    await page.click('#case-close');
    expect(await page.isVisible('#case')).toBe(false);
    expect(await page.evaluate('location.hash')).toBe('');
    await close();
  });

  it('can be used with the keyboard alone', async () => {
    const { page, close } = await openReport(browser, results);
    await page.focus(`#case-rows a >> nth=1`);
    await page.keyboard.press('Enter');
    await page.waitForSelector('#case:not([hidden])');
    expect(await page.evaluate('document.activeElement.id')).toBe('case-title');
    await page.focus('#case-close');
    await page.keyboard.press('Enter');
    expect(await page.evaluate('document.activeElement.textContent')).toBe(revoked.id);
    await close();
  });

  it.each([
    ['light', 1280],
    ['dark', 390],
  ] as const)('has nothing that axe finds serious: %s, %i px', async (colorScheme, width) => {
    const context = { colorScheme, viewport: { width, height: 900 } };
    const hash = `#case=${encodeURIComponent(pointed.id)}`;
    const { page, close } = await openReport(browser, results, { history, hash, context });
    const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
    await page.evaluate(axe);
    const { violations } = await page.evaluate<AxeResults>('axe.run()');
    const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical');
    expect(serious.map(({ id, nodes }) => [id, nodes.map(({ html }) => html).slice(0, 3)])).toEqual([]);
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(width);
    await close();
  });

  it('prints without its controls', async () => {
    const { page, close } = await openReport(browser, results);
    await page.emulateMedia({ media: 'print' });
    expect(await page.isVisible('#filter')).toBe(false);
    expect(await page.isVisible('details[data-cause] pre >> nth=0')).toBe(true);
    expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
    await close();
  });

  it('lets nothing run, load or stand as markup that a server sent', async () => {
    const { page, complaints, requests, close } = await openReport(browser, hostileResults());
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true");
    for (const id of await idsOf(page)) {
      await page.evaluate(`location.hash = '#case=' + ${JSON.stringify(encodeURIComponent(id))}`);
      await page.waitForSelector('#case:not([hidden])');
    }
    expect(await page.evaluate('window.hit')).toBeUndefined();
    expect(complaints).toEqual([]);
    expect(requests).toHaveLength(1);
    const foreign =
      'img, iframe, base, link, object, embed, style:not(head style), form:not(#filter), [onload], [onerror]';
    expect(await page.locator(foreign).count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(await page.locator('a[href^="javascript:"]').count()).toBe(0);
    await close();
  });

  // How long that takes is measured where nothing else runs: bench/report-page.js.
  it.each([1_000, 20_000])('opens %i cases a hundred rows at a time', async (count) => {
    const { page, complaints, close } = await openReport(browser, runOf(count));
    expect(await page.textContent('#case-count')).toBe(`${count} cases, shown: 1 to 100`);
    expect(await page.locator('#case-rows > *').count()).toBe(100);
    await page.fill('#filter-text', 'operation-');
    await page.click('#page-next');
    expect(await page.textContent('#case-count')).toContain('shown: 101 to');
    expect(complaints).toEqual([]);
    await close();
  });

  it('says so where a link names no case', async () => {
    const { page, close } = await openReport(browser, results, { hash: '#case=%E0%A4%A' });
    expect(await page.textContent('#case-title')).toBe('No such case in this report');
    await close();
  });
});

interface AxeResults {
  readonly violations: readonly {
    readonly id: string;
    readonly impact: string;
    readonly nodes: readonly { readonly html: string }[];
  }[];
}

function idsOf(page: Page): Promise<readonly string[]> {
  return page.locator('#case-rows a').allTextContents();
}
