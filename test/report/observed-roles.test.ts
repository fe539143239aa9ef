import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { observedMatrixYaml } from '../../src/report/observed-matrix.ts';
import { observedRoles } from '../../src/report/observed-roles.ts';
import { reportText } from '../../src/report/terminal/report-text.ts';
import type { AnswerCount, ObservedOperation, Results } from '../../src/results/types.ts';
import { sampleCase, sampleOperations, sampleResults } from './sample.ts';

type Seen = Readonly<Record<string, 'allowed' | 'denied' | 'both'>>;

function operation(surface: string, name: string, writes: boolean, seen: Seen): ObservedOperation {
  const [base] = sampleOperations;
  if (base === undefined) throw new Error('the sample has no operation');
  const roles = {
    viewer: writes ? 'denied' : 'allowed',
    editor: 'allowed',
    admin: 'allowed',
    owner: 'allowed',
  } as const;
  return { ...base, surface, operation: name, roles, answers: Object.entries(seen).flatMap(answersOf) };
}

function answersOf([credential, access]: readonly [string, string]): readonly AnswerCount[] {
  const allowed = { credential, form: 'bearer', status: 200, access: 'allowed', count: 2 } as const;
  const denied = { credential, form: 'bearer', status: 403, access: 'denied', count: 1 } as const;
  if (access === 'both') return [allowed, denied];
  return [access === 'allowed' ? allowed : denied];
}

function results(...operations: readonly ObservedOperation[]): Results {
  return sampleResults([sampleCase('insights/updateTopic/access/viewer')], { operations });
}

const right: Seen = { viewer: 'denied', editor: 'allowed', admin: 'allowed', owner: 'allowed' };

describe('observed roles', () => {
  it('differ in nothing where all is as declared, or was not seen', () => {
    const seen = observedRoles(
      results(operation('insights', 'updateTopic', true, { ...right, owner: 'allowed' })),
    );
    expect(seen.differences).toEqual([]);
    const unseen = observedRoles(results(operation('insights', 'updateTopic', true, {})));
    expect(unseen.rows[0]?.roles.map(({ observed }) => observed)).toEqual(Array(4).fill('unknown'));
    expect(unseen.differences).toEqual([]);
  });

  it.each<[string, readonly ObservedOperation[], readonly string[]]>([
    [
      'on one surface',
      [
        operation('insights', 'updateTopic', true, { ...right, editor: 'denied' }),
        operation('workflows', 'createWorkflow', true, right),
      ],
      ['editor behaves as viewer on insights'],
    ],
    [
      'everywhere',
      [
        operation('insights', 'updateTopic', true, { ...right, viewer: 'allowed' }),
        operation('workflows', 'createWorkflow', true, { ...right, viewer: 'allowed' }),
      ],
      ['viewer behaves as editor'],
    ],
    [
      'on one operation of a surface',
      [
        operation('workflows', 'createWorkflow', true, right),
        operation('workflows', 'archiveWorkflow', true, { ...right, viewer: 'allowed' }),
      ],
      ['viewer may do archiveWorkflow, which it is denied'],
    ],
    [
      'as no role of the matrix does',
      [operation('runs', 'getRun', false, { ...right, viewer: 'denied' })],
      ['viewer is refused by getRun, which it is allowed'],
    ],
    [
      'now so, now so',
      [operation('workflows', 'createWorkflow', true, { ...right, editor: 'both' })],
      ['editor is let through 2 times and refused 1 times by createWorkflow, which it is allowed'],
    ],
  ])('are named where they differ %s', (_name, operations, differences) => {
    expect(observedRoles(results(...operations)).differences).toEqual(differences);
  });

  it('are told in the terminal and written as YAML', () => {
    const found = results(operation('insights', 'updateTopic', true, { ...right, viewer: 'allowed' }));
    expect(reportText(found, { colors: false, width: 100, volume: 'normal' })).toContain(
      'Roles that behave otherwise than declared\n  viewer behaves as editor',
    );
    expect(parse(observedMatrixYaml(found))).toEqual({
      roles: ['viewer', 'editor', 'admin', 'owner'],
      differences: ['viewer behaves as editor'],
      operations: {
        updateTopic: { viewer: 'allowed', editor: 'allowed', admin: 'allowed', owner: 'allowed' },
      },
    });
  });
});
