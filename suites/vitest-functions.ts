import type { afterAll, describe, test } from 'vitest';

/** What is taken from vitest: from the copy of it that runs the test file. */
export interface VitestFunctions {
  readonly describe: typeof describe;
  readonly test: typeof test;
  readonly afterAll: typeof afterAll;
}
