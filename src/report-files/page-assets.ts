import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { packageRoot } from '../package-root.ts';
import type { PageAssets } from '../report/html/document.ts';

/** The script and the style of report.html, which the build puts into `dist/`. */
export async function readPageAssets(): Promise<PageAssets> {
  const [script, style] = await Promise.all(['page.js', 'page.css'].map(textOf));
  return { script: script ?? '', style: style ?? '' };
}

async function textOf(name: string): Promise<string> {
  try {
    return await readFile(join(packageRoot, 'dist', 'report-page', name), 'utf8');
  } catch {
    throw new Error(`dist/report-page/${name} is missing from this package: npm run build makes it.`);
  }
}
