/** Opens a report in Chromium, where one is installed, and tells how long it took. */
import { access } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];

/** ms until the page has loaded and shows its heading; undefined where no browser is installed. */
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
    const page = await browser.newPage();
    const started = performance.now();
    await page.goto(pathToFileURL(file).href, { timeout: 120_000 });
    await page.locator('h1').first().waitFor();
    return performance.now() - started;
  } finally {
    await browser.close();
  }
}
