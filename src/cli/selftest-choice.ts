/** From the flags of `selftest` to what it tries. */
import picomatch from 'picomatch';
import { UsageError } from '../errors.ts';
import { didYouMean } from '../nearest.ts';
import { profiles, type Profile } from '../plan/types.ts';
import { sampleDefects } from '../selftest/focus.ts';
import { pointDialects, pointProfiles, type TrialChoice } from '../selftest/plan-trials.ts';
import { plainDialect, pointOf, type Point } from '../selftest/points.ts';
import type { FlagsOf } from './option-table.ts';
import { defaultSeed } from './selection-flags.ts';
import type { MockModule } from './surroundings.ts';

type SelftestFlags = FlagsOf<'selftest'>;

/**
 * What is tried. Where dialects or defects alone are asked for by name, the others are left out. Throws UsageError for
 * a glob that matches nothing, and for a dialect that there is not.
 */
export function selftestChoice(flags: SelftestFlags, mock: MockModule): TrialChoice {
  const { points, selftestColleague: colleague, trialShard: shard, on } = flags;
  const seed = flags.pointSeed ?? defaultSeed;
  const named = flags.dialects !== undefined || points !== undefined;
  const defects = named && flags.defects === undefined && points === undefined ? [] : defectsOf(flags, mock);
  const dialects = [
    ...(flags.dialects === undefined ? [] : dialectsOf(flags.dialects, mock)),
    ...(points === undefined ? [] : pointDialects(mock.axes, points, seed)),
    ...(named || flags.defects !== undefined ? [] : mock.dialects.map(({ id }) => id)),
  ];
  if (on !== undefined) requireDialect('--on', on, mock);
  return {
    dialects,
    defects,
    profiles: profilesOf(flags),
    on: on ?? (points === undefined ? plainDialect : undefined),
    pointOf: (dialect) => readDialect(dialect, mock),
    colleague,
    seed,
    shard,
  };
}

/** Whether it is all that the score of the suite is made of. */
export function isWhole(flags: SelftestFlags): boolean {
  const narrowing = [
    flags.dialects,
    flags.defects,
    flags.points,
    flags.sample,
    flags.trialShard,
    flags.on,
    flags.selftestColleague,
    flags.trialProfiles,
  ];
  return narrowing.every((flag) => flag === undefined);
}

/** What a dialect chooses; undefined for one that is not known. */
function readDialect(dialect: string, { axes, readPoint }: MockModule): Point | undefined {
  const reading = readPoint(dialect);
  return reading.kind === 'point' ? pointOf(axes, reading.values) : undefined;
}

function profilesOf({ trialProfiles, points }: SelftestFlags): readonly Profile[] {
  if (trialProfiles !== undefined) return profiles.filter((profile) => trialProfiles.includes(profile));
  return points === undefined ? profiles : pointProfiles;
}

function defectsOf({ defects, sample }: SelftestFlags, mock: MockModule): TrialChoice['defects'] {
  const ids = mock.defects.map(({ id }) => id);
  const wanted = defects === undefined ? ids : matching('defect', defects, ids);
  const matched = mock.defects.filter(({ id }) => wanted.includes(id));
  return sample === undefined ? matched : sampleDefects(matched, sample);
}

/** Names by globs; what is no name is a point of its own, such as `seed:7`. */
function dialectsOf(asked: readonly string[], mock: MockModule): readonly string[] {
  const own = asked.filter((text) => /[:=]/.test(text));
  for (const text of own) requireDialect('--dialect', text, mock);
  const globs = asked.filter((text) => !own.includes(text));
  const ids = mock.dialects.map(({ id }) => id);
  return [...(globs.length === 0 ? [] : matching('dialect', globs, ids)), ...own];
}

function requireDialect(option: string, text: string, { readPoint }: MockModule): void {
  const reading = readPoint(text);
  if (reading.kind === 'point') return;
  const { what, word, known } = reading;
  const shown = `${known.slice(0, 20).join(', ')}${known.length > 20 ? ', …' : ''}`;
  throw new UsageError(
    `${option} ${text}: there is no ${what} ${word}.`,
    didYouMean(word, known) || `Known: ${shown}.`,
  );
}

function matching(option: string, globs: readonly string[], ids: readonly string[]): readonly string[] {
  const matchers = globs.map((glob) => ({ glob, matches: picomatch(glob) }));
  for (const { glob, matches } of matchers) {
    if (ids.some((id) => matches(id))) continue;
    throw new UsageError(`--${option} ${glob} matches no ${option} of the mock.`, didYouMean(glob, ids));
  }
  return ids.filter((id) => matchers.some(({ matches }) => matches(id)));
}
