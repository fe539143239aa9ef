import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { everything, selectCases, type RunScope } from '../../src/plan/select.ts';
import type { Case, Family, Profile } from '../../src/plan/types.ts';

function planned(id: string, profile: Profile = 'read', keys: readonly string[] = []): Case {
  const [surface = '', operation = '', family = '', what = ''] = id.split('/');
  return {
    id,
    title: id,
    family: family as Family,
    surface,
    operation,
    credential: what,
    level: 'must',
    reference: 'overview',
    facts: [],
    profile,
    keys: keys.length === 0 ? [what] : keys,
    footprint: {},
    check: { kind: 'scenario', scenario: 'none', parameters: {}, steps: [], says: '' },
  };
}

const cases = [
  planned('org/getOrg/access/viewer', 'smoke'),
  planned('org/getOrg/access/editor', 'smoke'),
  planned('workflows/createWorkflow/access/editor', 'full'),
  planned('workflows/createWorkflow/denied/viewer', 'guarded', ['viewer', 'editor']),
  planned('runs/listRuns/robustness/viewer/query?a[0]=*'),
];
const credential = { kind: 'role', about: '' } as const;
const contract: Parameters<typeof selectCases>[2] = {
  errors: {},
  errorSchema: '',
  facts: {},
  features: {},
  operations: [],
  levels: [],
  resources: {},
  schemas: {},
  credentials: {
    viewer: { ...credential, id: 'viewer', env: 'KEY_VIEWER', key: 'viewer' },
    editor: { ...credential, id: 'editor', env: 'KEY_EDITOR', key: 'editor' },
  },
};
const all: RunScope = { ...everything, profile: 'full', keys: ['viewer', 'editor'] };

function idsOf(scope: Partial<RunScope>): readonly string[] {
  return selectCases(cases, { ...all, ...scope }, contract).selected.map(({ id }) => id);
}

describe('selectCases', () => {
  it.each<[string, Partial<RunScope>, readonly number[]]>([
    ['everything', {}, [0, 1, 2, 3, 4]],
    ['a glob', { filters: ['*/*/access/*'] }, [0, 1, 2]],
    ['a folder', { filters: ['workflows/createWorkflow'] }, [2, 3]],
    [
      'an id, even one with signs of a glob',
      { filters: ['runs/listRuns/robustness/viewer/query?a[0]=*'] },
      [4],
    ],
    ['two filters', { filters: ['runs/**', '**/denied/*'] }, [3, 4]],
    ['all but', { filters: ['!org/**'] }, [2, 3, 4]],
    ['some but', { filters: ['**/access/**', '!workflows'] }, [0, 1]],
    ['a surface', { surfaces: ['runs'] }, [4]],
    ['a role', { roles: ['editor'] }, [1, 2]],
    ['a family', { families: ['denied'] }, [3]],
    ['surface and role', { surfaces: ['org', 'workflows'], roles: ['viewer'] }, [0, 3]],
    ['the profile smoke', { profile: 'smoke' }, [0, 1]],
    ['the profile guarded', { profile: 'guarded' }, [0, 1, 3, 4]],
  ])('selects by %s', (_name, scope, expected) => {
    expect(idsOf(scope)).toEqual(expected.map((index) => cases[index]?.id));
  });

  it('tells why a case is left out and how to have it sent', () => {
    const { selected, skipped } = selectCases(
      cases,
      { ...all, filters: ['!runs'], profile: 'guarded', keys: ['viewer'] },
      contract,
    );
    expect(selected.map(({ id }) => id)).toEqual(['org/getOrg/access/viewer']);
    expect(skipped.map(({ case: { id }, reason, remedy }) => [id, reason, remedy])).toEqual([
      ['org/getOrg/access/editor', 'no key given for editor', 'set KEY_EDITOR'],
      [
        'workflows/createWorkflow/access/editor',
        'the profile guarded does not send it; full does',
        '--profile full',
      ],
      ['workflows/createWorkflow/denied/viewer', 'no key given for editor', 'set KEY_EDITOR'],
      [
        'runs/listRuns/robustness/viewer/query?a[0]=*',
        'not selected by --filter !runs',
        'leave out --filter',
      ],
    ]);
  });

  it.each<[Partial<RunScope>, RegExp, RegExp]>([
    [{ filters: ['workflow/**'] }, /--filter workflow\/\*\* matches no case/, /Did you mean workflows\/\*\*/],
    [{ filters: ['createWorkflow'] }, /--filter createWorkflow matches no case/, /workflows\/createWorkflow/],
    [{ filters: ['!xyzzy'] }, /--filter !xyzzy matches no case/, /armature-conformance list/],
    [{ surfaces: ['workflow'] }, /--surface workflow matches no case/, /Did you mean workflows\?/],
    [{ roles: ['viewr'] }, /--role viewr matches no case/, /Did you mean viewer\?/],
    [{ families: ['xyzzy'] }, /--family xyzzy matches no case/, /one of access, denied/],
  ])('refuses %j with the nearest names', (scope, message, hint) => {
    const select = (): unknown => selectCases(cases, { ...all, ...scope }, contract);
    expect(select).toThrow(UsageError);
    expect(select).toThrow(message);
    expect(select).toThrow(expect.objectContaining({ hint: expect.stringMatching(hint) as string }));
  });
});
