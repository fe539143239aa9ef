/** The cases as tests of somebody else's vitest: a test file of three lines. */
import * as ownVitest from 'vitest';
import { ContractError } from '../contract/problem.ts';
import { EndedEarly } from '../errors.ts';
import { finishRun } from '../execute/finish.ts';
import { Run } from '../execute/run.ts';
import { inPhases } from '../plan/phases.ts';
import type { LeftOut } from '../plan/select.ts';
import { unprovenSentence } from '../report/cell-words.ts';
import { levelSentences } from '../report/level-words.ts';
import { countsText, verdictWords } from '../report/verdict-words.ts';
import { emptyReportDir, fillReportDir } from '../report-files/report-dir.ts';
import { excuseKnown } from '../results/known-failures.ts';
import type { CaseResult, Finding, Results } from '../results/types.ts';
import { breaks, exitCodes } from '../results/verdict.ts';
import type { Collected } from '../run/collector.ts';
import { prepareRun, type PreparedRun } from '../run/prepare.ts';
import type { RunOptions } from '../run/run-options.ts';
import { startTarget } from '../start/with-started.ts';
import { registerCases } from '../../suites/register.ts';
import type { VitestFunctions } from '../../suites/vitest-functions.ts';
import type { RunSettings } from './settings.ts';
import { settleRun } from './settle.ts';
import type { TargetDefinition } from './target.ts';

export { defineTarget, type StartDefinition, type TargetDefinition } from './target.ts';
export type { RunSettings } from './settings.ts';
export type { VitestFunctions } from '../../suites/vitest-functions.ts';

export interface VitestSettings extends RunSettings {
  /** What vitest is to call the whole; `Armature conformance of <base URL>` where it is left out. */
  readonly title?: string;
  /** `await import('vitest')`, where the vitest that runs the file is another copy than the one of this package. */
  readonly vitest?: VitestFunctions;
}

/**
 * Registers every case as a test of the file that calls it, and ends the run after them: what it made is removed, the
 * reports are written where `reportDir` asks for them, and the file fails where the verdict is not that the target is
 * conformant, even where no test failed. A case that is not sent is no test; one that cannot be judged is skipped.
 * What is wrong with the target or the settings fails the file.
 */
export function conformance(target: TargetDefinition, settings: VitestSettings = {}): void {
  const { title, vitest = ownVitest, ...given } = settings;
  const name = title ?? `Armature conformance of ${target.name ?? target.baseUrl}`;
  try {
    // The order of the cases is theirs: whatever reads comes before whatever writes.
    vitest.describe(name, { sequential: true, shuffle: false }, () =>
      register(vitest, target, given).catch((error: unknown) => {
        throw forReader(error);
      }),
    );
  } catch (error) {
    throw new Error(
      'This file is run by another copy of vitest than the one that armature-conformance has. ' +
        "Give it yours: conformance(target, { vitest: await import('vitest') }).",
      { cause: error },
    );
  }
}

async function register(
  vitest: VitestFunctions,
  target: TargetDefinition,
  settings: RunSettings,
): Promise<void> {
  const { options, notes, start, reportDir, har } = await settleRun(target, settings, []);
  for (const note of notes) console.warn(note);
  if (reportDir !== undefined) await emptyReportDir(reportDir);
  const started = start === undefined ? undefined : await startTarget(start);
  try {
    const prepared = await prepareRun(options);
    const run = new Run(options.contract, prepared.config, prepared.promise);
    const collected: Collected = { results: new Map(), faults: [], footer: undefined };
    registerCases(vitest, run, inPhases(prepared.selected), ({ planned, result, fault }) => {
      collected.results.set(planned.id, result);
      if (fault !== undefined) collected.faults.push({ caseId: planned.id, message: fault });
      return broken(result, options);
    });
    vitest.afterAll(async () => {
      try {
        collected.footer = await finishRun(run);
        await run.close();
      } finally {
        await started?.stop();
      }
      const results = prepared.conclude(collected, notRun(prepared, collected));
      if (reportDir !== undefined) await fillReportDir(reportDir, results, { har });
      requireConformant(results, reportDir);
    }, 0);
  } catch (error) {
    await started?.stop();
    throw error;
  }
}

/** An error that is about the target or the settings, with what to do about it and without a stack of the suite. */
function forReader(error: unknown): unknown {
  if (error instanceof EndedEarly) {
    return withoutStack(`${error.message}${error.hint === undefined ? '' : ` ${error.hint}`}`);
  }
  return error instanceof ContractError ? withoutStack(error.message) : error;
}

function withoutStack(message: string): Error {
  const error = new Error(message);
  error.stack = '';
  return error;
}

/** The findings that fail the test of a case: not those that are known. */
function broken(result: CaseResult, { knownFailures = [], strict }: RunOptions): readonly Finding[] {
  const today = new Date().toISOString().slice(0, 10);
  const { cases } = excuseKnown([result], knownFailures, strict, today);
  return cases.flatMap(({ findings }) => findings.filter((finding) => breaks(finding, strict)));
}

/** The cases that vitest left out: by `-t`, `.only`, or because it stops at the first failures. */
function notRun({ selected }: PreparedRun, { results, footer }: Collected): readonly LeftOut[] {
  if (footer?.halt !== undefined) return [];
  return selected
    .filter(({ id }) => !results.has(id))
    .map((planned) => ({
      case: planned,
      reason: 'vitest left it out',
      remedy: 'run the whole file, without -t and bail',
      unasked: true,
    }));
}

/** Fails the file where the verdict does, though no test may have. Throws an error without a stack. */
function requireConformant(results: Results, reportDir: string | undefined): void {
  if (results.exitCode === exitCodes.conformant) return;
  const { word, meaning } = verdictWords(results);
  const unproven = unprovenSentence(results);
  const lines = [
    `${word}: ${meaning} (${countsText(results.summary)})`,
    ...(unproven === undefined ? [] : [unproven]),
    ...levelSentences(results),
    ...results.suiteFaults.map(({ message }) => message),
    ...(reportDir === undefined ? [] : [`Reports: ${reportDir}`]),
  ];
  throw withoutStack(lines.join('\n'));
}
