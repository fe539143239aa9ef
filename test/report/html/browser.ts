/** A real browser for the tests of report.html, where there is one. */
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type BrowserContextOptions, type Page } from 'playwright-core';
import { reportHtml } from '../../../src/report/html/document.ts';
import type { HistoryEntry } from '../../../src/report/history.ts';
import { readPageAssets } from '../../../src/report-files/page-assets.ts';
import type { Results } from '../../../src/results/types.ts';

const named = process.env['CHROMIUM_PATH'];

/** Where Chromium is: CHROMIUM_PATH, which must be right where it is set, or where Debian puts it. */
export const chromiumPath: string | undefined =
  named ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => existsSync(path));

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A headless browser; the caller closes it. */
export function launch(): Promise<Browser> {
  if (chromiumPath === undefined) throw new Error('there is no Chromium: set CHROMIUM_PATH');
  return chromium.launch({ executablePath: chromiumPath, args: flags });
}

export interface OpenReport {
  readonly page: Page;
  /** What went wrong in the page: errors of its script, and what its policy refused. */
  readonly complaints: readonly string[];
  /** Every address that the page asked for. */
  readonly requests: readonly string[];
  readonly close: () => Promise<void>;
}

/** Writes a report to disk and opens it from there, as a reader would. */
export async function openReport(
  browser: Browser,
  results: Results,
  given: { history?: readonly HistoryEntry[]; hash?: string; context?: BrowserContextOptions } = {},
): Promise<OpenReport> {
  const folder = await mkdtemp(join(tmpdir(), 'report-'));
  const file = join(folder, 'report.html');
  await writeFile(file, reportHtml(results, given.history ?? [], await readPageAssets()));
  const context = await browser.newContext(given.context);
  const page = await context.newPage();
  const complaints: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(`${pathToFileURL(file).href}${given.hash ?? ''}`);
  await page.waitForSelector('html[data-ready]');
  const close = async (): Promise<void> => {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  };
  return { page, complaints, requests, close };
}
