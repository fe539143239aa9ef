/** The score of a self-test, and the one rule for its exit code. Pure. */
import { profiles, type Profile } from '../plan/types.ts';
import type { ProfileScore, SuiteScore } from '../report/claim.ts';
import { exitCodes } from '../results/verdict.ts';
import { plainDialect } from './points.ts';
import { fates, type DefectOutcome, type DialectOutcome, type Miss, type Surprise } from './types.ts';

export interface Score {
  /** Of each profile that was tried. */
  readonly profiles: Readonly<Partial<Record<Profile, ProfileScore>>>;
  /** Defects that a full run does not catch, on the plain point. */
  readonly survivors: readonly string[];
  /** Defects of roles, credentials or organizations that end green in `guarded` in a cell that it tries. */
  readonly open: readonly string[];
  /** Defects that are caught on the plain point, and not on another. */
  readonly missed: readonly string[];
  /** Families that turned red and are not on record. */
  readonly surprises: number;
  readonly faults: number;
}

export interface Scored {
  readonly dialects: readonly DialectOutcome[];
  readonly defects: readonly DefectOutcome[];
  readonly misses: readonly Miss[];
  readonly surprises: readonly Surprise[];
  readonly faults: readonly string[];
}

/** Counts what the trials came to. */
export function scoreOf({ dialects, defects, misses, surprises, faults }: Scored): Score {
  const tried = profiles.filter((profile) =>
    [...dialects, ...defects].some((outcome) => outcome.profile === profile),
  );
  // What stays hidden on the plain point as well is no matter of the choices.
  const hidden = misses.filter(({ profile, because }) => profile === 'full' && because?.length === 0);
  return {
    profiles: Object.fromEntries(tried.map((profile) => [profile, profileScore(profile, dialects, defects)])),
    survivors: [
      ...defects.filter(survives).map(({ defect }) => defect.id),
      ...hidden.map(({ defect }) => defect),
    ],
    open: defects.filter(staysOpen).map(({ defect }) => defect.id),
    missed: misses.filter((miss) => !hidden.includes(miss)).map(({ defect }) => defect),
    surprises: surprises.length,
    faults: [...dialects, ...defects].reduce((sum, outcome) => sum + outcome.faults.length, faults.length),
  };
}

/** Whether a defect that a full run must catch is not caught. */
export function survives({ profile, dialect, fate }: DefectOutcome): boolean {
  return profile === 'full' && dialect === plainDialect && fate !== 'caught';
}

/** Whether a defect ends green though `guarded` tries what it breaks. */
export function staysOpen({ profile, fate, unseen }: DefectOutcome): boolean {
  return profile === 'guarded' && fate === 'green' && unseen?.tried === true;
}

function profileScore(
  profile: Profile,
  dialects: readonly DialectOutcome[],
  defects: readonly DefectOutcome[],
): ProfileScore {
  const own = defects.filter((outcome) => outcome.profile === profile);
  const lawful = dialects.filter((outcome) => outcome.profile === profile);
  const [caught = 0, elsewhere = 0, inconclusive = 0, green = 0] = fates.map(
    (fate) => own.filter((outcome) => outcome.fate === fate).length,
  );
  return {
    defects: own.length,
    caught,
    elsewhere,
    inconclusive,
    green,
    dialects: lawful.length,
    falseAlarms: lawful.reduce((sum, { falseAlarms }) => sum + falseAlarms.length, 0),
    notProven: lawful.filter(({ open }) => open.length > 0).length,
  };
}

/** What a statement says of the suite; undefined where a profile was not tried. */
export function suiteScoreOf({ profiles: { smoke, read, guarded, full } }: Score): SuiteScore | undefined {
  if (smoke === undefined || read === undefined || guarded === undefined || full === undefined)
    return undefined;
  return { smoke, read, guarded, full };
}

/**
 * 0 only where no conformant deployment was accused, every defect was caught in `full` and wherever it can be seen, none
 * stayed green in a cell that `guarded` tries, nothing unforeseen turned red and the suite never failed.
 */
export function exitCodeOf({ profiles: tried, survivors, open, missed, surprises, faults }: Score): number {
  if (faults > 0) return exitCodes.suiteFault;
  const scores = Object.values(tried);
  const wrong = scores.reduce(
    (sum, { falseAlarms }) => sum + falseAlarms,
    survivors.length + open.length + missed.length + surprises,
  );
  return scores.length > 0 && wrong === 0 ? exitCodes.conformant : exitCodes.violations;
}
