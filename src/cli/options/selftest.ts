/** What the self-test tries, and what it keeps. */
import { profiles } from '../../plan/types.ts';
import { pointProfiles } from '../../selftest/plan-trials.ts';
import { text, list, flag, integer, eachOf, rate, shardOf, type OptionFacts } from './option.ts';

export const selftestOptions = {
  dialects: {
    flags: '--dialect <glob...>',
    about:
      'only the dialects of the mock whose id matches, or points such as seed:7 or axis=value,axis=value',
    otherwise: 'all that have a name, unless --defect or --dialects is given',
    parse: list,
  },
  defects: {
    flags: '--defect <glob...>',
    about: 'only the defects of the mock whose id matches',
    otherwise: 'all, unless --dialect is given',
    parse: list,
  },
  trialProfiles: {
    flags: '--profile <name...>',
    about: `the profiles that are tried: ${profiles.join(', ')}`,
    otherwise: `all; ${pointProfiles.join(', ')} with --dialects`,
    parse: eachOf(profiles),
  },
  points: {
    flags: '--dialects <number>',
    about:
      'so many random dialects and a set of dialects that holds every pair of values that two axes can have; each defect on a random dialect of its own',
    otherwise: 'the dialects that have a name, the defects on the plain one',
    parse: integer(0, 100_000),
  },
  on: {
    flags: '--on <dialect>',
    about: 'the dialect that the defects are tried on: a name, seed:7, or axis=value,axis=value',
    otherwise: 'plain, or a random one each with --dialects',
    parse: text,
  },
  selftestColleague: {
    flags: '--colleague [rate]',
    about: 'another user at work on every deployment meanwhile, with so many actions a second',
    otherwise: 'nobody; 5 without a rate',
    withoutValue: '5',
    parse: rate,
  },
  pointSeed: {
    flags: '--seed <number>',
    about: 'draws the random dialects and the set that holds every pair',
    otherwise: '1',
    parse: integer(0, 2 ** 32 - 1),
  },
  trialShard: {
    flags: '--shard <i/n>',
    about: 'only one of n parts of all dialects and defects, such as another one every day',
    otherwise: 'all',
    parse: shardOf,
  },
  sample: {
    flags: '--sample <number>',
    about: 'only so many of the defects, spread over the facts that they break',
    otherwise: 'all',
    parse: integer(0, 1_000_000),
  },
  thorough: {
    flags: '--thorough',
    about: 'the whole plan for every defect, which takes about half an hour',
    parse: flag,
  },
  record: {
    flags: '--record',
    about: 'add the families that turn red to test/selftest/families.json, and keep the score of a whole run',
    parse: flag,
  },
  selftestDir: {
    flags: '--report-dir <dir>',
    about: 'where kills, facts and score are written',
    otherwise: 'reports/selftest',
    parse: text,
  },
} as const satisfies Record<string, OptionFacts>;
