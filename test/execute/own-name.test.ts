import { describe, expect, it } from 'vitest';
import { shownName } from '../../src/execute/own-name.ts';
import { contract } from '../safety/small-run.ts';

const workflow = contract.resources['workflow'];
if (workflow === undefined) throw new Error('the contract has no workflow');
const marker = 'cf-0123abcd-';
const name = `conformance ${marker}1 Chair`;

function shown(body: unknown, sent: unknown): string {
  return workflow === undefined ? '' : shownName(body, workflow, 'wf_1', { marker, name: sent }).kind;
}

describe('what a target shows under an id', () => {
  it.each<[what: string, body: unknown]>([
    ['a record', { id: 'wf_1', name }],
    ['a wrapped record', { data: { workflow: { id: 'wf_1', name } } }],
    ['an id beside the record', { workflowId: 'wf_1', workflow: { name } }],
    ['a number for an id', { id: 7, workflow_id: 'wf_1', name }],
    ['another name nearby', { workflow: { id: 'wf_1', name }, mcpServer: { id: 'mcp_1', name: 'Docs' } }],
  ])('is the run’s own where the name bears its mark: %s', (_what, body) => {
    expect(shown(body, name)).toBe('own');
  });

  it.each<[what: string, body: unknown]>([
    ['another name', { id: 'wf_1', name: 'Nightly billing check' }],
    ['another run’s mark', { id: 'wf_1', name: 'conformance cf-0badcafe-1 Chair' }],
    ['the mark in another text alone', { id: 'wf_1', name: 'Nightly', description: `${marker}1` }],
    [
      'the mark on what stands beside it',
      { workflow: { id: 'wf_1', name: 'Nightly' }, mcpServer: { id: 'mcp_1', name } },
    ],
    ['no name any more', { id: 'wf_1', name: null, description: `${marker}1` }],
  ])('is not, where it shows %s', (_what, body) => {
    expect(shown(body, name)).toBe('other');
  });

  it('is hidden where no name is shown, and marked where another text bears the mark then', () => {
    expect(shown({ id: 'wf_1' }, name)).toBe('hidden');
    expect(shown({ id: 'wf_1', title: name }, name)).toBe('marked');
    expect(shown(undefined, name)).toBe('hidden');
  });

  it.each<[sent: unknown, back: unknown]>([
    ['', ''],
    ['', null],
    [undefined, null],
    [42, '42'],
  ])('is the run’s own by another text where the name was broken on purpose: %j', (sent, back) => {
    expect(shown({ id: 'wf_1', name: back, description: `${marker}1` }, sent)).toBe('own');
    expect(shown({ id: 'wf_1', name: back }, sent)).toBe('other');
    expect(shown({ id: 'wf_1', name: 'Nightly', description: `${marker}1` }, sent)).toBe('other');
  });
});
