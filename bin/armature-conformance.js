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

// What is only for reading ends no run: a reader that closes early (`head`), a disk that is full, a terminal that is
// gone. What was asked for and could not be written whole is told by the exit code, once all is done.
let isLost = false;
process.stdout.on('error', (error) => {
  isLost ||= error.code !== 'EPIPE';
});
process.stderr.on('error', () => undefined);
process.on('exit', (code) => {
  if (code === 0 && isLost) process.exitCode = suiteFault;
});

/** The compiled program; a checkout that nobody has built has none, which is no fault of the suite. */
const load = async () => {
  try {
    return await import('../dist/src/cli/main.js');
  } catch (error) {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    process.stderr.write(
      'error: This checkout has not been built. npm run build does that, after npm ci where the packages are missing too.\n',
    );
    return process.exit(2);
  }
};

const { main } = await load();
process.exitCode = await main(process.argv.slice(2), {
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
  loadMock: () => import('../dist/mock/index.js'),
});
