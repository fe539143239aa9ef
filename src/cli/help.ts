import { exitCodeMeanings, exitCodes } from '../results/verdict.ts';
import type { CommandName } from './option-table.ts';

interface CommandFacts {
  readonly about: string;
  readonly examples: readonly string[];
  readonly exitCodes: readonly number[];
}

const { conformant, violations, usage, unreachable, inconclusive, suiteFault } = exitCodes;
const ofRuns = Object.values(exitCodes);
const ofVerdicts = [conformant, violations, usage, suiteFault];
const ofAnswers = [conformant, usage, suiteFault];

/** What each command does, how it is called, and how it can end. */
export const commandFacts: Readonly<Record<CommandName, CommandFacts>> = {
  run: {
    about: 'test a deployment, or with --target mock the embedded one',
    examples: [
      'armature-conformance run --target mock',
      'armature-conformance run --base-url https://your-org.example.com --profile guarded',
      'armature-conformance run --target staging --profile full --rate 20 --dry-run',
      "armature-conformance run --target mock --filter 'workflows/**' --role viewer",
    ],
    exitCodes: ofRuns,
  },
  cleanup: {
    about:
      'archive what earlier runs made and give back what they changed, by their ledgers or by their marks',
    examples: [
      'armature-conformance cleanup --target staging',
      'armature-conformance cleanup --target staging --dry-run',
      'armature-conformance cleanup --base-url https://your-org.example.com --run-id 1f2e3d4c',
      'armature-conformance cleanup --target staging --by-marker --older-than 1d',
    ],
    exitCodes: [conformant, usage, unreachable, inconclusive, suiteFault],
  },
  list: {
    about: 'print the cases that a run would hold',
    examples: [
      'armature-conformance list --profile read',
      'armature-conformance list --family denied --json',
    ],
    exitCodes: ofAnswers,
  },
  explain: {
    about: 'print one case: its request, what is lawful to come back, and where the contract says so',
    examples: ['armature-conformance explain workflows/createWorkflow/denied/viewer'],
    exitCodes: ofAnswers,
  },
  report: {
    about: 'make the reports of a report directory again from its results.json',
    examples: ['armature-conformance report reports/latest', 'armature-conformance report nightly --har all'],
    exitCodes: ofAnswers,
  },
  merge: {
    about: 'put the shards of a run together: one results.json, one report, one verdict',
    examples: [
      'armature-conformance merge shard-1 shard-2 shard-3 shard-4',
      'armature-conformance merge shards/* --report-dir reports/latest',
    ],
    exitCodes: ofRuns,
  },
  compare: {
    about: 'compare two results: new violations, fixed, still failing, slower operations',
    examples: [
      'armature-conformance compare last-week/results.json reports/latest/results.json',
      'armature-conformance compare before after --json',
    ],
    exitCodes: ofVerdicts,
  },
  verify: {
    about: 'check a conformance statement, its signature and its badge against the results',
    examples: [
      'armature-conformance verify conformance-statement.json --results results.json',
      'armature-conformance verify reports/latest/conformance-statement.json',
      'armature-conformance verify reports/latest/conformance-statement.dsse.json --key conformance.pub',
    ],
    exitCodes: [conformant, violations, usage, inconclusive, suiteFault],
  },
  diff: {
    about: 'send the same plan to two deployments, or take two saved runs, and show where the answers differ',
    examples: [
      'armature-conformance diff --target mock --against https://your-org.example.com',
      'armature-conformance diff --base-url https://staging.example.com --keys staging.yaml --against https://your-org.example.com --against-keys production.yaml',
      'armature-conformance diff reports/staging reports/production',
    ],
    exitCodes: ofRuns,
  },
  fingerprint: {
    about: 'tell which of the freedoms that the documentation leaves open a deployment uses',
    examples: [
      'armature-conformance fingerprint --base-url https://your-org.example.com --out today.yaml',
      'armature-conformance fingerprint --base-url https://your-org.example.com --compare yesterday.yaml --out today.yaml',
      'armature-conformance fingerprint --compare yesterday.yaml today.yaml',
    ],
    exitCodes: ofRuns,
  },
  init: {
    about: 'write a first matrix and its schemas from an OpenAPI document of another API',
    examples: [
      'armature-conformance init --from-openapi openapi.yaml --out my-api --roles viewer,editor',
      'armature-conformance init --from-openapi https://api.example.com/openapi.json --out my-api',
    ],
    exitCodes: ofAnswers,
  },
  lint: {
    about: 'check the matrix and the schemas',
    examples: [
      'armature-conformance lint',
      'armature-conformance lint --matrix other.yaml --specs other-specs',
    ],
    exitCodes: ofAnswers,
  },
  matrix: {
    about: 'print who may do what',
    examples: ['armature-conformance matrix --format markdown'],
    exitCodes: ofAnswers,
  },
  openapi: {
    about: 'write the contract as an OpenAPI 3.0 document',
    examples: [
      'armature-conformance openapi --out openapi.yaml',
      'armature-conformance openapi --base-url https://your-org.example.com',
    ],
    exitCodes: ofAnswers,
  },
  mock: {
    about: 'serve the embedded mock and print its base URL and keys as exports',
    examples: [
      'armature-conformance mock --port 4010',
      'armature-conformance mock --dialect data-envelope --colleague 5',
      'armature-conformance mock --dialect ids.form=ulid,lists.lagMs=3s',
      'armature-conformance mock --list',
    ],
    exitCodes: ofAnswers,
  },
  selftest: {
    about: 'prove the suite on the embedded mock: no dialect is accused, every seeded defect is found',
    examples: [
      'armature-conformance selftest',
      "armature-conformance selftest --defect 'auth-*' --report-dir reports/auth",
      'armature-conformance selftest --dialect plain --profile read guarded --colleague',
      'armature-conformance selftest --dialects 200 --seed 7 --shard 3/20',
      'armature-conformance selftest --defect auth-revoked-counts --on runs.order=oldest',
    ],
    exitCodes: ofVerdicts,
  },
};

