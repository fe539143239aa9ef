/** The embedded mock, and what is proven with it. */
import { text, list, flag, integer, rate, type OptionFacts } from './option.ts';

export const mockOptions = {
  port: {
    flags: '--port <number>',
    about: 'where the mock listens',
    otherwise: 'a free port',
    parse: integer(0, 65_535),
  },
  dialect: {
    flags: '--dialect <point>',
    about:
      'a lawful variant of the mock: a name, seed:N for a random one, axis=value, or several with commas',
    otherwise: 'plain',
    parse: text,
  },
  defect: {
    flags: '--defect <id>',
    about: 'one seeded break of the contract',
    otherwise: 'none',
    parse: text,
  },
  colleague: {
    flags: '--colleague <rate>',
    about: 'another user at work on the mock meanwhile, with so many actions a second',
    otherwise: 'nobody',
    parse: rate,
  },
  listMock: {
    flags: '--list',
    about: 'list axes, dialects and defects instead of serving',
    parse: flag,
  },
  dialects: {
    flags: '--dialect <glob...>',
    about: 'only the dialects of the mock whose id matches',
    otherwise: 'all, unless --defect is given',
    parse: list,
  },
  defects: {
    flags: '--defect <glob...>',
    about: 'only the defects of the mock whose id matches',
    otherwise: 'all, unless --dialect is given',
    parse: list,
  },
  sample: {
    flags: '--sample <number>',
    about: 'only so many of the defects, spread over the facts that they break',
    otherwise: 'all',
    parse: integer(1, 1_000_000),
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
