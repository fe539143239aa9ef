/** Opens a report in Chromium, where one is installed, and tells how long it took. */
import { access } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/**
 * ms until the page paints anything and until its list of cases is there; undefined where no browser is installed. The
 * browser is warm: a page before it has been opened and closed.
 */
export async function openReport(file) {
  const found = await Promise.all(
    places.map((path) =>
      access(path).then(
        () => path,
        () => undefined,
      ),
    ),
  );
  const executablePath = found.find((path) => path !== undefined);
  if (executablePath === undefined) return undefined;
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'] });
  try {
    await (await browser.newPage()).close();
    const page = await browser.newPage();
    const started = performance.now();
    await page.goto(pathToFileURL(file).href, { timeout: 120_000 });
    await page.waitForSelector('html[data-ready]');
    const readyMs = performance.now() - started;
    const paintMs = await page.evaluate(
      "performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN",
    );
    return { paintMs, readyMs };
  } finally {
    await browser.close();
  }
}
