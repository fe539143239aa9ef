/** Plans a contract in a process of its own and tells how long each part took: `node scale-plan.js <matrix> <specs>`. */
import { loadContract } from '../dist/src/contract/load.js';
import { inPhases } from '../dist/src/plan/phases.js';
import { planCases } from '../dist/src/plan/plan.js';
import { promiseOf } from '../dist/src/plan/promise.js';
import { everything, selectCases } from '../dist/src/plan/select.js';

const [, , matrix, specs] = process.argv;
const started = performance.now();
const contract = await loadContract({ matrix, specs });
const loaded = performance.now();
const cases = planCases(contract, { seed: 1, profile: 'full' });
const scope = { ...everything, profile: 'full', keys: Object.keys(contract.credentials) };
const { selected } = selectCases(cases, scope, contract);
promiseOf(contract, selected);
inPhases(selected);
console.log(
  JSON.stringify({ loadMs: loaded - started, planMs: performance.now() - loaded, cases: cases.length }),
);
