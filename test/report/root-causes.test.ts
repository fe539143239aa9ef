import { describe, expect, it } from 'vitest';
import { rootCauseSentence } from '../../src/report/causes/words.ts';
import { rootCauses } from '../../src/report/causes/root-causes.ts';
import type { CaseResult, Finding } from '../../src/results/types.ts';
import { failedCase, sampleCase, sampleFinding } from './sample.ts';

const operations = [
  ['org', 'getOrg'],
  ['workflows', 'listWorkflows'],
  ['workflows', 'createWorkflow'],
  ['runs', 'listRuns'],
  ['runs', 'getRun'],
] as const;

const credentials = ['viewer', 'editor', 'revoked', 'garbage'] as const;

/** Every operation with every credential; those that `fails` picks have a finding. */
function plan(
  fails: (operation: string, credential: string, surface: string) => boolean,
): readonly CaseResult[] {
  return operations.flatMap(([surface, operation]) =>
    credentials.map((credential) => {
      const refused = credential === 'revoked' || credential === 'garbage';
      const id = `${surface}/${operation}/${refused ? 'authentication' : 'access'}/${credential}`;
      const title = refused
        ? `${operation}: the key ${credential} is refused`
        : `${operation}: ${credential} is allowed`;
      return fails(operation, credential, surface) ? failedCase(id, { title }) : sampleCase(id, { title });
    }),
  );
}

/** A request without a key that got 400. */
const tooEarly: Finding = { ...sampleFinding, actual: '400 invalid', fact: 'auth-required' };

/** A case that asks without a key and in other ways wrongly; it passes where it has no finding. */
function refusal(what: string, findings: readonly Finding[], facts: readonly string[]): CaseResult {
  const id = `workflows/createWorkflow/authentication/${what}`;
  const more = { credential: 'none', title: 'createWorkflow: no credential is refused', facts };
  return findings.length === 0 ? sampleCase(id, more) : failedCase(id, { ...more, findings });
}

const every = (): boolean => true;
const sentences = (cases: readonly CaseResult[]): readonly string[] =>
  rootCauses(cases, every).map((cause) => rootCauseSentence(cause));

