/** How soon report.html of 20,000 cases shows something, and how soon its list is there. */
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPageAssets } from '../dist/src/report-files/page-assets.js';
import { reportHtml } from '../dist/src/report/html/document.js';
import { aimRow, median, seconds } from './figures.js';
import { keyVariables } from './keys.js';
import { openReport } from './open-report.js';
import { inFolder, runSuite, startServer } from './processes.js';

const mostPaintMs = 500;
const mostOpenMs = 2_000;
const exitOfViolations = 1;

/** @param options `cases`: how many the page holds; `rounds`: how often it is opened, of which the median counts */
export async function measureReportPage({ cases, rounds }) {
  return inFolder(async (folder) => {
    const results = await brokenRun(folder);
    const file = join(folder, 'report.html');
    await writeFile(file, reportHtml(enlarged(results, cases), [], await readPageAssets()));
    const opened = [];
    for (let round = 0; round < rounds; round++) opened.push(await openReport(file));
    return toSection(
      cases,
      rounds,
      opened.filter((one) => one !== undefined),
    );
  });
}

/** The results of a run against a deployment that lets every role do everything: every seventh case or so fails. */
async function brokenRun(folder) {
  const mock = await startServer('mock-server.js', { defect: 'role-not-enforced' });
  try {
    const args = ['run', '--quiet', '--profile', 'full', '--yes', '--report-dir', join(folder, 'report')];
    const env = { ...keyVariables(mock.keys), ARMATURE_BASE_URL: mock.baseUrl };
    await runSuite(args, { env, exitCode: exitOfViolations });
    return JSON.parse(await readFile(join(folder, 'report', 'results.json'), 'utf8'));
  } finally {
    await mock.close();
  }
}

/** The same results with their cases over and over, each under an id of its own. */
function enlarged(results, count) {
  const cases = Array.from({ length: count }, (_, index) => {
    const turn = Math.floor(index / results.cases.length);
    const one = results.cases[index % results.cases.length];
    return turn === 0 ? one : { ...one, id: `${one.id}/${turn}` };
  });
  return { ...results, cases };
}

function toSection(cases, rounds, opened) {
  const figures =
    opened.length === 0
      ? undefined
      : {
          paint: median(opened.map(({ paintMs }) => paintMs)),
          ready: median(opened.map(({ readyMs }) => readyMs)),
        };
  return {
    title: 'The page',
    about: `report.html of a broken run, its cases repeated until there are ${cases}, opened from disk in Chromium; median of ${rounds}.`,
    head: ['cases', 'first paint', 'list of cases is there'],
    rows:
      figures === undefined
        ? [[String(cases), 'no browser', 'no browser']]
        : [[String(cases), seconds(figures.paint), seconds(figures.ready)]],
    aims:
      figures === undefined
        ? []
        : [
            aimRow(`first paint of ${cases} cases`, figures.paint, mostPaintMs, seconds),
            aimRow(`opening ${cases} cases`, figures.ready, mostOpenMs, seconds),
          ],
  };
}