/** The end of a command's help: examples and exit codes. */
export function helpFooter(command: CommandName): string {
  const { examples, exitCodes: codes } = commandFacts[command];
  const meanings = codes.map((code) => `  ${String(code).padStart(3)}  ${exitMeaning(command, code)}`);
  return ['', 'Examples:', ...examples.map((line) => `  ${line}`), '', 'Exit codes:', ...meanings].join('\n');
}

/** What a code means where a command has words of its own for it. */
const ownMeanings: Readonly<Partial<Record<CommandName, Readonly<Record<number, string>>>>> = {
  selftest: {
    [conformant]:
      'no dialect is accused, full finds every defect, and guarded leaves none green where it tries',
    [violations]: 'a defect was not found, or something turned red that should not',
    [suiteFault]: 'the suite itself failed in a trial',
  },
  compare: { [conformant]: 'no new violation', [violations]: 'new violations' },
  verify: {
    [conformant]: 'the statement holds',
    [violations]: 'the statement does not hold',
    [inconclusive]: 'nothing but the arithmetic could be checked: the contract of the results is another',
  },
  diff: {
    [conformant]: 'no difference',
    [violations]: 'the deployments differ',
    [inconclusive]: 'no difference, but cases could not be carried out on one of the sides, or none was',
  },
  fingerprint: {
    [conformant]: 'done, or no difference',
    [violations]: 'the fingerprints differ',
    [inconclusive]: 'the run came to no end, so that there is no fingerprint',
  },
  cleanup: { [inconclusive]: 'something is left, or it cannot be told whether something is' },
};

/** What an exit code of a command means. */
export function exitMeaning(command: CommandName, code: number): string {
  const own = ownMeanings[command]?.[code];
  if (own !== undefined) return own;
  const judges = command === 'run' || command === 'merge';
  return !judges && code === conformant ? 'done' : (exitCodeMeanings[code] ?? '');
}
