/** The embedded mock. */
import { text, flag, integer, rate, type OptionFacts } from './option.ts';

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
} as const satisfies Record<string, OptionFacts>;
