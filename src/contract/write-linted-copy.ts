/** A step of the build: lints the contract of this package and keeps the result beside the compiled code. */
import { writeLintedCopy } from './linted-copy.ts';
import { readContract } from './load.ts';
import { renderProblems } from './problem.ts';

const linted = await readContract();
if (linted.problems.length > 0) process.stderr.write(`${renderProblems(linted.problems, process.cwd())}\n`);
if (linted.kind === 'broken') process.exitCode = 1;
else if (linted.problems.length === 0) await writeLintedCopy(linted.contract);
