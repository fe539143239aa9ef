/** A worker thread of the self-test: it is given one errand after the other, and shares nothing with its siblings. */
import { parentPort, workerData } from 'node:worker_threads';
import { loadContract } from '../contract/load.ts';
import { findCauses, findHiding, plansOf, tryDefectOn, tryDialect, type Bench } from './bench.ts';
import type { Errand, MockSource, WorkerReply, WorkerSettings } from './pool.ts';

const { mockUrl, sampleSize }: WorkerSettings = workerData;
const port = parentPort;
if (port === null) throw new Error('This module is a worker thread of the self-test.');

const { startMock }: MockSource = await import(mockUrl);
const contract = await loadContract();
const bench: Bench = { contract, planOf: plansOf(contract), startMock, sampleSize };

async function carryOut(errand: Errand): Promise<WorkerReply> {
  switch (errand.kind) {
    case 'dialect':
      return { kind: 'dialect', outcome: await tryDialect(bench, errand.setup) };
    case 'defect': {
      const { defect, on, profiles } = errand;
      return { kind: 'defect', outcomes: await tryDefectOn(bench, defect, on, profiles) };
    }
    case 'alarms':
      return {
        kind: 'alarms',
        outcome: await findCauses(bench, errand.outcome, errand.point, errand.causes),
      };
    case 'miss':
      return { kind: 'miss', miss: await findHiding(bench, errand.outcome, errand.point) };
  }
}

port.on('message', (errand: Errand) => {
  carryOut(errand).then(
    (reply) => port.postMessage(reply),
    (error: unknown) => {
      // Out of the promise: an error that ends the thread reaches the pool.
      setImmediate(() => {
        throw error;
      });
    },
  );
});
