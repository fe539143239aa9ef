/** A second deployment, or the same one at another time. */
import { list, text, type OptionFacts } from './option.ts';

export const comparisonOptions = {
  against: {
    flags: '--against <url-or-target>',
    about: 'the deployment to compare with: its base URL, or a target of the configuration',
    env: 'ARMATURE_AGAINST',
    parse: text,
  },
  againstKeys: {
    flags: '--against-keys <file>',
    about: 'a keys file for that deployment',
    otherwise: 'the ARMATURE_AGAINST_KEY_… variables',
    parse: text,
  },
  diffDir: {
    flags: '--report-dir <dir>',
    about: 'where diff.md and diff.json are written',
    otherwise: 'reports/diff',
    parse: text,
  },
  fingerprintOut: {
    flags: '--out <file>',
    about: 'where the fingerprint is written',
    otherwise: 'standard output',
    parse: text,
  },
  compare: {
    flags: '--compare <file...>',
    about: 'an older fingerprint to hold the new one against; two files are compared without a request',
    parse: list,
  },
  fingerprintDir: {
    flags: '--report-dir <dir>',
    about: 'where the ledger of a run that writes stays until all is archived',
    otherwise: 'reports/fingerprint',
    parse: text,
  },
} as const satisfies Record<string, OptionFacts>;
