/**
 * Preloaded into the program: makes one operation on the files below a folder fail for want of room, the n-th of a thread.
 * `FAIL_IN` is the folder, `FAIL_THREAD` is `main` or `worker`, `FAIL_AT` is n. Says on stderr where there is no n-th.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { isMainThread } from 'node:worker_threads';

const { FAIL_IN: folder = '', FAIL_THREAD: thread, FAIL_AT: at } = process.env;
const descriptors = new Set();
let operations = 0;

const isInside = (target) => descriptors.has(target) || String(target).startsWith(folder);

function count(target) {
  if (!isInside(target)) return;
  operations++;
  if (operations !== Number(at)) return;
  throw Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
}

if ((thread === 'main') === isMainThread) {
  const { openSync } = fs;
  fs.openSync = (path, ...rest) => {
    count(path);
    const descriptor = openSync(path, ...rest);
    if (isInside(path)) descriptors.add(descriptor);
    return descriptor;
  };
  for (const name of ['writeSync', 'mkdirSync', 'rmSync']) {
    const original = fs[name];
    fs[name] = (target, ...rest) => {
      count(target);
      return original(target, ...rest);
    };
  }
  for (const name of ['writeFile', 'appendFile', 'rename', 'mkdir', 'rm']) {
    const original = fs.promises[name];
    fs.promises[name] = async (target, ...rest) => {
      count(target);
      return original(target, ...rest);
    };
  }
  syncBuiltinESMExports();
  process.on('exit', () => {
    if (operations < Number(at)) fs.writeFileSync(2, `there are only ${operations} operations\n`);
  });
}
