/**
 * The mock in a process of its own, for the benchmarks. Told `{ latencyMs, record }`: with `record` it keeps each
 * request as it came over the wire, and gives them when it is asked; it always knows when the first came.
 */
import diagnostics from 'node:diagnostics_channel';
import { startMock } from '../dist/mock/index.js';

const { latencyMs = 0, record = false, defect } = JSON.parse(process.argv[2] ?? '{}');
/** By the raw headers of a request, which are its own. */
const requests = new Map();
let firstAt;
let count = 0;

// Says of every request of node:http when its head is read, before any handler sees it.
diagnostics.subscribe('http.server.request.start', ({ request }) => {
  firstAt ??= Date.now();
  count++;
  if (!record) return;
  const { method, url, rawHeaders } = request;
  const chunks = [];
  requests.set(rawHeaders, { method, path: url, headers: rawHeaders, chunks });
  const push = request.push.bind(request);
  request.push = (chunk, encoding) => {
    if (chunk !== null) chunks.push(Buffer.from(chunk));
    return push(chunk, encoding);
  };
});
diagnostics.subscribe('http.server.response.finish', ({ request, response }) => {
  const kept = requests.get(request.rawHeaders);
  if (kept !== undefined) kept.status = response.statusCode;
});

const recorded = () =>
  [...requests.values()].map(({ chunks, ...one }) => ({
    ...one,
    body: Buffer.concat(chunks).toString('utf8'),
  }));

const mock = await startMock({ latencyMs, ...(defect === undefined ? {} : { defect }) });
process.on('message', (asked) => {
  if (asked === 'requests') process.send(recorded());
  if (asked === 'seen') process.send({ firstAt, count });
  if (asked === 'forget') {
    firstAt = undefined;
    count = 0;
    process.send({});
  }
});
process.on('disconnect', () => process.exit());
process.send({ baseUrl: mock.baseUrl, keys: mock.keys });
