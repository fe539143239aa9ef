#!/usr/bin/env node
/** The composition root: the one place that knows both the suite and the mock. */

// Node itself would exit with 1, which says that the target breaks the contract.
const suiteFault = 5;
const failed = (error) => {
  const said = error instanceof Error ? error.message : String(error);
  const message = said.replaceAll(/\bamt_[\w+/=.~-]+/gi, 'amt_***');
  process.stderr.write(`The suite itself failed, which says nothing about the target: ${message}\n`);
  process.exit(suiteFault);
};
process.on('uncaughtException', failed);

// A reader that closes early, such as `head`, ends neither the run nor its exit code.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') failed(error);
  });
}

const { main } = await import('../dist/src/cli/main.js');
process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  loadMock: () => import('../dist/mock/index.js'),
});
