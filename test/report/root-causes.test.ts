import { describe, expect, it } from 'vitest';
import { rootCauseSentence } from '../../src/report/root-cause-words.ts';
import { rootCauses } from '../../src/report/root-causes.ts';
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
    ).toEqual(['status wrong in runs, against "editor is allowed": 2 cases']);
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
      'status wrong in getOrg, against "viewer is allowed": 1 case',
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

  it('is quick at thousands of failures', () => {
    const many = Array.from({ length: 5_000 }, (_, index) => {
      const id = `s${index % 6}/operation${index % 240}/family${index % 9}/input-${Math.floor(index / 40)}`;
      return index % 7 === 0
        ? sampleCase(id, { credential: 'viewer' })
        : failedCase(id, { credential: `c${index % 11}` });
    });
    const before = performance.now();
    expect(rootCauses(many, every).length).toBeGreaterThan(0);
    expect(performance.now() - before).toBeLessThan(3_000);
  });
});
