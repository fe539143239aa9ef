/** What a run may do, how its outcome counts, and where it is written. */
import type { HarScope } from '../../report/har.ts';
import type { RoleTableFormat } from '../../report/role-table.ts';
import { text, flag, oneOf, integer, type OptionFacts } from './option.ts';

const harScopes = ['failed', 'all', 'off'] as const satisfies readonly (HarScope | 'off')[];
const documentFormats = ['json', 'yaml'] as const;
const roleTableFormats = ['table', 'markdown', 'json'] as const satisfies readonly RoleTableFormat[];

export const outcomeOptions = {
  dryRun: {
    flags: '--dry-run',
    about: 'print what would be sent and what would stay behind, and send nothing',
    parse: flag,
  },
  yes: {
    flags: '--yes',
    about: 'allow the profile full on a target that is not on this machine',
    parse: flag,
  },
  repeatFailed: {
    flags: '--repeat-failed <times>',
    about: 'repeat each failed case, to tell steady failures from flaky ones',
    parse: integer(1, 100),
  },
  knownFailures: {
    flags: '--known-failures <file>',
    env: 'ARMATURE_KNOWN_FAILURES',
    about: 'failures, and cells not proven, that do not fail the run, as long as they are there',
    parse: text,
  },
  updateKnownFailures: {
    flags: '--update-known-failures',
    about: 'write that file anew from this run (known-failures.yaml where none is named)',
    parse: flag,
  },
  strict: { flags: '--strict', about: 'advisories count as violations', parse: flag },
  allowInconclusive: {
    flags: '--allow-inconclusive',
    about: 'what could not be judged, and cells that were tried and not proven, do not fail the run',
    parse: flag,
  },
  reportDir: {
    flags: '--report-dir <dir>',
    env: 'ARMATURE_REPORT_DIR',
    about: 'where results.json and the reports are written',
    otherwise: 'reports/latest',
    parse: text,
  },
  har: {
    flags: '--har <which>',
    about: `the exchanges that exchanges.har holds: ${harScopes.join(', ')}; all keeps every exchange in results.json too`,
    otherwise: 'failed',
    parse: oneOf(harScopes),
  },
  sign: {
    flags: '--sign <file>',
    about:
      'sign the statement with the Ed25519 private key (PEM) in this file, as conformance-statement.dsse.json',
    parse: text,
  },
  key: {
    flags: '--key <file>',
    about: 'the Ed25519 public key (PEM) that must have signed the statement',
    parse: text,
  },
  results: {
    flags: '--results <file>',
    about: 'the results that the statement speaks of',
    otherwise: 'results.json beside the statement',
    parse: text,
  },
  format: {
    flags: '--format <name>',
    about: `one of ${roleTableFormats.join(', ')}`,
    otherwise: 'table',
    parse: oneOf(roleTableFormats),
  },
  documentFormat: {
    flags: '--format <name>',
    about: `one of ${documentFormats.join(', ')}`,
    otherwise: 'by the name of --out, else json',
    parse: oneOf(documentFormats),
  },
  out: {
    flags: '--out <file>',
    about: 'the file that is written',
    otherwise: 'standard output',
    parse: text,
  },
  json: { flags: '--json', about: 'JSON instead of lines', parse: flag },
  verbose: { flags: '--verbose', about: 'every case a line, every failure in full', parse: flag },
  quiet: { flags: '--quiet', about: 'the failures and the verdict alone', parse: flag },
} as const satisfies Record<string, OptionFacts>;
