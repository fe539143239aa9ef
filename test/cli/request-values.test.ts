/** A target may refuse an address that it cannot reach, so what a new source is given can be told. */
import { expect, it } from 'vitest';
import { contractWithValues } from '../../src/cli/request-values.ts';
import { loadContract } from '../../src/contract/load.ts';
import { requestMembers } from '../../src/plan/valid-body.ts';
import { planCases } from '../../src/plan/plan.ts';

const contract = await loadContract();
const address = 'https://mcp.staging.example.com/mcp?tenant=a=b';

it('gives the value to every request that has the member, and to nothing else', () => {
  const changed = contractWithValues(contract, [`baseUrl=${address}`, 'testerPrompt=Say hello.']);
  const bodies = planCases(changed, { seed: 1 }).flatMap(({ check }) =>
    check.kind === 'exchange' && check.request.body?.kind === 'json'
      ? [JSON.stringify(check.request.body)]
      : [],
  );
  expect(bodies.filter((body) => body.includes(address)).length).toBeGreaterThan(3);
  expect(bodies.join()).not.toContain('mcp.example.com');
  const update = changed.operations.find(({ id }) => id === 'updateWorkflow');
  const prompt = update && requestMembers(changed, update).find(({ name }) => name === 'testerPrompt');
  expect(prompt?.schema['examples']).toEqual(['Say hello.']);
  expect(changed.digest).toBe(contract.digest);
});

it.each([
  ['baseUrl', /gives no value/],
  ['baseUrI=https://x.example', /baseUrI, which no request has/],
])('refuses %s before anything is sent', (given, message) => {
  expect(() => contractWithValues(contract, [given])).toThrow(message);
});
