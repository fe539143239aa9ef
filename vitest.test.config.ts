import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/**
 * The tests of the suite itself; the conformance cases are run by `armature-conformance run`. Those named `.slow` take a
 * minute each: `npm run test:slow` runs them, and so does `.ci/run`.
 */
const slow = process.env['TESTS'] === 'slow';

export default defineConfig({
  test: {
    include: [slow ? 'test/**/*.slow.test.ts' : 'test/**/*.test.ts'],
    exclude: slow ? [] : ['test/**/*.slow.test.ts'],
    pool: 'threads',
    // One more than there are cores: many tests wait for servers of their own.
    maxWorkers: availableParallelism() + 1,
    // A machine that is busy with other things is no reason to fail.
    testTimeout: 30_000,
  },
});
