#!/usr/bin/env node
/** The composition root: the one place that knows both the suite and the mock. */
import { main } from '../dist/src/cli/main.js';

// A reader that closes early, such as `head`, ends neither the run nor its exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  loadMock: () => import('../dist/mock/index.js'),
});
