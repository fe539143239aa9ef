/**
 * The bare replay: sends recorded requests with undici, so many at the same moment, and reads each answer whole;
 * nothing is judged. `node replay.js <file> <concurrency> [<base URL> <keys>]`; without a base URL it starts the mock
 * itself, in the main thread as the suite does, and sends from a worker. A mock that starts mints keys of its own: the
 * recorded ones (`{ keys, requests }` in the file) are replaced by those of the mock at hand.
 */
import { readFile } from 'node:fs/promises';
import { Worker, isMainThread, parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'undici';

/** Headers that the client makes itself, for the target at hand. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'transfer-encoding']);

/** Sends the requests of a file in their order; gives how many were answered as when they were recorded. */
async function replay({ file, concurrency, origin, keys }) {
  const { requests, times = 1 } = withKeys(await readFile(file, 'utf8'), keys);
  const total = requests.length * times;
  const pool = new Pool(origin, { connections: concurrency, pipelining: 1 });
  let next = 0;
  let alike = 0;
  const work = async () => {
    while (next < total) {
      const one = requests[next++ % requests.length];
      const { statusCode, body } = await pool.request(toOptions(one));
      await body.arrayBuffer();
      if (statusCode === one.status) alike++;
    }
  };
  const started = performance.now();
  await Promise.all(Array.from({ length: concurrency }, work));
  const requestMs = performance.now() - started;
  await pool.close();
  return { requests: total, alike, requestMs };
}

/** The recorded requests with the secrets of other keys; both stand in headers, paths and bodies alike. */
function withKeys(text, keys) {
  const recorded = JSON.parse(text).keys;
  const renewed = Object.entries(recorded).reduce((all, [id, key]) => all.replaceAll(key, keys[id]), text);
  return JSON.parse(renewed);
}

function toOptions({ method, path, headers, body }) {
  const kept = [];
  for (let index = 0; index < headers.length; index += 2) {
    if (!ownHeaders.has(headers[index].toLowerCase())) kept.push(headers[index], headers[index + 1]);
  }
  return { method, path, headers: kept, ...(body === '' ? {} : { body }) };
}

if (isMainThread) {
  const [, , file, concurrency, baseUrl, keys] = process.argv;
  const settings = { file, concurrency: Number(concurrency) };
  if (baseUrl === undefined) {
    const { startMock } = await import('../dist/mock/index.js');
    const mock = await startMock();
    const worker = new Worker(new URL(import.meta.url), {
      workerData: { ...settings, origin: new URL(mock.baseUrl).origin, keys: mock.keys },
    });
    const replayed = await new Promise((resolve, reject) => {
      worker.once('message', resolve).once('error', reject);
    });
    await mock.close();
    console.log(JSON.stringify(replayed));
  } else {
    const { origin } = new URL(baseUrl);
    console.log(JSON.stringify(await replay({ ...settings, origin, keys: JSON.parse(keys) })));
  }
} else {
  parentPort.postMessage(await replay(workerData));
}
