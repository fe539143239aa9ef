/** The report directory: every form of a report, made from the results. */
import type { KeyObject } from 'node:crypto';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { UsageError } from '../errors.ts';
import { badgeOf, badgeSvg } from '../report/badge.ts';
import { ctrfJson } from '../report/ctrf.ts';
import { harJson, type HarScope } from '../report/har.ts';
import { addToHistory, historyEntry, historyText, parseHistory } from '../report/history.ts';
import { reportHtml } from '../report/html/document.ts';
import { junitXml } from '../report/junit.ts';
import { observedMatrixYaml } from '../report/observed-matrix.ts';
import type { SuiteScore } from '../report/claim.ts';
import { asEnvelope, payloadOf, signedEnvelope } from '../report/envelope.ts';
import { statementJson, statementOf } from '../report/statement.ts';
import { summaryMarkdown } from '../report/summary.ts';
import { fileDigest, resultsDigest } from '../results/digest.ts';
import type { Results } from '../results/types.ts';
import { resultsFile } from '../results/write.ts';
import { fileErrorWord, ownerOnly, removeDeadDrafts, writeWhole } from '../write-whole.ts';
import { readPageAssets } from './page-assets.ts';

export const htmlFile = 'report.html';
export const summaryFile = 'summary.md';
export const badgeFile = 'badge.svg';
export const statementFile = 'conformance-statement.json';
/** The same statement, signed. */
export const envelopeFile = 'conformance-statement.dsse.json';
const harFile = 'exchanges.har';
export const historyFile = 'history.ndjson';

/** The files beside the results that every run writes anew. */
export const reportNames: readonly string[] = [
  htmlFile,
  'junit.xml',
  'ctrf.json',
  summaryFile,
  badgeFile,
  'observed-matrix.yaml',
  statementFile,
  envelopeFile,
  harFile,
];
/** Those of them that hold nothing of what a target answered. */
const publicNames: ReadonlySet<string> = new Set([badgeFile, statementFile, envelopeFile]);

export interface ReportOptions {
  /** Which exchanges go into the HAR; `off` writes none. */
  readonly har: HarScope | 'off';
  /** Whether the run is added to the history; a report that is made again adds nothing. */
  readonly remember: boolean;
  /** What the suite was measured to catch, where it was measured. */
  readonly score?: SuiteScore;
  /** Signs the statement: an Ed25519 private key. */
  readonly signWith?: KeyObject;
}

/**
 * Writes every report of a run beside its results. Each file is whole or not there. A shard makes no badge, no
 * statement and no history: these speak of a whole run. Throws UsageError where the directory cannot be written.
 */
export async function writeReports(
  directory: string,
  results: Results,
  { har, remember, score, signWith }: ReportOptions,
): Promise<void> {
  const earlier = parseHistory(await textOrNone(join(directory, historyFile)));
  const whole = results.shard === undefined;
  const history = whole ? addToHistory(earlier, historyEntry(results)) : [];
  const assets = await readPageAssets();
  // What is published speaks of the file as it lies there, which anybody can take the digest of.
  const sha256 = await fileDigest(join(directory, resultsFile)).catch(() => resultsDigest(results));
  const statement = statementJson(statementOf(results, sha256, score));
  const files: readonly (readonly [name: string, make: () => string])[] = [
    [htmlFile, () => reportHtml(results, history, assets)],
    ['junit.xml', () => junitXml(results)],
    ['ctrf.json', () => ctrfJson(results)],
    [summaryFile, () => summaryMarkdown(results)],
    ['observed-matrix.yaml', () => observedMatrixYaml(results)],
    ...(whole
      ? [[badgeFile, () => badgeSvg(badgeOf(results))] as const, [statementFile, () => statement] as const]
      : []),
    ...(whole && signWith !== undefined
      ? [[envelopeFile, () => signedEnvelope(statement, signWith)] as const]
      : []),
    ...(har === 'off' ? [] : [[harFile, () => harJson(results, har)] as const]),
    ...(remember && whole ? [[historyFile, () => historyText(history)] as const] : []),
  ];
  try {
    if (har === 'off') await rm(join(directory, harFile), { force: true });
    if (!(await isEnvelopeOf(directory, statement))) await rm(join(directory, envelopeFile), { force: true });
    // One after the other: those of a large plan are tens of megabytes each.
    for (const [name, make] of files) {
      await writeWhole(join(directory, name), make(), publicNames.has(name) ? undefined : ownerOnly);
    }
  } catch (error) {
    throw new UsageError(
      `The reports cannot be written to ${directory}: ${fileErrorWord(error)}.`,
      'Choose another folder.',
    );
  }
}

/**
 * Takes the results and reports of an earlier run out of a directory: they must not be read as those of a run that
 * came to nothing. The history stays. The results go last: as long as they are there, the rest is known to be this
 * tool's. Throws what the file system says.
 */
export async function removeReports(directory: string): Promise<void> {
  await removeDeadDrafts(directory, [resultsFile, historyFile, ...reportNames]);
  await Promise.all(reportNames.map((name) => rm(join(directory, name), { force: true })));
  await rm(join(directory, resultsFile), { force: true });
}

/** Whether the signed statement that lies there says the same: its signature is worth keeping then. */
async function isEnvelopeOf(directory: string, statement: string): Promise<boolean> {
  try {
    const envelope = asEnvelope(JSON.parse(await readFile(join(directory, envelopeFile), 'utf8')));
    return envelope !== undefined && payloadOf(envelope) === statement;
  } catch {
    return false;
  }
}

async function textOrNone(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    return '';
  }
}
