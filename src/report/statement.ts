/**
 * `conformance-statement.json`: what a vendor can publish and sign, and anybody can check against the results. It is a
 * statement of in-toto (https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md) with the predicate of
 * test results (https://github.com/in-toto/attestation/blob/main/spec/predicates/test-result.md).
 */
import type { CaseResult, Results } from '../results/types.ts';
import { judgedStatus } from '../results/verdict.ts';
import { sortedJson } from '../results/serialize.ts';
import { claimOf, type Claim, type SuiteScore } from './claim.ts';

export const statementType = 'https://in-toto.io/Statement/v1';
export const predicateType = 'https://in-toto.io/attestation/test-result/v0.1';

/** What the digest is of; of these members the specification asks for the digest alone. */
export interface ResourceDescriptor {
  readonly name: string;
  readonly uri?: string;
  readonly digest: { readonly sha256: string };
}

export interface TestResult {
  /** PASSED is a conformant run without a warning, and nothing else. What was not judged is in none of the lists. */
  readonly result: 'PASSED' | 'WARNED' | 'FAILED';
  /** What the target was held to and by what: each file of the contract, the plan, the suite. */
  readonly configuration: readonly ResourceDescriptor[];
  /** Ids of cases. */
  readonly passedTests: readonly string[];
  /** Of cases that passed with an advisory, or failed in a way that is known and accepted. */
  readonly warnedTests: readonly string[];
  readonly failedTests: readonly string[];
  /** An extension: the same run in the words of this suite. */
  readonly armatureConformance: Claim;
}

export interface Statement {
  readonly _type: typeof statementType;
  readonly subject: readonly [ResourceDescriptor];
  readonly predicateType: typeof predicateType;
  readonly predicate: TestResult;
}

/**
 * The statement of a run: a pure function of its results, so that it can be made again and compared.
 * @param sha256 of the file of the results, hex
 */
export function statementOf(results: Results, sha256: string, score?: SuiteScore): Statement {
  const tests = testsOf(results);
  return {
    _type: statementType,
    subject: [{ name: 'results.json', digest: { sha256 } }],
    predicateType,
    predicate: {
      result: resultOf(results, tests),
      configuration: configurationOf(results),
      ...tests,
      armatureConformance: claimOf(results, score),
    },
  };
}

/** A statement as text, the same whether its results were just made or read from a file. */
export function statementJson(statement: Statement): string {
  return sortedJson(statement);
}

type Tests = Pick<TestResult, 'passedTests' | 'warnedTests' | 'failedTests'>;

/** A run that ended early, or that could not judge what it was to judge, has shown nothing: it did not pass. */
function resultOf({ verdict }: Results, { warnedTests, failedTests }: Tests): TestResult['result'] {
  if (verdict !== 'conformant' || failedTests.length > 0) return 'FAILED';
  return warnedTests.length > 0 ? 'WARNED' : 'PASSED';
}

function testsOf({ cases, strict }: Results): Tests {
  const fates = cases.map((one) => ({ id: one.id, fate: fateOf(one, strict) }));
  const idsOf = (wanted: string): readonly string[] =>
    fates.flatMap(({ id, fate }) => (fate === wanted ? [id] : []));
  return { passedTests: idsOf('passed'), warnedTests: idsOf('warned'), failedTests: idsOf('failed') };
}

function fateOf({ status, findings }: CaseResult, strict: boolean): string {
  if (judgedStatus(findings, strict) === 'failed') return 'failed';
  if (status === 'passed') return findings.length > 0 ? 'warned' : 'passed';
  if (status === 'failed') return findings.some(({ known }) => known !== undefined) ? 'warned' : 'failed';
  return status;
}

function configurationOf({ contract, planDigest, tool }: Results): readonly ResourceDescriptor[] {
  return [
    ...Object.entries(contract.files).map(([name, sha256]) => ({ name, digest: { sha256 } })),
    { name: 'plan', digest: { sha256: planDigest } },
    { name: 'suite', uri: `pkg:npm/${tool.name}@${tool.version}`, digest: { sha256: tool.digest } },
  ];
}