describe('rootCauses', () => {
  it('finds nothing where nothing failed', () => {
    expect(
      rootCauses(
        plan(() => false),
        every,
      ),
    ).toEqual([]);
  });

  it('tells one bug of every operation in one statement', () => {
    expect(sentences(plan((_operation, credential) => credential === 'revoked'))).toEqual([
      'no operation refuses the key revoked: 5 cases',
    ]);
  });

  it('tells exceptions as a count', () => {
    const cases = plan((operation, credential) => credential === 'revoked' && operation !== 'getOrg');
    expect(sentences(cases)).toEqual(['operations do not refuse the key revoked: 4 of 5 cases']);
  });

  it('names the surface, the operation or the role that a bug is bound to', () => {
    expect(
      sentences(plan((_operation, credential, surface) => surface === 'runs' && credential === 'editor')),
    ).toEqual(['runs answers 200 where 401 unauthenticated is due, against "editor is allowed": 2 cases']);
    expect(
      sentences(plan((operation, credential) => operation === 'getRun' && credential === 'garbage')),
    ).toEqual(['getRun does not refuse the key garbage: 1 case']);
  });

  it('tells two bugs apart', () => {
    const cases = plan(
      (operation, credential) =>
        credential === 'revoked' || (operation === 'getOrg' && credential === 'viewer'),
    );
    expect(sentences(cases)).toEqual([
      'no operation refuses the key revoked: 5 cases',
      'getOrg answers 200 where 401 unauthenticated is due, against "viewer is allowed": 1 case',
    ]);
  });

  it('tells several findings about the same cases as one cause', () => {
    const findings: readonly Finding[] = [sampleFinding, { ...sampleFinding, code: 'schema' }];
    const cases = plan((_operation, credential) => credential === 'viewer').map((one) =>
      one.status === 'failed' ? { ...one, findings } : one,
    );
    const [cause, ...others] = rootCauses(cases, every);
    expect(others).toEqual([]);
    expect(cause?.codes.toSorted()).toEqual(['schema', 'status']);
    expect(cause?.cases).toHaveLength(5);
  });

  it('does not count what was not judged against a statement', () => {
    const cases = plan((_operation, credential) => credential === 'revoked').map((one, index) =>
      index < 4 ? { ...one, status: 'skipped' as const, findings: [] } : one,
    );
    expect(sentences(cases)).toEqual(['no operation refuses the key revoked: 4 cases']);
  });

  it('looks at the findings that count alone', () => {
    const advisory: Finding = { ...sampleFinding, level: 'should' };
    const cases = [sampleCase('org/getOrg/access/viewer', { findings: [advisory] })];
    expect(rootCauses(cases, ({ level }) => level === 'must')).toEqual([]);
    expect(rootCauses(cases, ({ level }) => level === 'should')).toHaveLength(1);
  });

  it.each([0, 1, 2, 3, 4, 5])('covers every finding, whatever failed (pattern %i)', (pattern) => {
    const cases = plan(
      (operation, credential) => (operation.length * 7 + credential.length * 5) % 6 >= pattern,
    );
    const covered = new Set(rootCauses(cases, every).flatMap((cause) => cause.cases.map(({ id }) => id)));
    expect([...covered].toSorted()).toEqual(
      cases.flatMap(({ id, status }) => (status === 'failed' ? [id] : [])).toSorted(),
    );
  });

  it('folds what follows from a plain failure under it, and no other', () => {
    const denied: Finding = { ...sampleFinding, fact: 'role-enforced', expected: '403 forbidden_role' };
    const claimed: Finding = { ...denied, fact: 'role-of-key' };
    const cases = ['createWorkflow', 'archiveWorkflow'].flatMap((operation) => [
      failedCase(`workflows/${operation}/denied/viewer`, {
        title: `${operation}: viewer is refused`,
        findings: [denied],
      }),
      ...['header-role', 'query-role'].map((form) =>
        failedCase(`workflows/${operation}/role-source/${form}`, {
          title: `${operation}: a claim gives viewer no more than its role`,
          credential: 'viewer',
          findings: [claimed],
        }),
      ),
    ]);
    const alone = failedCase('workflows/dispatchRun/role-source/header-role', {
      credential: 'viewer',
      findings: [claimed],
    });
    const [first, second, ...others] = rootCauses([...cases, alone], every);
    expect(others).toEqual([]);
    expect(first?.facts).toEqual(['role-enforced']);
    expect(first === undefined ? '' : rootCauseSentence(first)).toBe(
      'no operation of workflows refuses viewer: 2 cases; 4 follow from it',
    );
    expect(second?.cases).toEqual([alone]);
    expect(second?.follows).toEqual([]);
  });

  it('tells who is let in before what merely looks wrong, however often', () => {
    const schema: Finding = { ...sampleFinding, code: 'schema', fact: 'getOrg/success' };
    const cases = [
      ...credentials.map((one) => failedCase(`org/getOrg/access/${one}`, { findings: [schema] })),
      failedCase('runs/listRuns/authentication/revoked', { title: 'listRuns: a revoked key is refused' }),
    ];
    expect(rootCauses(cases, every).map(({ facts }) => facts)).toEqual([
      ['auth-revoked'],
      ['getOrg/success'],
    ]);
  });

  it('takes an order that is wrong for what it is where the credential is refused all the same', () => {
    const cases = [
      refusal('none', [tooEarly], ['auth-required', 'auth-first']),
      refusal('none/malformed-body', [{ ...tooEarly, fact: 'auth-first' }], ['auth-first']),
      refusal('none/without-effect', [], ['refused-without-effect', 'auth-required']),
    ];
    const causes = rootCauses(cases, every);
    expect(causes.map(({ facts, follows }) => [facts, follows.length])).toEqual([[['auth-first'], 1]]);
  });

  it('is quick at thousands of failures', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => {
      const id = `s${index % 6}/operation${index % 240}/family${index % 9}/input-${Math.floor(index / 40)}`;
      return index % 7 === 0
        ? sampleCase(id, { credential: 'viewer' })
        : failedCase(id, { credential: `c${index % 11}` });
    });
    // Processor time: what else the machine does counts for little.
    const before = process.cpuUsage();
    expect(rootCauses(many, every).length).toBeGreaterThan(0);
    expect(process.cpuUsage(before).user / 1_000).toBeLessThan(5_000);
  });
});
