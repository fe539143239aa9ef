import { defineConfig } from 'vitest/config';

/** The tests of the suite itself; the conformance cases are run by `armature-conformance run`. */
export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    pool: 'threads',
  },
});
