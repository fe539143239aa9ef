/** Which contract, and which of its cases. */
import { leavable, permitted, type Leavable } from '../../plan/promise.ts';
import { families, profiles } from '../../plan/types.ts';
import { text, list, flag, oneOf, eachOf, integer, shardOf, type OptionFacts } from './option.ts';

const leavableWords: Readonly<Record<Leavable, string>> = {
  dispatch: 'queues runs, which may cost',
  permanent: 'makes what nothing removes',
  'key-in-url': 'shows a valid key in a URL, which access logs keep',
};

export const selectionOptions = {
  profile: {
    flags: '--profile <name>',
    env: 'ARMATURE_PROFILE',
    about: `which effects the run may have on the target: ${profiles.join(', ')}`,
    otherwise: 'full on the embedded mock, read anywhere else',
    parse: oneOf(profiles),
  },
  seed: {
    flags: '--seed <number>',
    env: 'ARMATURE_SEED',
    about: 'the seed of request bodies: the same seed gives the same requests',
    otherwise: '1',
    parse: integer(0, 2 ** 32 - 1),
  },
  requestValue: {
    flags: '--request-value <member=value...>',
    about:
      'what a member of request bodies is given in place of its example, such as baseUrl=https://mcp.example.com/mcp',
    parse: list,
  },
  filter: {
    flags: '--filter <glob...>',
    about: 'only the cases whose id matches; a leading ! leaves out',
    parse: list,
  },
  surface: { flags: '--surface <name...>', about: 'only the cases of these surfaces', parse: list },
  role: {
    flags: '--role <name...>',
    about: 'only the cases with these credentials, such as viewer or none',
    parse: list,
  },
  family: {
    flags: '--family <name...>',
    about: `only these kinds of cases: ${families.join(', ')}`,
    parse: eachOf(families),
  },
  level: {
    flags: '--level <name...>',
    about:
      'only the cases of these levels of conformance, which the run then claims; a claim that is not shown in full is exit code 4',
    // Neither claims anything.
    aboutIn: {
      list: 'only the cases of these levels of conformance',
      diff: 'only the cases of these levels of conformance',
    },
    parse: list,
  },
  without: {
    flags: '--without <what...>',
    about: `leave out every case that could do what is named: ${leavable.map((what) => `${what} (${leavableWords[what]})`).join(', ')}`,
    parse: eachOf(leavable),
  },
  with: {
    flags: '--with <effect...>',
    about:
      'in guarded, prove refusals with real requests also where a broken target would do for good what they ask: permanent',
    parse: eachOf(permitted),
  },
  shard: {
    flags: '--shard <i/n>',
    env: 'ARMATURE_SHARD',
    about: 'only the i-th of n parts of the cases, which merge puts together again',
    parse: shardOf,
  },
  lastFailed: {
    flags: '--last-failed',
    about: 'only the cases that failed in the last results of the report directory',
    parse: flag,
  },
  matrix: {
    flags: '--matrix <file>',
    about: 'another matrix',
    otherwise: 'the one of this package',
    parse: text,
  },
  specs: {
    flags: '--specs <dir>',
    about: 'another folder of schemas',
    otherwise: 'the one of this package',
    parse: text,
  },
} as const satisfies Record<string, OptionFacts>;
