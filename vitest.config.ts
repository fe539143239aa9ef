import { defineConfig } from 'vitest/config';
import { casesBegun } from './src/execute/places.ts';

/** The conformance cases themselves, as `npx vitest run` sees them; the same environment variables as the CLI. */
export default defineConfig({
  test: {
    include: ['suites/**/*.suite.ts'],
    globalSetup: ['./vitest.setup.ts'],
    pool: 'threads',
    maxWorkers: 1,
    isolate: false,
    fileParallelism: false,
    maxConcurrency: casesBegun(16),
    testTimeout: 0,
    hookTimeout: 0,
  },
});
