/** One case, from its plan to its result. */
import { PatternTooSlow } from '../contract/bounded-pattern.ts';
import type { Case } from '../plan/types.ts';
import type { CaseResult, CaseStatus } from '../results/types.ts';
import { CaseContext } from './case-context.ts';
import { runExchangeCase } from './exchange-case.ts';
import type { Run } from './run.ts';
import { scenarios } from './scenarios/index.ts';
import { Inconclusive, NotApplicable } from './stop.ts';

interface Ending {
  readonly status: CaseStatus;
  readonly reason?: string;
  readonly remedy?: string;
  readonly arises?: false;
}

/**
 * Carries out a case and gives its result. Never throws: what the suite itself gets wrong is told as a fault of the
 * suite (the case is inconclusive), never as one of the target.
 */
export async function runCase(run: Run, planned: Case): Promise<CaseEnd> {
  for (let round = 0; ; round++) {
    const { end, context } = await tryCase(run, planned);
    const failed = end.result.status === 'failed';
    if (!failed || round === mostReplaced || run.haltedBy !== undefined || !(await aimsAtNothing(context)))
      return end;
    run.meter.excuseCase(planned);
  }
}

interface CaseEnd {
  readonly result: CaseResult;
  readonly fault?: string;
}

/** How often a case is carried out anew because what it aimed at was removed meanwhile. */
const mostReplaced = 2;

/** Whether something that the case found on the target and relied on is gone: others archive what is theirs. */
async function aimsAtNothing({ run, aimedAt }: CaseContext): Promise<boolean> {
  for (const [resource, id] of aimedAt) if (await run.inventory.isGone(resource, id)) return true;
  return false;
}

async function tryCase(
  run: Run,
  planned: Case,
): Promise<{ readonly end: CaseEnd; readonly context: CaseContext }> {
  const started = performance.now();
  const slot = planned.check.kind === 'exchange' ? planned.check.slot : undefined;
  const context = new CaseContext(run, planned.id, slot ?? planned.id);
  const { ending, fault } = masked(await carryOut(context, planned), run.keyring.mask);
  const { findings, exchanges } = context.evidence();
  const broken = findings.some(({ level }) => level === 'must');
  const status = broken ? 'failed' : ending.status;
  const { id, title, family, surface, operation, credential, level, reference, facts } = planned;
  const end = {
    result: {
      id,
      title,
      family,
      surface,
      operation,
      credential,
      level,
      status,
      ...(status === 'failed' || ending.reason === undefined ? {} : { reason: ending.reason }),
      ...(status === 'failed' || ending.remedy === undefined ? {} : { remedy: ending.remedy }),
      ...(status === 'skipped' && ending.arises === false ? { arises: false as const } : {}),
      ...(status === 'skipped' || context.cell === undefined ? {} : { cell: context.cell }),
      ...(status !== 'passed' || context.provesNothing === undefined
        ? {}
        : { provesNothing: context.provesNothing }),
      reference: run.contract.references[reference] ?? reference,
      facts,
      findings,
      ...(findings.length > 0 || run.config.evidence === 'all' ? { exchanges } : {}),
      ...(context.notes.length > 0 ? { notes: context.notes } : {}),
      durationMs: Math.round((performance.now() - started) * 10) / 10,
    },
    ...(fault === undefined ? {} : { fault }),
  };
  return { end, context };
}

interface Ended {
  readonly ending: Ending;
  readonly fault?: string;
}

/** Why a case came to no judgement may be in the words of the target. */
function masked({ ending, fault }: Ended, mask: (text: string) => string): Ended {
  const { reason, remedy, ...rest } = ending;
  return {
    ending: {
      ...rest,
      ...(reason === undefined ? {} : { reason: mask(reason) }),
      ...(remedy === undefined ? {} : { remedy: mask(remedy) }),
    },
    ...(fault === undefined ? {} : { fault: mask(fault) }),
  };
}

async function carryOut(context: CaseContext, planned: Case): Promise<Ended> {
  try {
    if (planned.check.kind === 'exchange') {
      await runExchangeCase(context, planned, planned.check);
    } else {
      const carry = scenarios[planned.check.scenario];
      if (carry === undefined) throw new Error(`there is no scenario "${planned.check.scenario}"`);
      await carry(context, planned, planned.check.parameters);
    }
    return { ending: { status: 'passed' } };
  } catch (error) {
    if (error instanceof Inconclusive) {
      return { ending: { status: 'inconclusive', reason: error.message, remedy: error.remedy } };
    }
    if (error instanceof NotApplicable) {
      const { message: reason, remedy, remediable } = error;
      return { ending: { status: 'skipped', reason, remedy, ...(remediable ? {} : { arises: false }) } };
    }
    if (error instanceof PatternTooSlow) {
      const remedy = 'Write the pattern without a repetition inside another, or leave it out of the schema.';
      return { ending: { status: 'inconclusive', reason: error.message, remedy } };
    }
    const message = error instanceof Error ? error.message : String(error);
    return {
      ending: {
        status: 'inconclusive',
        reason: `the suite itself failed: ${message}`,
        remedy: 'This is a fault of the suite; please report it.',
      },
      fault: error instanceof Error ? (error.stack ?? message) : message,
    };
  }
}
