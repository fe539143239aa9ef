/** Results from what the cases reported; every case of the plan is accounted for. */
import type { Contract } from '../contract/types.ts';
import { haltReason, type Halt } from '../execute/halt.ts';
import type { RunConfig } from '../execute/run-state.ts';
import { packageVersion } from '../package-root.ts';
import { levelsOf } from '../plan/levels.ts';
import type { CaseOutline, PlanOutline } from '../plan/outline.ts';
import type { LeftOut } from '../plan/select.ts';
import { judge, type Unjudged } from '../results/judge.ts';
import type { KnownFailure } from '../results/known-failures.ts';
import { closeShard } from '../results/shard-closing.ts';
import { timingsOf } from '../results/timings.ts';
import type { CaseResult, Results, ShardFacts, SuiteFault } from '../results/types.ts';
import { suiteDigest } from '../suite-digest.ts';
import { createMasker } from '../secrets.ts';
import { coverageOf } from '../results/coverage.ts';
import { credentialFacts, observedOperations } from './contract-facts.ts';
import type { Collected } from './collector.ts';

export interface Ended {
  readonly contract: Contract;
  readonly config: RunConfig;
  readonly targetName?: string;
  readonly strict: boolean;
  readonly allowInconclusive: boolean;
  readonly interrupted: boolean;
  /** Ids of the levels of conformance that the run claims. */
  readonly claims?: readonly string[];
  readonly plan: PlanOutline;
  readonly collected: Collected;
  readonly started: Date;
  readonly knownFailures: readonly KnownFailure[];
  /** Set where the run is one of several. */
  readonly shard?: Pick<ShardFacts, 'index' | 'of' | 'selection'>;
}

/** The results of a run that came to its end, on time or early. */
export function toResults(ended: Ended): Results {
  const { contract, config, strict, allowInconclusive, interrupted, collected, started } = ended;
  const halt: Halt | undefined = interrupted ? { kind: 'interrupted' } : collected.footer?.halt;
  const { footer } = collected;
  const cases = caseResults(ended, halt);
  const planned = (level: string): number =>
    cases.filter(({ countsFor = [] }) => countsFor.includes(level)).length;
  const operations = observedOperations(contract, footer?.answers ?? {});
  const rest: Omit<Unjudged, 'cases'> = {
    schemaVersion: 1,
    tool: { name: 'armature-conformance', version: packageVersion, digest: suiteDigest() },
    contract: {
      title: contract.api.title,
      version: contract.api.version,
      digest: contract.digest,
      files: contract.files,
      facts: Object.fromEntries(Object.values(contract.facts).map(({ id, statement }) => [id, statement])),
    },
    target: {
      baseUrl: config.baseUrl,
      ...(ended.targetName === undefined ? {} : { name: ended.targetName }),
    },
    profile: config.profile,
    strict,
    allowInconclusive,
    seed: config.seed,
    ...(contract.requestValues === undefined ? {} : { requestValues: contract.requestValues }),
    runId: config.runId,
    planDigest: ended.plan.digest,
    startedAt: started.toISOString(),
    durationMs: Math.round(Date.now() - started.getTime()),
    requests: footer?.requests ?? 0,
    levels: contract.levels.map(({ id, about }) => ({
      level: id,
      about,
      claimed: ended.claims?.includes(id) === true,
      planned: planned(id),
    })),
    operations,
    credentials: credentialFacts(contract),
    coverage: coverageOf(cases, operations),
    timings: timingsOf(footer?.durations ?? {}),
    leftovers: footer?.leftovers ?? [],
    suiteFaults: [...maskedFaults(ended), ...brokenPromise(halt)],
    ...(halt === undefined ? {} : { ended: haltReason(halt).reason }),
    ...(footer === undefined ? {} : { footprint: footer.footprint, manners: footer.manners }),
    ...(ended.shard === undefined
      ? {}
      : {
          shard: {
            ...ended.shard,
            knownFailures: ended.knownFailures,
            durations: rounded(footer?.durations ?? {}),
          },
        }),
  };
  const early = { interrupted, unreachable: halt?.kind === 'unreachable' };
  const results = judge({ ...rest, cases }, early, ended.knownFailures);
  return footer === undefined ? results : closeShard(results);
}

/** An error that was thrown outside of the cases has words that nobody has looked at. */
function maskedFaults({ config, collected }: Ended): readonly SuiteFault[] {
  if (collected.faults.length === 0) return [];
  const mask = createMasker([...Object.values(config.keys), ...(config.secrets ?? [])]);
  return collected.faults.map((fault) => ({ ...fault, message: mask(fault.message) }));
}

function caseResults(ended: Ended, halt: Halt | undefined): readonly CaseResult[] {
  const silent = new Set(halt?.kind === 'unreachable' ? halt.unanswered : []);
  const countsFor = levelsOf(ended.contract);
  return ended.plan.cases.map((one): CaseResult => {
    const levels = countsFor(one);
    return { ...resultOf(one), ...(levels.length === 0 ? {} : { countsFor: levels }) };
  });

  function resultOf(one: CaseOutline): CaseResult {
    const known = ended.collected.results.get(one.id);
    if (known === undefined) return notSent(one, ended.contract, ended.plan.leftOut.get(one.id), halt);
    if (halt !== undefined && silent.has(one.id)) return withoutSilence(known, halt);
    const steadiness = ended.collected.footer?.steadiness[one.id];
    return steadiness === undefined ? known : told(known, steadiness);
  }
}

/** A repeated case says of each of its violations how often it failed. */
function told(result: CaseResult, steadiness: string): CaseResult {
  const findings = result.findings.map((one) => (one.level === 'must' ? { ...one, steadiness } : one));
  return { ...result, findings };
}

function notSent(
  one: CaseOutline,
  { references }: Contract,
  why: Omit<LeftOut, 'case'> | undefined,
  halt: Halt | undefined,
): CaseResult {
  const { keys: _keys, profile: _profile, ...plain } = one;
  const early = halt === undefined ? undefined : haltReason(halt);
  return {
    ...plain,
    reference: references[one.reference] ?? one.reference,
    status: why === undefined ? 'inconclusive' : 'skipped',
    reason: why?.reason ?? early?.reason ?? 'the run ended before it',
    remedy: why?.remedy ?? early?.remedy ?? 'Run it again.',
    ...(why?.unasked === undefined ? {} : { unasked: why.unasked }),
    ...(why?.shard === undefined ? {} : { shard: why.shard }),
    findings: [],
    durationMs: 0,
  };
}

/** A target that has gone away breaks no contract: what it did not answer from then on is not held against it. */
function withoutSilence(result: CaseResult, halt: Halt): CaseResult {
  const findings = result.findings.filter(({ code }) => code !== 'unanswered');
  if (findings.length === result.findings.length || findings.some(({ level }) => level === 'must'))
    return result;
  return { ...result, status: 'inconclusive', ...haltReason(halt), findings };
}

function brokenPromise(halt: Halt | undefined): readonly SuiteFault[] {
  if (halt?.kind !== 'footprint') return [];
  const { reason, remedy } = haltReason(halt);
  return [{ message: `${reason}, so it stopped. ${remedy}` }];
}

/** To a tenth of a millisecond: all that a report tells. */
function rounded(durations: ShardFacts['durations']): ShardFacts['durations'] {
  return Object.fromEntries(
    Object.entries(durations).map(([operation, all]) => [
      operation,
      all.map((duration) => Math.round(duration * 10) / 10),
    ]),
  );
}
